"""What one press on the page “Who is in the room” says of a member besides their presence. Pressed again, it is taken back. Pure."""

from typing import Any

from minutes.enums import Presence
from minutes.quorum import CAME

CAME_IN, WENT_OUT, CHAIR = "came", "went", "chair"


def pressed(step: str, row: Any, item: Any) -> dict[str, Any] | None:
    """What is to be recorded; None where the press says nothing.

    Args:
        step: that somebody came in or went out during an item, or took the chair.
        row: what is recorded of the member, if anything is. Who comes in, goes out or presides is present.
        item: the item that is chosen. Without one, nobody is said to come or go.
    """
    presence = row.presence if row is not None and row.presence in CAME else Presence.PRESENT
    if step == CHAIR:
        return {"presence": presence, "presided": not (row is not None and row.presided)}
    column = {CAME_IN: "arrived_item", WENT_OUT: "left_item"}.get(step)
    if column is None or item is None:
        return None
    is_said = row is not None and getattr(row, f"{column}_id") == item.pk
    return {"presence": presence, column: None if is_said else item}
