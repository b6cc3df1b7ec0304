"""When a decision may be called in, and what is said of it: the table, the window and the words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from governance.enums import DayCounting, Nation
from governance.exceptions import Refused
from minutes.call_in import (
    CALL_IN_TRANSITIONS,
    FOLLOWS_FROM_A_RESOLUTION,
    announced_words,
    check_call_in,
    effect_words,
    is_in_effect,
    next_call_in_states,
    window,
)
from minutes.deadlines import Counting
from minutes.ending import check_ends
from minutes.enums import CallIn, ResolutionStanding
from minutes.legal_clock import RuleBook

BOOK = RuleBook(5, Counting(DayCounting.WORKING_DAYS, Nation.ENGLAND), is_executive=True, call_in_days=5)


class Decision(SimpleNamespace):
    """A resolution as far as the rules look at it."""

    def __str__(self) -> str:
        return "Decision"

    def get_call_in_display(self) -> str:
        """The words of its state."""
        return str(CallIn(self.call_in).label)

    def get_standing_display(self) -> str:
        """The words of its standing."""
        return str(ResolutionStanding(self.standing).label)


def decision(**given: Any) -> Decision:
    """An adopted decision that can be called in until 15 October."""
    begun = {"pk": 1, "adopted_at": datetime(2026, 10, 8, tzinfo=UTC), "standing": "adopted", "ended_by_id": None}
    days = {"call_in": "open", "call_in_until": date(2026, 10, 15), "in_effect_on": date(2026, 10, 16), "supersedes_id": None}
    return Decision(**{**begun, **days, **given})


def test_the_table_is_complete() -> None:
    assert set(CALL_IN_TRANSITIONS) == set(CallIn)
    reached = {CallIn.OPEN, CallIn.EXEMPT} | {after for states in CALL_IN_TRANSITIONS.values() for after in states}
    assert reached == set(CallIn)
    ends = {state for state, after in CALL_IN_TRANSITIONS.items() if not after}
    assert ends == {CallIn.EXEMPT, CallIn.STANDS, CallIn.CONFIRMED, CallIn.CHANGED, CallIn.RESCINDED}


def test_the_window_is_counted_in_working_days_of_the_board() -> None:
    begun = window(BOOK, published_on=date(2026, 10, 8), urgent=False)
    assert begun is not None
    assert (begun.state, begun.until, begun.in_effect_on) == (CallIn.OPEN, date(2026, 10, 15), date(2026, 10, 16))
    urgent = window(BOOK, published_on=date(2026, 10, 8), urgent=True)
    assert urgent is not None
    assert (urgent.state, urgent.until, urgent.in_effect_on) == (CallIn.EXEMPT, None, date(2026, 10, 8))
    assert window(RuleBook(5, BOOK.counting), published_on=date(2026, 10, 8), urgent=False) is None


@pytest.mark.parametrize("before", list(CallIn))
@pytest.mark.parametrize("after", list(CallIn))
def test_nothing_passes_but_by_the_table(before: CallIn, after: CallIn) -> None:
    row = decision(call_in=before, call_in_until=None)
    allowed = after in CALL_IN_TRANSITIONS[before] and after not in FOLLOWS_FROM_A_RESOLUTION
    assert (after in next_call_in_states(row, date(2026, 10, 9))) is allowed
    if allowed:
        check_call_in(row, after, on=date(2026, 10, 9), who="Full council", reason="Cost.")
    else:
        with pytest.raises(Refused):
            check_call_in(row, after, on=date(2026, 10, 9), who="Full council", reason="Cost.")


@pytest.mark.parametrize(
    ("given", "on", "who", "said"),
    [
        ({}, date(2026, 10, 16), "Two members", "until 15 October"),
        ({"call_in": ""}, date(2026, 10, 9), "Two members", "not executive"),
        ({"standing": "rescinded"}, date(2026, 10, 9), "Two members", "no longer holds"),
        ({}, date(2026, 10, 9), " ", "who took this step"),
    ],
)
def test_a_call_in_that_cannot_be_is_refused_in_words(given: dict[str, Any], on: date, who: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_call_in(decision(**given), CallIn.CALLED_IN, on=on, who=who, reason="Cost.")


def test_a_decision_says_from_when_it_counts() -> None:
    row = decision()
    assert (is_in_effect(row, date(2026, 10, 15)), is_in_effect(row, date(2026, 10, 16))) == (False, True)
    assert "called in until 15 October" in effect_words(row, date(2026, 10, 9))
    assert effect_words(row, date(2026, 10, 16)) == ""
    called = decision(call_in="called_in", in_effect_on=None)
    assert effect_words(called, date(2027, 1, 1)) == "This decision is not in effect: called in."
    assert (is_in_effect(called, date(2027, 1, 1)), is_in_effect(decision(adopted_at=None), date(2027, 1, 1))) == (False, False)
    assert (
        effect_words(decision(call_in=""), date(2026, 10, 8))
        == effect_words(decision(standing="rescinded"), date(2026, 10, 8))
        == ""
    )
    assert is_in_effect(decision(call_in=""), date(2026, 10, 8))


def test_the_decision_sheet_says_the_same_on_every_day() -> None:
    said = {
        "": "",
        "open": "Can be called in until 15 October 2026; not to be carried out before that.",
        "exempt": "Urgent: it cannot be called in. The roof is falling.",
        "called_in": "Not in effect: called in.",
        "stands": "It was called in: the decision stands.",
    }
    assert {state: announced_words(decision(call_in=state, urgent_because="The roof is falling.")) for state in said} == said


def test_a_resolution_is_ended_once_and_by_another() -> None:
    earlier, later = decision(), decision(pk=2)
    check_ends(earlier, later)
    check_ends(decision(standing="superseded", ended_by_id=2), later)
    check_ends(decision(standing="superseded"), decision(pk=2, supersedes_id=1))
    for row, by, said in (
        (earlier, decision(), "does not replace itself"),
        (decision(adopted_at=None), later, "not adopted"),
        (decision(standing="rescinded", ended_by_id=3), later, "already"),
        (decision(standing="superseded"), later, "already"),
    ):
        with pytest.raises(Refused, match=said):
            check_ends(row, by)
