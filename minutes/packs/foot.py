"""The foot of a page as a reader sees it, whatever way the page is turned and cut (ISO 32000-1, 7.7.3.3 and 14.11.2)."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Object

MM = 72 / 25.4
FREE = 18 * MM
"""How much of the foot of an A4 page must be empty for its number to be printed there."""
LEAST = 120 * MM
"""A page lower than this has no foot to spare."""
A4 = (0.0, 0.0, 595.28, 841.89)
Box = tuple[float, float, float, float]
DEEPEST = 50
"""How many levels of the page tree are asked for what a page inherits."""


@dataclass(frozen=True)
class Foot:
    """Where the number of an uploaded page is printed.

    Attributes:
        scale: how many times larger than on A4.
        is_strip: whether in a strip added below the page, and not on its own empty margin.
    """

    scale: float
    is_strip: bool


def scale_of(box: Box) -> float:
    """How many times larger than on A4 things are printed on a page of this size."""
    return max(1.0, min(box[2] - box[0], box[3] - box[1]) / A4[2])


def free_zone(page: Object) -> Box | None:
    """The part of a page that must be empty for its number to be printed there; None where there is no room for one."""
    box, turn = shown_box(page), turn_of(page)
    across, up = box[2] - box[0], box[3] - box[1]
    if (across if turn in {90, 270} else up) < LEAST or "/UserUnit" in page:
        return None
    left, low, right, high = box
    deep = FREE * scale_of(box)
    return {
        0: (left, low, right, low + deep),
        90: (right - deep, low, right, high),
        180: (left, high - deep, right, high),
        270: (left, low, left + deep, high),
    }[turn]


def inherited(page: Object, name: str) -> Any:
    """What a page says, or else what the nearest node above it says; None if none does."""
    node: Any = page
    for _level in range(DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if name in node:
            return node.get(name)
        node = node.get("/Parent")
    return None


def turn_of(page: Object) -> int:
    """By how many degrees clockwise the page is shown turned: 0, 90, 180 or 270."""
    found = inherited(page, "/Rotate")
    return int(found) // 90 * 90 % 360 if isinstance(found, int) else 0


def shown_box(page: Object) -> Box:
    """What is shown of the page: its crop box as far as it lies within its media box. A page that says nothing sensible is A4."""
    media = _box(inherited(page, "/MediaBox")) or A4
    crop = _box(inherited(page, "/CropBox")) or media
    inner = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return inner if inner[2] - inner[0] >= 1 and inner[3] - inner[1] >= 1 else media


def foot_matrix(page: Object) -> tuple[float, float, float, float, float, float]:
    """Leads from the corner at the right of the foot as it is shown, in its directions, to the page's own coordinates."""
    left, low, right, high = shown_box(page)
    return {
        0: (1, 0, 0, 1, right, low),
        90: (0, 1, -1, 0, right, high),
        180: (-1, 0, 0, -1, left, high),
        270: (0, -1, 1, 0, left, low),
    }[turn_of(page)]


def with_strip(box: Box, turn: int, height: float) -> Box:
    """The box made longer at the foot as it is shown."""
    left, low, right, high = box
    return {
        0: (left, low - height, right, high),
        90: (left, low, right + height, high),
        180: (left, low, right, high + height),
        270: (left - height, low, right, high),
    }[turn]


def _box(value: Any) -> Box | None:
    """A rectangle with its corners in order; None if it is none."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        x1, y1, x2, y2 = (float(edge) for edge in value)
    except (TypeError, ValueError):
        return None
    box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None
