"""What follows from an entry in the ledger, in the same transaction: alerts, calendars and whatever else apps above keep."""

from collections.abc import Callable
from typing import Any

Follow = Callable[[Any, Any], None]
_follows: list[Follow] = []


def register(follow: Follow) -> None:
    """Have this called for every new entry.

    Args:
        follow: given the entry and the record it is about, as its own class.

    Raises:
        ValueError: it is called already.
    """
    if follow in _follows:
        raise ValueError(f"{follow.__name__} follows the ledger already")
    _follows.append(follow)


def tell_entered(entry: Any, page: Any) -> None:
    """Call what follows, in the order it was registered."""
    for follow in _follows:
        follow(entry, page)
