"""The sentence that opens an action's page stays grammatical whatever is known."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from governance.enums import CLOSED_STATUSES, ActionStatus, Confidence
from governance.opening import Told, opening_sentence

TODAY = date(2026, 11, 22)
PROMISED = "The Health and Wellbeing Board promised “We will ask carers”: "


def sentence(status: str = ActionStatus.UNDER_WAY, **known: Any) -> str:
    """What the page says, with nothing known but the promise, the board and the status."""
    known = {"promise": "We will ask carers.", "board": "Health and Wellbeing Board", **known}
    return opening_sentence(Told(status=status, **known), TODAY)


def test_it_says_the_promise_where_it_stands_when_there_is_news_and_whom_to_ask() -> None:
    said = sentence(
        confidence=Confidence.ON_TRACK,
        due_on=date(2027, 3, 31),
        next_news_on=date(2026, 12, 8),
        contact="Adult Care, 01632 960 002",
    )
    rest = "it is under way and on track, there will be news by 8 December, and questions go to Adult Care, 01632 960 002."
    assert said == PROMISED + rest


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ActionStatus.AGREED, "it is agreed and not started yet."),
        (ActionStatus.UNDER_WAY, "it is under way."),
        (ActionStatus.PAUSED, "it is paused."),
        (ActionStatus.COMPLETED, "it is completed."),
        (ActionStatus.CLOSED, "it was closed without completion."),
        (ActionStatus.HANDED_ON, "it was handed on."),
    ],
)
def test_each_status_has_its_words(status: str, words: str) -> None:
    assert sentence(status) == PROMISED + words


def test_what_is_only_proposed_is_no_promise() -> None:
    assert sentence(ActionStatus.PROPOSED) == (
        "The Health and Wellbeing Board has been asked to promise “We will ask carers”: it is not agreed yet."
    )


@pytest.mark.parametrize(
    ("status", "confidence", "late", "words"),
    [
        (ActionStatus.UNDER_WAY, Confidence.AT_RISK, False, "it is under way and at risk."),
        (ActionStatus.UNDER_WAY, Confidence.OFF_TRACK, True, "it is under way, off track and 12 days late."),
        (ActionStatus.UNDER_WAY, "", True, "it is under way and 12 days late."),
        (ActionStatus.AGREED, Confidence.ON_TRACK, False, "it is agreed, not started yet and on track."),
        (ActionStatus.AGREED, Confidence.AT_RISK, True, "it is agreed, not started yet, at risk and 12 days late."),
        (ActionStatus.PAUSED, Confidence.OFF_TRACK, True, "it is paused and 12 days late."),
        (ActionStatus.COMPLETED, Confidence.OFF_TRACK, True, "it is completed."),
    ],
)
def test_confidence_and_lateness_are_said_of_what_is_open(status: str, confidence: str, late: bool, words: str) -> None:
    due = date(2026, 11, 10) if late else date(2026, 11, 22)
    assert sentence(status, confidence=confidence, due_on=due) == PROMISED + words


def test_one_day_is_one_day() -> None:
    assert sentence(due_on=date(2026, 11, 21)) == PROMISED + "it is under way and 1 day late."
    assert sentence(next_news_on=date(2026, 11, 21)) == PROMISED + "it is under way, and news is late by 1 day."


def test_news_is_due_on_its_day_and_late_the_day_after() -> None:
    assert "there will be news by 22 November." in sentence(next_news_on=TODAY)
    assert "news is late by 1 day." in sentence(next_news_on=date(2026, 11, 21))


def test_what_has_ended_is_looked_at_again() -> None:
    ahead = sentence(ActionStatus.COMPLETED, look_again_on=date(2027, 5, 1), next_news_on=date(2026, 1, 1))
    assert ahead == PROMISED + "it is completed, and it will be looked at again by 1 May 2027."
    past = sentence(ActionStatus.COMPLETED, look_again_on=date(2026, 5, 1))
    assert past == PROMISED + "it is completed, and it was to be looked at again by 1 May."


def test_what_was_handed_on_names_who_carries_it() -> None:
    assert (
        sentence(ActionStatus.HANDED_ON, handed_to="Place Partnership.") == PROMISED + "it was handed on to Place Partnership."
    )


def test_a_promise_of_two_sentences_stays_inside_its_quotation_marks() -> None:
    said = sentence(promise="We will ask carers. We will say what they said. ")
    assert said == "The Health and Wellbeing Board promised “We will ask carers. We will say what they said”: it is under way."


def test_a_board_that_has_its_article_gets_no_second() -> None:
    assert sentence(board="The Place Partnership").startswith("The Place Partnership promised")


EVERY = list(product(ActionStatus, ["", *Confidence], [None, date(2026, 11, 10)], [None, TODAY], ["", "Ann."]))


@pytest.mark.parametrize(("status", "confidence", "due_on", "next_news_on", "contact"), EVERY)
def test_every_combination_is_one_clean_sentence(
    status: str, confidence: str, due_on: date | None, next_news_on: date | None, contact: str
) -> None:
    said = sentence(status, confidence=confidence, due_on=due_on, next_news_on=next_news_on, contact=contact)
    assert said.endswith(".") and not said.endswith("..")
    for broken in ("  ", " ,", ",,", ", .", "None", " and.", "and ,", "and, and", ": ,", "()"):
        assert broken not in said
    assert ("late" in said) is bool(due_on and status not in CLOSED_STATUSES)
    assert said.count("questions go to Ann") == bool(contact)
