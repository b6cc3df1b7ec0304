"""Clear days of notice, and the bank holidays they pass over. Pure: dates in, dates out.

Bank holidays are those of the `holidays` library, for each nation of the UK, days proclaimed once among them; it works offline. A holiday
that falls on a weekend and the day that is kept in its place (which the library marks as observed) are both passed over: that way of counting never
finds more notice than was given. Days that no library knows, such as a day of mourning, are added by whoever asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import holidays

from governance.enums import DayCounting, Nation

SUNDAY, SATURDAY = 6, 5
NO_DAYS: Mapping[date, str] = MappingProxyType({})
NATIONS = {Nation.ENGLAND: "ENG", Nation.WALES: "WLS", Nation.SCOTLAND: "SCT", Nation.NORTHERN_IRELAND: "NIR"}
"""What the library calls them: ISO 3166-2 of GB."""


@dataclass(frozen=True)
class Counting:
    """How days are counted.

    Attributes:
        rule: one of `DayCounting`.
        nation: whose bank holidays are passed over, one of `Nation`.
        more: further days that do not count, with their names.
    """

    rule: str
    nation: str
    more: Mapping[date, str] = field(default_factory=lambda: NO_DAYS)

    def why_not(self, day: date) -> str:
        """Why a day does not count; empty where it does."""
        if self.rule == DayCounting.CALENDAR:
            return ""
        if day in self.more:
            return self.more[day]
        if day in bank_holidays(day.year, self.nation):
            return bank_holidays(day.year, self.nation)[day]
        if day.weekday() == SUNDAY:
            return "Sunday"
        if day.weekday() == SATURDAY and self.rule == DayCounting.WORKING_DAYS:
            return "Saturday"
        return ""

    def counts(self, day: date) -> bool:
        """Whether a day counts."""
        return not self.why_not(day)


@dataclass(frozen=True)
class CountedDay:
    """One day of a working.

    Attributes:
        day: the day.
        number: which of the days that count it is; 0 where it does not count.
        why_not: why it does not count; empty where it does.
    """

    day: date
    number: int
    why_not: str = ""


def working(published: date, meeting: date, counting: Counting) -> tuple[CountedDay, ...]:
    """Every day between publication and meeting, and which of them count: neither end does (clear days)."""
    found: list[CountedDay] = []
    number = 0
    for later in range(1, (meeting - published).days):
        day = published + timedelta(days=later)
        why_not = counting.why_not(day)
        number += not why_not
        found.append(CountedDay(day, 0 if why_not else number, why_not))
    return tuple(found)


def clear_days(published: date, meeting: date, counting: str, nation: str, more: Mapping[date, str] = NO_DAYS) -> int:
    """How many clear days lie between the day of publication and the day of the meeting: neither of them counts.

    Args:
        counting: the board's own rule, one of `DayCounting`.
        nation: whose bank holidays the board keeps, one of `Nation`.
        more: further days that do not count.
    """
    return sum(not day.why_not for day in working(published, meeting, Counting(counting, nation, more)))


def last_day_to_publish(
    meeting: date, notice_days: int, counting: str, nation: str, more: Mapping[date, str] = NO_DAYS
) -> date:
    """The last day on which an agenda can go out with the clear days of notice that the board's rule asks for.

    It is a day that itself counts: nobody is told to publish on a bank holiday.

    Args:
        notice_days: how many clear days.
        counting: the board's own rule, one of `DayCounting`.
        nation: whose bank holidays the board keeps, one of `Nation`.
        more: further days that do not count.
    """
    rule = Counting(counting, nation, more)
    return counted_back(meeting, notice_days + 1, rule)


def counted_back(day: date, number: int, counting: Counting) -> date:
    """The day from which so many days that count lead up to another: itself one of them, the other not."""
    while number:
        day -= timedelta(days=1)
        number -= counting.counts(day)
    return day


def counted_on(day: date, number: int, counting: Counting) -> date:
    """The so many-th day that counts after a day, which is not one of them; the day itself for 0."""
    while number:
        day += timedelta(days=1)
        number -= counting.counts(day)
    return day


@cache
def bank_holidays(year: int, nation: str) -> Mapping[date, str]:
    """The bank holidays of a nation in one calendar year, with their names."""
    found = holidays.country_holidays("GB", subdiv=NATIONS[Nation(nation)], years=year, language="en_GB")
    return MappingProxyType({day: " and ".join(found[day].split("; ")) for day in sorted(found)})
