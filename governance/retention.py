"""What personal data is kept until when, and why: told by each app from the very rules by which it forgets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from governance.registering import Additions


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of personal data.

    Attributes:
        what: what it is, and of whom.
        until: when it is forgotten, in words.
        why: why it is kept, and on which basis.
        held: how many are held now.
        next_on: the day or moment on which the next is forgotten, where the rows say so.
        by_itself: whether the system forgets it without anybody's doing.
    """

    what: str
    until: str
    why: str
    held: int
    next_on: date | datetime | None = None
    by_itself: bool = True


Tell = Callable[[], list[Kept]]
_tells: Additions[Tell] = Additions("tells what is kept")
register = _tells.add


def everything_kept() -> list[Kept]:
    """Every kind, in the order in which the apps told it."""
    return [kept for tell in _tells for kept in tell()]


def kept_rows(rows: Any, column: str = "") -> dict[str, Any]:
    """How many rows are held, and the earliest day in a column of theirs.

    Args:
        column: that says when a row is forgotten.
    """
    found = rows.order_by()
    return {"held": found.count(), "next_on": found.order_by(column).values_list(column, flat=True).first() if column else None}
