"""What follows from a removal of words, for apps above: files that hold them, rows that are made anew."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from governance.registering import Additions


@dataclass(frozen=True)
class Removed:
    """What was changed.

    Attributes:
        removal: its row.
        rows: the keys of the rows whose words were replaced, by the label of their model.
        pages: the keys of the pages that showed them, in public or in a draft.
    """

    removal: Any
    by: Any
    at: Any
    rows: dict[str, set[Any]] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)


Follow = Callable[[Removed], None]
_follows: Additions[Follow] = Additions("follows a removal")
register = _follows.add
"""Have this called within the transaction of every removal, once the words are replaced."""


def tell_removed(removed: Removed) -> None:
    """Call what follows, in the order it was registered."""
    for follow in _follows:
        follow(removed)
