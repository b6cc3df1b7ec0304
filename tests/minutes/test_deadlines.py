"""Clear days as boards count them, and the bank holidays they pass over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.enums import DayCounting, Nation
from minutes.deadlines import bank_holidays, clear_days, easter


@pytest.mark.parametrize(
    ("published", "meeting", "counting", "nation", "days"),
    [
        (date(2026, 9, 30), date(2026, 10, 8), DayCounting.WORKING_DAYS, Nation.ENGLAND, 5),
        (date(2026, 10, 1), date(2026, 10, 8), DayCounting.WORKING_DAYS, Nation.ENGLAND, 4),
        (date(2026, 9, 30), date(2026, 10, 8), DayCounting.CALENDAR, Nation.ENGLAND, 7),
        (date(2026, 9, 30), date(2026, 10, 8), DayCounting.NOT_SUNDAYS, Nation.ENGLAND, 6),
        (date(2026, 8, 27), date(2026, 9, 4), DayCounting.WORKING_DAYS, Nation.ENGLAND, 4),
        (date(2026, 8, 27), date(2026, 9, 4), DayCounting.WORKING_DAYS, Nation.SCOTLAND, 5),
        (date(2026, 3, 31), date(2026, 4, 9), DayCounting.WORKING_DAYS, Nation.WALES, 4),
        (date(2026, 3, 31), date(2026, 4, 9), DayCounting.NOT_SUNDAYS, Nation.WALES, 5),
        (date(2026, 10, 8), date(2026, 10, 8), DayCounting.CALENDAR, Nation.ENGLAND, 0),
        (date(2026, 10, 7), date(2026, 10, 8), DayCounting.CALENDAR, Nation.ENGLAND, 0),
        (date(2026, 10, 9), date(2026, 10, 8), DayCounting.CALENDAR, Nation.ENGLAND, 0),
    ],
)
def test_neither_end_counts(published: date, meeting: date, counting: str, nation: str, days: int) -> None:
    assert clear_days(published, meeting, counting, nation) == days


@given(some.dates(date(1990, 1, 1), date(2090, 1, 1)), some.integers(0, 60), some.sampled_from(Nation))
def test_a_stricter_way_of_counting_never_finds_more_days(published: date, later: int, nation: str) -> None:
    meeting = published + timedelta(days=later)
    working, not_sundays, every = (
        clear_days(published, meeting, counting, nation)
        for counting in (DayCounting.WORKING_DAYS, DayCounting.NOT_SUNDAYS, DayCounting.CALENDAR)
    )
    assert working <= not_sundays <= every == max(later - 1, 0)


def test_easter() -> None:
    assert [easter(year) for year in (2000, 2019, 2024, 2026, 2038)] == [
        date(2000, 4, 23),
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]


@pytest.mark.parametrize(
    ("year", "nation", "days"),
    [
        (2026, Nation.ENGLAND, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2022, Nation.WALES, ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]),
        (2020, Nation.ENGLAND, ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"]),
        (2023, Nation.SCOTLAND, ["01-02", "01-03", "04-07", "05-01", "05-08", "05-29", "08-07", "11-30", "12-25", "12-26"]),
        (
            2024,
            Nation.NORTHERN_IRELAND,
            ["01-01", "03-18", "03-29", "04-01", "05-06", "05-27", "07-12", "08-26", "12-25", "12-26"],
        ),
    ],
)
def test_bank_holidays_are_those_that_were_kept(year: int, nation: str, days: list[str]) -> None:
    assert sorted(day.strftime("%m-%d") for day in bank_holidays(year, nation)) == days
