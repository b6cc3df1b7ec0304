"""Dates and standings as people say them."""

from dataclasses import dataclass
from datetime import date

import pytest

from governance import wording
from tests.building import london

TODAY = date(2026, 11, 22)


@dataclass
class Standing:
    """What the sentences read."""

    status: str = "under_way"
    confidence: str = "on_track"
    first_due_on: date | None = None
    due_on: date | None = None
    due_words: str = ""
    date_moves: int = 0
    last_news_on: date | None = None
    next_news_on: date | None = None


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (14, 0, "2pm"),
        (14, 30, "2.30pm"),
        (9, 5, "9.05am"),
        (12, 0, "noon"),
        (0, 0, "midnight"),
        (12, 30, "12.30pm"),
        (0, 15, "12.15am"),
    ],
)
def test_a_time_is_said_one_way(hour: int, minute: int, said: str) -> None:
    assert wording.clock(london(2026, 10, 8, hour, minute)) == said


def test_a_time_is_that_of_the_place_in_summer_and_winter() -> None:
    assert wording.period(london(2026, 7, 8, 14), london(2026, 7, 8, 16, 30)) == "2pm to 4.30pm"
    assert wording.period(london(2026, 12, 8, 14), None) == "2pm"
    assert wording.day_in_full(london(2026, 7, 8, 0, 30)) == "Wednesday 8 July 2026"


def test_the_status_is_a_sentence() -> None:
    action = Standing(last_news_on=date(2026, 11, 3), next_news_on=date(2026, 12, 8))
    said = [wording.status_words(action), wording.confidence_words(action), wording.news_words(action, TODAY)]
    assert " ".join(said) == "Under way. On track. Last update 3 November; next one by 8 December."


def test_another_year_is_named() -> None:
    action = Standing(last_news_on=date(2025, 11, 3), next_news_on=date(2027, 1, 8))
    assert wording.news_words(action, TODAY) == "Last update 3 November 2025; next one by 8 January 2027."


@pytest.mark.parametrize(("due", "said"), [(date(2026, 11, 10), "12 days"), (date(2026, 11, 21), "1 day")])
def test_what_is_late_says_by_how_much(due: date, said: str) -> None:
    assert wording.due_words(Standing(due_on=due), TODAY) == f"This is late by {said}."
    late = Standing(last_news_on=date(2026, 9, 1), next_news_on=due)
    assert wording.news_words(late, TODAY) == "Last update 1 September."
    assert wording.late_news_words(late, TODAY) == f"News is late by {said}."


def test_nothing_is_late_on_its_day_without_a_date_or_once_closed() -> None:
    assert wording.due_words(Standing(due_on=TODAY), TODAY) == "Due by 22 November 2026."
    assert wording.due_words(Standing(), TODAY) == ""
    assert wording.due_words(Standing(due_words="in spring"), TODAY) == "As agreed: “in spring”."
    closed = Standing(status="completed", due_on=date(2026, 1, 1), next_news_on=date(2026, 1, 1))
    assert wording.due_words(closed, TODAY) == "It was due by 1 January 2026."
    assert wording.late_news_words(closed, TODAY) == ""


@pytest.mark.parametrize("status", ["paused", "completed", "closed", "handed_on"])
def test_confidence_is_not_told_of_what_stands_still(status: str) -> None:
    assert wording.confidence_words(Standing(status=status)) == ""


def test_moves_are_counted_in_words() -> None:
    assert [wording.moves_words(number) for number in range(4)] == [
        "",
        "The date has moved once.",
        "The date has moved twice.",
        "The date has moved 3 times.",
    ]


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [wording.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
