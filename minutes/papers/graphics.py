"""Places and colours while a page is read: changes of place, boxes, and what holds for what is painted next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minutes.papers.fonts import Font
from minutes.papers.painted import Box, Colour

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BLACK: Colour = (0.0, 0.0, 0.0)
KNOWN_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/ICCBased", "/CalRGB", "/CalGray"})
"""Colour spaces whose numbers say how light a colour is. In others, such as spot colours, they mean something else."""


def times(one: Matrix, other: Matrix) -> Matrix:
    """Both changes of place, one after the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def placed(corners: Sequence[tuple[float, float]], by: Matrix) -> Box:
    """The upright box around points after a change of place."""
    points = [(x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]) for x, y in corners]
    across, up = [x for x, _y in points], [y for _x, y in points]
    return (min(across), min(up), max(across), max(up))


def around(boxes: Sequence[Box]) -> Box:
    """The box around several."""
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return (min(lefts), min(lows), max(rights), max(highs))


def common(one: Box, other: Box | None) -> Box:
    """The part that two boxes have in common; turned inside out where there is none."""
    if other is None:
        return one
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


@dataclass(frozen=True)
class State:
    """What holds for what is painted next."""

    place: Matrix
    clip: Box | None = None
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_is_known: bool = True
    stroke_is_known: bool = True
    opaque: bool = True
    line: float = 1.0
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


def colour_of(numbers: Sequence[float]) -> Colour | None:
    """A colour as red, green and blue; none where its space has another number of parts."""
    if len(numbers) == 1:
        return (numbers[0], numbers[0], numbers[0])
    if len(numbers) == 3:
        return (numbers[0], numbers[1], numbers[2])
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return None


def shrunk(box: Box) -> Box:
    """The part of a round area that is surely inside it."""
    across, up = (box[2] - box[0]) * 0.15, (box[3] - box[1]) * 0.15
    return (box[0] + across, box[1] + up, box[2] - across, box[3] - up)


def is_upright(path: Sequence[tuple[float, float]]) -> bool:
    """Whether every side of an area goes straight up or across."""
    sides = zip(path, [*path[1:], path[0]], strict=True)
    return all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in sides)


def matrix(operands: Any) -> Matrix:
    """A change of place as it stands in a file.

    Raises:
        ValueError: it has not six numbers.
    """
    a, b, c, d, e, f = (float(number) for number in operands)
    return (a, b, c, d, e, f)
