"""Clear days of notice, and the bank holidays they pass over. Pure: dates in, dates out.

Bank holidays follow the Banking and Financial Dealings Act 1971, Schedule 1, and the proclamations made under it up to 2026. A day that
falls on a weekend is kept on the next day that is free.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from governance.enums import DayCounting, Nation

SUNDAY, SATURDAY = 6, 5
_EARLY_MAY = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}
_SPRING = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
_PROCLAIMED = frozenset(
    {
        date(1999, 12, 31),
        date(2002, 6, 3),
        date(2011, 4, 29),
        date(2012, 6, 5),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    }
)


def clear_days(published: date, meeting: date, counting: str, nation: str) -> int:
    """How many clear days lie between the day of publication and the day of the meeting: neither of them counts.

    Args:
        counting: the board's own rule, one of `DayCounting`.
        nation: whose bank holidays the board keeps, one of `Nation`.
    """
    days = (published + timedelta(days=number) for number in range(1, (meeting - published).days))
    return sum(_counts(day, counting, nation) for day in days)


def last_day_to_publish(meeting: date, notice_days: int, counting: str, nation: str) -> date:
    """The last day on which an agenda can go out with the clear days of notice that the board's rule asks for.

    Args:
        notice_days: how many clear days.
        counting: the board's own rule, one of `DayCounting`.
        nation: whose bank holidays the board keeps, one of `Nation`.
    """
    day = meeting - timedelta(days=1)
    while clear_days(day, meeting, counting, nation) < notice_days:
        day -= timedelta(days=1)
    return day


@cache
def bank_holidays(year: int, nation: str) -> frozenset[date]:
    """The bank holidays of a nation in one calendar year."""
    kept: set[date] = set()
    for day in sorted(_fixed(year, nation)):
        while day.weekday() in {SATURDAY, SUNDAY} or day in kept:
            day += timedelta(days=1)
        kept.add(day)
    return frozenset({*kept, *_moving(year, nation), *(day for day in _PROCLAIMED if day.year == year)})


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, *divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _counts(day: date, counting: str, nation: str) -> bool:
    if counting == DayCounting.CALENDAR:
        return True
    free = {SUNDAY} if counting == DayCounting.NOT_SUNDAYS else {SATURDAY, SUNDAY}
    return day.weekday() not in free and day not in bank_holidays(day.year, nation)


def _fixed(year: int, nation: str) -> Iterator[date]:
    """Those that stand on a day of the year, before weekends are made up for."""
    yield date(year, 1, 1)
    yield date(year, 12, 25)
    yield date(year, 12, 26)
    if nation == Nation.SCOTLAND:
        yield date(year, 1, 2)
        yield date(year, 11, 30)
    if nation == Nation.NORTHERN_IRELAND:
        yield date(year, 3, 17)
        yield date(year, 7, 12)


def _moving(year: int, nation: str) -> Iterator[date]:
    """Those that are a Monday or hang on Easter."""
    yield easter(year) - timedelta(days=2)
    if nation != Nation.SCOTLAND:
        yield easter(year) + timedelta(days=1)
    yield _EARLY_MAY.get(year, _monday(year, 5, 1))
    yield _SPRING.get(year, _monday(year, 5, 25))
    yield _monday(year, 8, 1) if nation == Nation.SCOTLAND else _monday(year, 8, 25)


def _monday(year: int, month: int, first: int) -> date:
    """The first Monday on or after a day."""
    day = date(year, month, first)
    return day + timedelta(days=-day.weekday() % 7)
