"""What a partner may say and when, and how long its link holds."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from governance.enums import AnswerKind, AnswerState, RequestKind
from governance.partner_rules import (
    LONGEST_ANSWER,
    MOST_IN_AN_HOUR,
    NEXT_STATES,
    OFFERED,
    can_add,
    can_move,
    changed_words,
    check_answer,
    holds_until,
    is_hasty,
    is_open,
    may_answer,
    request_words,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def asked(**fields: Any) -> Any:
    """A request."""
    usual = {"kind": "cascade", "closed_as": "", "due_on": None, "acknowledged_on": None, "cascaded_on": None}
    return SimpleNamespace(**{**usual, "reported_on": None, **fields})


def answer(kind: str = "update", **fields: Any) -> Any:
    """An answer as it was filled in."""
    texts = ("words", "who_was_involved", "could_not_change", "next_step", "reason", "recovery_step", "confidential")
    usual = dict.fromkeys((*texts, "colleague_name", "colleague_email"), "")
    return SimpleNamespace(**{**usual, "kind": kind, "confidence": "on_track", **fields})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Asked to pass it on and report back."),
        ({"kind": "news", "due_on": date(2026, 12, 4)}, "Asked for news. Answer due by 4 December 2026."),
        ({"due_on": TODAY}, "Asked to pass it on and report back. Answer due by 22 November 2026."),
        (
            {"due_on": date(2026, 11, 21)},
            "Asked to pass it on and report back. The answer was due by 21 November 2026 and is late by 1 day.",
        ),
        ({"acknowledged_on": date(2026, 11, 3)}, "Has read it, 3 November 2026."),
        (
            {"acknowledged_on": date(2026, 11, 3), "cascaded_on": date(2026, 11, 5), "due_on": date(2026, 11, 20)},
            "Passed it on, 5 November 2026. The answer was due by 20 November 2026 and is late by 2 days.",
        ),
        ({"reported_on": date(2026, 11, 9)}, "Reported back, 9 November 2026."),
        ({"reported_on": date(2026, 11, 9), "closed_as": "nothing_new"}, "Nothing new to report, 9 November 2026."),
    ],
)
def test_how_far_an_organisation_has_come_is_said_in_words(fields: dict[str, Any], words: str) -> None:
    assert request_words(asked(**fields), TODAY) == words


def test_a_link_holds_three_weeks_after_the_answer_is_due() -> None:
    assert holds_until(NOW, date(2026, 12, 1)).date() == date(2026, 12, 22)
    assert holds_until(NOW, date(2026, 11, 1)).date() == date(2026, 12, 13)
    assert holds_until(NOW, None) == NOW + timedelta(days=90)


def test_a_link_opens_until_it_ends_is_called_back_or_its_action_is_withdrawn() -> None:
    action = SimpleNamespace(live=True)
    link = SimpleNamespace(revoked_at=None, expires_at=NOW + timedelta(days=1), partner_request=SimpleNamespace(action=action))
    assert is_open(link, NOW)
    assert not is_open(link, NOW + timedelta(days=1))
    action.live = False
    assert not is_open(link, NOW)
    action.live, link.revoked_at = True, NOW
    assert not is_open(link, NOW)


def test_a_link_rests_after_many_uses_within_the_hour() -> None:
    link = SimpleNamespace(hour_began_at=NOW, uses_in_hour=MOST_IN_AN_HOUR)
    assert is_hasty(link, NOW + timedelta(minutes=59))
    assert not is_hasty(link, NOW + timedelta(hours=1))
    assert not is_hasty(SimpleNamespace(hour_began_at=NOW, uses_in_hour=MOST_IN_AN_HOUR - 1), NOW)
    assert not is_hasty(SimpleNamespace(hour_began_at=None, uses_in_hour=0), NOW)


def test_one_answer_at_a_time_and_none_to_what_is_answered() -> None:
    assert may_answer(asked(), {})
    assert not may_answer(asked(reported_on=TODAY), {})
    assert not may_answer(asked(), {"update": "received"})
    assert may_answer(asked(), {"heard": "approved", "passed_on": "approved"})
    assert may_answer(asked(), {"stuck": "received"})


def test_every_state_says_what_follows_it() -> None:
    assert set(NEXT_STATES) == set(AnswerState)
    reached = set().union(*NEXT_STATES.values()) | {AnswerState.RECEIVED}
    assert reached == set(AnswerState)
    assert can_move("received", AnswerState.APPROVED)
    assert not can_move("approved", AnswerState.RETURNED)
    assert [state for state in AnswerState if can_add(state)] == ["received", "agreed", "not_agreed"]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (answer(words="We met."), set()),
        (answer(words="  "), {"words"}),
        (answer(words="Late.", confidence="at_risk"), {"reason", "recovery_step"}),
        (answer(words="x" * (LONGEST_ANSWER + 1)), {"words"}),
        (answer("nothing_new"), set()),
        (answer("stuck"), {"confidential"}),
        (answer("stuck", confidential="The funding ends."), set()),
        (answer("colleague"), {"colleague_name", "colleague_email"}),
        (answer("heard"), {"kind"}),
        (answer("mayor"), {"kind"}),
    ],
)
def test_what_is_missing_from_an_answer_is_said_by_field(given: Any, fields: set[str]) -> None:
    assert set(check_answer(given, OFFERED[RequestKind.NEWS])) == fields


def test_every_sort_of_answer_is_offered_for_some_request() -> None:
    assert set().union(*OFFERED.values()) == set(AnswerKind)


def test_words_that_are_the_same_are_no_change() -> None:
    before = dict.fromkeys(("words", "who_was_involved", "could_not_change", "next_step", "reason", "recovery_step"), "a")
    assert changed_words(before, {"words": "a", "next_step": "b", "title": "c"}) == [("next_step", "a", "b")]
