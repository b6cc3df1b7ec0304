"""Clear days as boards count them, and the bank holidays they pass over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.enums import DayCounting, Nation
from minutes.deadlines import Counting, bank_holidays, clear_days, counted_on, last_day_to_publish, working


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


@pytest.mark.parametrize(
    ("meeting", "working_days", "calendar", "twenty_eight"),
    [
        (date(2026, 12, 17), date(2026, 12, 9), date(2026, 12, 11), date(2026, 11, 18)),
        (date(2027, 1, 6), date(2026, 12, 24), date(2026, 12, 31), date(2026, 12, 8)),
        (date(2027, 3, 31), date(2027, 3, 19), date(2027, 3, 25), date(2027, 3, 2)),
    ],
    ids=["before Christmas", "after New Year", "after Easter"],
)
def test_publish_by(meeting: date, working_days: date, calendar: date, twenty_eight: date) -> None:
    """Five clear days and 28, with 25 and 28 December 2026, 1 January, 26 and 29 March 2027 as bank holidays."""
    assert last_day_to_publish(meeting, 5, DayCounting.WORKING_DAYS, Nation.ENGLAND) == working_days
    assert last_day_to_publish(meeting, 5, DayCounting.CALENDAR, Nation.ENGLAND) == calendar
    assert last_day_to_publish(meeting, 28, DayCounting.CALENDAR, Nation.ENGLAND) == twenty_eight


@given(some.dates(date(2000, 1, 1), date(2090, 1, 1)), some.integers(0, 30), some.sampled_from(DayCounting))
def test_published_by_that_day_there_is_notice_enough_and_a_day_later_there_is_not(
    meeting: date, days: int, counting: str
) -> None:
    by = last_day_to_publish(meeting, days, counting, Nation.SCOTLAND)
    assert clear_days(by, meeting, counting, Nation.SCOTLAND) == days
    assert Counting(counting, Nation.SCOTLAND).counts(by)
    later = (by + timedelta(days=number) for number in range(1, (meeting - by).days))
    rule = Counting(counting, Nation.SCOTLAND)
    assert all(clear_days(day, meeting, counting, Nation.SCOTLAND) < days for day in later if rule.counts(day))


def test_the_working_names_every_day_that_does_not_count() -> None:
    days = working(date(2026, 12, 24), date(2027, 1, 6), Counting(DayCounting.WORKING_DAYS, Nation.ENGLAND))
    assert [(day.day.day, day.number, day.why_not) for day in days] == [
        (25, 0, "Christmas Day"),
        (26, 0, "Boxing Day"),
        (27, 0, "Sunday"),
        (28, 0, "Boxing Day (observed)"),
        (29, 1, ""),
        (30, 2, ""),
        (31, 3, ""),
        (1, 0, "New Year's Day"),
        (2, 0, "Saturday"),
        (3, 0, "Sunday"),
        (4, 4, ""),
        (5, 5, ""),
    ]


def test_a_day_of_mourning_is_passed_over_where_the_board_does_not_count_every_day() -> None:
    mourning = {date(2026, 10, 5): "Day of mourning"}
    for counting, without, less in (
        (DayCounting.WORKING_DAYS, 5, 1),
        (DayCounting.NOT_SUNDAYS, 6, 1),
        (DayCounting.CALENDAR, 7, 0),
    ):
        between = date(2026, 9, 30), date(2026, 10, 8), counting, Nation.ENGLAND
        assert (clear_days(*between), clear_days(*between, mourning)) == (without, without - less)


def test_counted_on_leaves_out_the_day_it_starts_from() -> None:
    rule = Counting(DayCounting.WORKING_DAYS, Nation.ENGLAND)
    assert counted_on(date(2026, 12, 23), 0, rule) == date(2026, 12, 23)
    assert counted_on(date(2026, 12, 23), 2, rule) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("year", "nation", "days"),
    [
        (2026, Nation.ENGLAND, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
        (2026, Nation.WALES, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
        (2026, Nation.SCOTLAND, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-26 12-28"),
        (2026, Nation.NORTHERN_IRELAND, "01-01 03-17 04-03 04-06 05-04 05-25 07-12 07-13 08-31 12-25 12-26 12-28"),
        (2022, Nation.WALES, "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27"),
        (2020, Nation.ENGLAND, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28"),
        (2023, Nation.SCOTLAND, "01-01 01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26"),
        (2024, Nation.NORTHERN_IRELAND, "01-01 03-17 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"),
    ],
)
def test_bank_holidays_are_those_that_are_kept_and_those_they_are_kept_for(year: int, nation: str, days: str) -> None:
    assert [day.strftime("%m-%d") for day in bank_holidays(year, nation)] == days.split()


def test_a_day_kept_in_place_of_another_is_marked_and_is_no_weekend() -> None:
    kept = [
        day
        for nation in Nation
        for year in range(2015, 2035)
        for day, name in bank_holidays(year, nation).items()
        if name.endswith("(observed)")
    ]
    assert date(2026, 12, 28) in kept
    assert date(2027, 12, 27) in kept
    assert all(day.weekday() < 5 for day in kept)


def test_a_day_with_two_names_has_both_as_a_sentence_lists_them() -> None:
    assert bank_holidays(2023, Nation.SCOTLAND)[date(2023, 1, 2)] == "New Year Holiday and New Year's Day (observed)"
