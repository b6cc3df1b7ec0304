"""A year of meetings from a pattern: which days, what stands against them, and what is done about it."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.enums import Nation
from minutes.deadlines import bank_holidays
from minutes.planning import LAST, Avoid, Monthly, Weekly, comes_twice, days_of, moment_of, plan

WEDNESDAY, THURSDAY = 2, 3
EVERY_MONTH = frozenset(range(1, 13))
ODD = frozenset({1, 3, 5, 7, 9, 11})
YEAR = date(2026, 5, 1), date(2027, 4, 30)

patterns = some.one_of(
    some.builds(Monthly, some.integers(0, 6), some.sampled_from([1, 2, 3, 4, 5, LAST]), some.frozensets(some.integers(1, 12))),
    some.builds(
        Weekly, some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(1, 12), some.frozensets(some.integers(1, 12))
    ),
)
spans = some.tuples(some.dates(date(2022, 1, 1), date(2032, 1, 1)), some.integers(0, 500)).map(
    lambda given_: (given_[0], given_[0] + timedelta(days=given_[1]))
)


def test_the_second_wednesday_but_not_in_august() -> None:
    days = days_of(Monthly(WEDNESDAY, 2, EVERY_MONTH - {8}), *YEAR)
    assert len(days) == 11
    assert days[:4] == [date(2026, 5, 13), date(2026, 6, 10), date(2026, 7, 8), date(2026, 9, 9)]


def test_the_last_thursday_of_odd_months() -> None:
    days = days_of(Monthly(THURSDAY, LAST, ODD), *YEAR)
    assert days == [
        date(2026, 5, 28),
        date(2026, 7, 30),
        date(2026, 9, 24),
        date(2026, 11, 26),
        date(2027, 1, 28),
        date(2027, 3, 25),
    ]


def test_a_month_without_a_fifth_wednesday_has_no_meeting() -> None:
    assert days_of(Monthly(WEDNESDAY, 5, EVERY_MONTH), date(2026, 5, 1), date(2026, 8, 31)) == [date(2026, 7, 29)]


def test_every_six_weeks_from_a_first_day() -> None:
    days = days_of(Weekly(date(2026, 5, 7), 6, EVERY_MONTH), date(2026, 6, 1), date(2026, 9, 30))
    assert days == [date(2026, 6, 18), date(2026, 7, 30), date(2026, 9, 10)]
    assert days_of(Weekly(date(2026, 5, 7), 6, EVERY_MONTH), date(2026, 5, 1), date(2026, 5, 7)) == [date(2026, 5, 7)]


@given(patterns, spans)
def test_the_days_of_a_pattern_are_within_the_span_in_order_and_each_once(
    pattern: Monthly | Weekly, span: tuple[date, date]
) -> None:
    days = days_of(pattern, *span)
    assert days == sorted(set(days))
    assert all(span[0] <= day <= span[1] and day.month in pattern.months for day in days)
    if isinstance(pattern, Monthly):
        assert all(day.weekday() == pattern.weekday for day in days)
        assert len({(day.year, day.month) for day in days}) == len(days)
    else:
        assert all((day - pattern.first).days % (7 * pattern.every) == 0 and day >= pattern.first for day in days)


@given(patterns, spans, some.sampled_from(Avoid), some.sampled_from(Nation), some.frozensets(some.integers(0, 500), max_size=9))
def test_no_day_is_taken_twice_and_only_kept_days_have_something_against_them(
    pattern: Monthly | Weekly, span: tuple[date, date], avoid: str, nation: str, busy: frozenset[int]
) -> None:
    taken = {span[0] + timedelta(days=number): ["Another meeting"] for number in busy}
    wanted = days_of(pattern, *span)
    planned = plan(wanted, nation=nation, avoid=avoid, taken=taken)
    assert [each.wanted for each in planned] == wanted
    used = [each.day for each in planned if each.day]
    assert len(used) == len(set(used))
    for each in planned:
        if avoid == Avoid.KEEP:
            assert each.day == each.wanted
        elif each.day:
            assert each.day not in taken
            assert each.day not in bank_holidays(each.day.year, nation)
        if not each.against:
            assert each.day == each.wanted
        elif each.day and avoid == Avoid.NEXT:
            assert each.wanted < each.day <= each.wanted + timedelta(days=14)
        elif each.day and avoid == Avoid.PREVIOUS:
            assert each.wanted - timedelta(days=14) <= each.day < each.wanted


@pytest.mark.parametrize(
    ("avoid", "day"),
    [
        (Avoid.KEEP, date(2026, 12, 28)),
        (Avoid.SKIP, None),
        (Avoid.NEXT, date(2026, 12, 30)),
        (Avoid.PREVIOUS, date(2026, 12, 24)),
    ],
)
def test_a_bank_holiday_is_avoided_as_the_editor_picks(avoid: str, day: date | None) -> None:
    taken = {date(2026, 12, 29): ["Place Partnership Board, with Priya Rao"]}
    (planned,) = plan([date(2026, 12, 28)], nation=Nation.ENGLAND, avoid=avoid, taken=taken)
    assert planned.day == day
    assert planned.against == ("Bank holiday: Boxing Day (observed)",)
    assert planned.still_against == (planned.against if avoid == Avoid.KEEP else ())


def test_the_bank_holidays_are_those_of_the_boards_nation() -> None:
    days = [date(2026, 6, 15), date(2026, 8, 3), date(2026, 8, 31)]
    against = {nation: [bool(each.against) for each in plan(days, nation=nation, avoid="skip", taken={})] for nation in Nation}
    assert against[Nation.SCOTLAND] == [True, True, False]
    assert against[Nation.WALES] == against[Nation.ENGLAND] == against[Nation.NORTHERN_IRELAND] == [False, False, True]


def test_a_time_that_the_clocks_leave_out_is_refused_in_plain_words() -> None:
    with pytest.raises(
        ValueError, match=r"On 29 March 2026 the clocks go forward and there is no 01:30\. Choose another time\."
    ):
        moment_of(date(2026, 3, 29), time(1, 30))
    assert moment_of(date(2026, 3, 29), time(2, 0)).astimezone(UTC).hour == 1


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    moment = moment_of(date(2026, 10, 25), time(1, 30))
    assert comes_twice(moment)
    assert moment.astimezone(UTC).hour == 0
    assert not comes_twice(moment_of(date(2026, 10, 25), time(14, 0)))


def test_the_clock_shows_the_same_time_in_summer_and_winter() -> None:
    days = days_of(Monthly(WEDNESDAY, 2, EVERY_MONTH), *YEAR)
    assert {moment_of(day, time(14, 0)).astimezone(UTC).hour for day in days} == {13, 14}


def test_a_plan_finds_29_february() -> None:
    assert days_of(Monthly(1, LAST, frozenset({2})), date(2028, 1, 1), date(2028, 12, 31)) == [date(2028, 2, 29)]
