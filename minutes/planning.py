"""A year of meetings from a pattern, shown with what stands against each day before any is made. Pure: days in, days out."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes.deadlines import SATURDAY, SUNDAY, bank_holidays

LONDON = ZoneInfo("Europe/London")
LAST = -1
LONGEST_SPAN = timedelta(days=3 * 366)
FURTHEST_MOVE = 14
"""Days that a meeting is moved at most to avoid what stands against its own day."""


class Avoid(models.TextChoices):
    """What becomes of a day that something stands against."""

    KEEP = "keep", gettext_lazy("Keep the day all the same")
    SKIP = "skip", gettext_lazy("Leave the meeting out")
    NEXT = "next", gettext_lazy("Take the next free working day")
    PREVIOUS = "previous", gettext_lazy("Take the free working day before")


@dataclass(frozen=True)
class Monthly:
    """Such as the second Wednesday of every month but August, or the last Thursday of odd months.

    Attributes:
        weekday: 0 for Monday to 6 for Sunday.
        which: 1 to 5, or `LAST`. A month without a fifth such day has no meeting.
        months: in which months, 1 to 12.
    """

    weekday: int
    which: int
    months: frozenset[int]


@dataclass(frozen=True)
class Weekly:
    """Every so many weeks from a first day, in the months named."""

    first: date
    every: int
    months: frozenset[int]


Pattern = Monthly | Weekly


@dataclass(frozen=True)
class PlannedDay:
    """One day of a plan.

    Attributes:
        wanted: the day of the pattern.
        day: the day that is taken; None where the meeting is left out.
        against: what stands against the wanted day, in words.
        still_against: what stands against the day taken.
    """

    wanted: date
    day: date | None
    against: tuple[str, ...] = ()
    still_against: tuple[str, ...] = ()


def days_of(pattern: Pattern, first: date, last: date) -> list[date]:
    """The days of a pattern from one day to another, both included, in order."""
    if isinstance(pattern, Weekly):
        return _weekly(pattern, first, last)
    found = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        day = _in_month(pattern, year, month) if month in pattern.months else None
        if day is not None and first <= day <= last:
            found.append(day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def plan(days: Sequence[date], *, nation: str, avoid: str, taken: Mapping[date, Sequence[str]]) -> list[PlannedDay]:
    """Which day is taken for each day wanted.

    Args:
        days: the days wanted.
        nation: whose bank holidays stand against a day.
        avoid: one of `Avoid`.
        taken: what else stands against a day, in words: other meetings, the place, days of mourning.
    """
    found: list[PlannedDay] = []
    used: set[date] = set()
    for wanted in days:
        against = _against(wanted, nation, taken)
        day: date | None = wanted
        if against and avoid == Avoid.SKIP:
            day = None
        elif against and avoid != Avoid.KEEP:
            day = _free_day(wanted, 1 if avoid == Avoid.NEXT else -1, nation, taken, used | set(days))
        if day in used:
            day = None
        if day is not None:
            used.add(day)
        found.append(PlannedDay(wanted, day, against, _against(day, nation, taken) if day else ()))
    return found


def moment_of(day: date, at: time) -> datetime:
    """When a meeting starts that is held at a time by the clock in London. Of an hour that comes twice, the first is meant.

    Raises:
        ValueError: that day has no such time, because the clocks go forward; in plain words.
    """
    moment = datetime.combine(day, at, LONDON)
    if moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(
            _("On %(day)s the clocks go forward and there is no %(time)s. Choose another time.")
            % {"day": f"{day:%-d %B %Y}", "time": f"{at:%H:%M}"}
        )
    return moment


def comes_twice(moment: datetime) -> bool:
    """Whether the clock shows that time twice on that day, because the clocks go back."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _in_month(pattern: Monthly, year: int, month: int) -> date | None:
    days = [
        day for day in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, day).weekday() == pattern.weekday
    ]
    if pattern.which == LAST:
        return date(year, month, days[-1])
    return date(year, month, days[pattern.which - 1]) if pattern.which <= len(days) else None


def _weekly(pattern: Weekly, first: date, last: date) -> list[date]:
    step = timedelta(weeks=pattern.every)
    late = max(0, -((pattern.first - first) // step))
    day, found = pattern.first + late * step, []
    while day <= last:
        if day.month in pattern.months:
            found.append(day)
        day += step
    return found


def _against(day: date, nation: str, taken: Mapping[date, Sequence[str]]) -> tuple[str, ...]:
    holiday = bank_holidays(day.year, nation).get(day)
    return (*([_("Bank holiday: %(name)s") % {"name": holiday}] if holiday else []), *taken.get(day, ()))


def _free_day(wanted: date, step: int, nation: str, taken: Mapping[date, Sequence[str]], used: set[date]) -> date | None:
    for number in range(1, FURTHEST_MOVE + 1):
        day = wanted + timedelta(days=step * number)
        if day.weekday() not in {SATURDAY, SUNDAY} and day not in used and not _against(day, nation, taken):
            return day
    return None
