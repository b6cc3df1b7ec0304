"""Numbers as bars: where each bar stands and how long it is. Pure: takes numbers, gives shapes.

Lengths across are per cent of the drawing, so that it fills whatever width there is; heights and letters are in CSS pixels and are
never scaled, so that words stay as large on a telephone as on a desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LETTERS = 16
"""Size of the words in a drawing, in pixels."""
LINE = 24
"""From the top of a row to its bar."""
BAR = 18
ROW = 56


@dataclass(frozen=True)
class Bar:
    """One piece of a row: `x` and `width` in per cent of the drawing, `series` what it counts."""

    series: str
    number: int
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """One row: its words stand on the line `words_y`, its bars begin at `bar_y`, both from the top in pixels."""

    label: str
    total: int
    words_y: int
    bar_y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing of rows, one below the other.

    Attributes:
        series: what is counted, in the order it is drawn; only what is there.
        height: of the whole, in pixels.
    """

    rows: tuple[Row, ...]
    series: tuple[str, ...]
    height: int


def rows_of_bars(figures: Sequence[tuple[str, Mapping[str, int]]], series: Sequence[str]) -> Chart:
    """Rows that each put their numbers end to end; the longest row fills the drawing.

    Args:
        figures: the label of each row and its numbers by series. Numbers of other series are left out.
        series: what is counted, in the order it is drawn.

    Raises:
        ValueError: a number is below nought.
    """
    if any(numbers.get(name, 0) < 0 for _label, numbers in figures for name in series):
        raise ValueError("A bar cannot be shorter than nothing.")
    totals = [sum(numbers.get(name, 0) for name in series) for _label, numbers in figures]
    longest = max(totals, default=0)
    rows = tuple(
        Row(label, total, ROW * place + LETTERS, ROW * place + LINE, _bars(numbers, series, longest))
        for place, ((label, numbers), total) in enumerate(zip(figures, totals, strict=True))
    )
    there = tuple(name for name in series if any(numbers.get(name, 0) for _label, numbers in figures))
    return Chart(rows, there, ROW * len(rows))


def _bars(numbers: Mapping[str, int], series: Sequence[str], longest: int) -> tuple[Bar, ...]:
    bars, before = [], 0
    for name in series:
        number = numbers.get(name, 0)
        if number:
            start, end = (round(100 * part / longest, 2) for part in (before, before + number))
            bars.append(Bar(name, number, start, round(end - start, 2)))
            before += number
    return tuple(bars)
