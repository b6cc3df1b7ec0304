"""When something may be said of an action: the table is complete, and nothing is said without what the public is owed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from governance.enums import (
    CLOSED_STATUSES,
    CONFIDENCE_NEEDS_REASON,
    OPEN_STATUSES,
    STATUS_MEANINGS,
    ActionStatus,
    Confidence,
)
from governance.policies import (
    REASON_NEEDED,
    STATUS_TRANSITIONS,
    can_follow,
    check_follows,
    check_update,
    is_reopening,
)


@dataclass
class News:
    """Good news, unless said otherwise."""

    status: str = ActionStatus.UNDER_WAY
    confidence: str = Confidence.ON_TRACK
    reason: str = ""
    recovery_step: str = ""
    new_due_on: Any = None
    date_reason: str = ""
    date_agreed_by: str = ""
    date: Any = date(2026, 11, 3)
    next_news_on: Any = None


def test_every_status_has_its_row_and_its_meaning_and_every_target_is_a_status() -> None:
    assert set(STATUS_TRANSITIONS) == set(ActionStatus) == set(STATUS_MEANINGS)
    assert {target for targets in STATUS_TRANSITIONS.values() for target in targets} <= set(ActionStatus)


def test_every_status_is_open_or_closed() -> None:
    assert set(ActionStatus) == OPEN_STATUSES | CLOSED_STATUSES
    assert not OPEN_STATUSES & CLOSED_STATUSES


@pytest.mark.parametrize("status", ActionStatus)
def test_news_may_always_say_that_nothing_changed(status: ActionStatus) -> None:
    assert can_follow(status, status)


@pytest.mark.parametrize("status", sorted(CLOSED_STATUSES))
def test_what_is_closed_is_only_ever_taken_up_again(status: ActionStatus) -> None:
    assert STATUS_TRANSITIONS[status] - {status} == {ActionStatus.UNDER_WAY}


def test_what_was_begun_is_never_proposed_again() -> None:
    before = {status for status in ActionStatus if can_follow(status, ActionStatus.PROPOSED)}
    assert before == {ActionStatus.PROPOSED}


def test_every_status_can_be_reached_from_a_proposal_and_can_end_in_completion() -> None:
    assert STATUS_TRANSITIONS[ActionStatus.PROPOSED] == set(ActionStatus)
    for status in OPEN_STATUSES:
        assert can_follow(status, ActionStatus.COMPLETED)


def test_reopening_is_what_leads_from_closed_to_open() -> None:
    pairs = {(before, after) for before in ActionStatus for after in ActionStatus if is_reopening(before, after)}
    assert pairs == {(before, after) for before in CLOSED_STATUSES for after in OPEN_STATUSES}


def test_news_that_cannot_follow_is_refused_in_words() -> None:
    problems = check_follows(ActionStatus.COMPLETED, ActionStatus.PAUSED, "Short of staff.")
    assert problems == {"status": "The action was “Completed”, so it cannot become “Paused”."}


def test_taking_up_again_needs_the_reason() -> None:
    assert set(check_follows(ActionStatus.CLOSED, ActionStatus.UNDER_WAY, " ")) == {"reason"}
    assert check_follows(ActionStatus.CLOSED, ActionStatus.UNDER_WAY, "There is money again.") == {}
    assert check_follows(ActionStatus.UNDER_WAY, ActionStatus.PAUSED, "") == {}


def test_good_news_needs_nothing_more() -> None:
    assert check_update(News()) == {}


@pytest.mark.parametrize("confidence", sorted(CONFIDENCE_NEEDS_REASON))
def test_doubt_needs_a_reason_and_a_step(confidence: Confidence) -> None:
    assert set(check_update(News(confidence=confidence))) == {"reason", "recovery_step"}
    assert set(check_update(News(confidence=confidence, reason="Two people left."))) == {"recovery_step"}
    assert check_update(News(confidence=confidence, reason="Two people left.", recovery_step="Two start in May.")) == {}


@pytest.mark.parametrize("confidence", sorted(CONFIDENCE_NEEDS_REASON))
def test_what_is_done_is_not_in_doubt(confidence: Confidence) -> None:
    assert check_update(News(status=ActionStatus.COMPLETED, confidence=confidence)) == {}


@pytest.mark.parametrize("status", sorted(REASON_NEEDED))
def test_pausing_closing_and_handing_on_need_a_reason(status: ActionStatus) -> None:
    assert set(check_update(News(status=status))) == {"reason"}
    assert check_update(News(status=status, reason="The service ends in March.")) == {}


def test_every_way_to_stop_without_finishing_needs_a_reason() -> None:
    assert (CLOSED_STATUSES - {ActionStatus.COMPLETED}) | {ActionStatus.PAUSED} == REASON_NEEDED


def test_a_new_date_needs_why_and_who() -> None:
    assert set(check_update(News(new_due_on=date(2027, 3, 1)))) == {"date_reason", "date_agreed_by"}
    agreed = News(new_due_on=date(2027, 3, 1), date_reason="More people came.", date_agreed_by="The Board")
    assert check_update(agreed) == {}


@pytest.mark.parametrize(("day", "refused"), [(date(2026, 11, 2), True), (date(2026, 11, 3), True), (date(2026, 11, 4), False)])
def test_the_next_news_comes_after_this(day: date, refused: bool) -> None:
    assert ("next_news_on" in check_update(News(next_news_on=day))) is refused
