"""What follows from an entry in the ledger, in the same transaction: alerts, calendars and whatever else apps above keep."""

from collections.abc import Callable
from typing import Any

from governance.registering import Additions

Follow = Callable[[Any, Any], None]
_follows: Additions[Follow] = Additions("follows the ledger")
register = _follows.add
"""Have this called for every new entry: given the entry and the record it is about, as its own class."""


def tell_entered(entry: Any, page: Any) -> None:
    """Call what follows, in the order it was registered."""
    for follow in _follows:
        follow(entry, page)
