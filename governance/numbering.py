"""References and the years they stand in: pure, and the same for ever once printed."""

import re
from datetime import date, timedelta

_NOT_ADDRESS = re.compile(r"[^a-z0-9]+")
_MINUTE = re.compile(r"^([^/]+/\d{4}(?:-\d\d)?/)(?=\d)")


def reference_slug(reference: str) -> str:
    """The reference as it stands in its permanent address: `HWB-A12/U3` becomes `hwb-a12-u3`.

    The number of a minute is marked: `HWB/2026/10(11)` becomes `hwb-2026-m10-11`, because without the mark it would be the
    address of the meeting `HWB/2026-10-11`.
    """
    return _NOT_ADDRESS.sub("-", _MINUTE.sub(r"\1m", reference).lower()).strip("-")


def board_year(day: date, first_month: int = 5) -> str:
    """The board's year that a day falls in, as printed in minute numbers.

    Args:
        day: the day of the meeting, in the board's own time zone.
        first_month: the month in which the board's year starts; the municipal year starts in May.

    Returns:
        `2026-27` for a year over two calendar years, `2026` where the board's year is the calendar year.
    """
    if first_month == 1:
        return str(day.year)
    start = day.year if day.month >= first_month else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def with_suffix(text: str, number: int) -> str:
    """The first of its kind stands alone, later ones are told apart: `HWB/2026-10-08`, `HWB/2026-10-08-2`."""
    return text if number == 1 else f"{text}-{number}"


def year_span(year: str, first_month: int = 5) -> tuple[date, date]:
    """The first and the last day of a board's year, such as `2026-27`.

    Raises:
        ValueError: it is not written as the board writes its years.
    """
    if not re.fullmatch(r"[12][0-9]{3}(-[0-9]{2})?", year):
        raise ValueError(f"{year!r} is not a board's year.")
    start = date(int(year[:4]), first_month, 1)
    if board_year(start, first_month) != year:
        raise ValueError(f"{year!r} is not a year that begins in month {first_month}.")
    return start, start.replace(year=start.year + 1) - timedelta(days=1)
