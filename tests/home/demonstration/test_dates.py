"""Dates that count from the day the demonstration is made."""

from datetime import UTC, date, datetime, timedelta

import pytest

from home.demonstration.dates import day, in_words, moment
from home.demonstration.replay import every_step
from home.demonstration.stage import Stage

A_WEEK = [date(2026, 11, 16) + timedelta(days=number) for number in range(7)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-1w thu 14:00", datetime(2026, 11, 12, 14, tzinfo=UTC)),
        ("-20w mon", datetime(2026, 6, 29, 9, tzinfo=UTC)),  # 10:00 in British summer time
        ("+2w sun 09:30", datetime(2026, 12, 6, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_weeks_away_on_its_day_as_clocks_in_london_show_it(text: str, expected: datetime) -> None:
    assert {moment(text, today) for today in A_WEEK} == {expected}


@pytest.mark.parametrize("text", ["", "yesterday", "-1w", "1w thu", "-1w thu 2pm", "-1w thu 25:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|must be in"):
        day(text, A_WEEK[0])


def test_a_day_is_written_as_minutes_write_it() -> None:
    assert in_words(date(2024, 12, 5)) == "5 December 2024"


@pytest.mark.parametrize("today", A_WEEK, ids=lambda today: today.strftime("%A"))
def test_two_years_end_a_few_days_ago_whatever_day_it_is(today: date) -> None:
    days = [step.at.date() for step in every_step(Stage(today))]
    assert days == sorted(days)
    assert timedelta(days=1) <= today - days[-1] <= timedelta(days=13)
    assert today - days[0] > timedelta(days=2 * 365)
