"""What a partner may say and when, and how long its link holds. Pure: takes records and the moment, asks nothing."""

import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import (
    CONFIDENCE_NEEDS_REASON,
    TO_DECIDE,
    AnswerKind,
    AnswerState,
    RequestKind,
    RequestOutcome,
)
from governance.wording import day

HOLDS_AFTER_DUE = datetime.timedelta(days=21)
HOLDS_WITHOUT_DATE = datetime.timedelta(days=90)
MOST_IN_AN_HOUR = 10
"""How many answers and additions one link takes in an hour: a person needs one or two."""
LONGEST_WORDS = 5_000
LONGEST_ANSWER = 20_000
"""With all that is added to it."""

OFFERED: dict[str, tuple[AnswerKind, ...]] = {
    RequestKind.NEWS: (
        AnswerKind.UPDATE,
        AnswerKind.NOTHING_NEW,
        AnswerKind.NOT_OURS,
        AnswerKind.COLLEAGUE,
        AnswerKind.STUCK,
    ),
    RequestKind.CASCADE: (
        AnswerKind.HEARD,
        AnswerKind.PASSED_ON,
        AnswerKind.UPDATE,
        AnswerKind.NOT_OURS,
        AnswerKind.COLLEAGUE,
        AnswerKind.STUCK,
    ),
}
SETTLES: dict[str, RequestOutcome] = {
    AnswerKind.UPDATE: RequestOutcome.REPORTED,
    AnswerKind.NOTHING_NEW: RequestOutcome.NOTHING_NEW,
    AnswerKind.NOT_OURS: RequestOutcome.NOT_OURS,
}
NEXT_STATES: dict[str, frozenset[AnswerState]] = {
    AnswerState.RECEIVED: frozenset({AnswerState.RETURNED, AnswerState.TO_AGREE, AnswerState.APPROVED}),
    AnswerState.RETURNED: frozenset({AnswerState.RECEIVED}),
    AnswerState.TO_AGREE: frozenset({AnswerState.AGREED, AnswerState.NOT_AGREED}),
    AnswerState.AGREED: frozenset({AnswerState.RETURNED, AnswerState.TO_AGREE, AnswerState.APPROVED}),
    AnswerState.NOT_AGREED: frozenset({AnswerState.RETURNED, AnswerState.TO_AGREE, AnswerState.APPROVED}),
    AnswerState.APPROVED: frozenset(),
}
WORDS = ("words", "who_was_involved", "could_not_change", "next_step", "reason", "recovery_step")
"""The texts of an answer that are shown to the public once it is approved."""
COLLEAGUE = ("colleague_name", "colleague_email")
SENT = (*WORDS, "confidence", *COLLEAGUE, "confidential")
"""All that a partner can fill in."""


def filled_in(kind: str) -> tuple[str, ...]:
    """What a partner fills in for one sort of answer; whatever else is sent is left aside."""
    asked = {AnswerKind.UPDATE: (*WORDS, "confidence"), AnswerKind.COLLEAGUE: COLLEAGUE, AnswerKind.STUCK: ("confidential",)}
    return asked.get(AnswerKind(kind), ("words",)) if kind in AnswerKind.values else ()


class Asks(Protocol):
    """What the sentences read of a request."""

    kind: str
    closed_as: str
    due_on: datetime.date | None
    acknowledged_on: datetime.date | None
    cascaded_on: datetime.date | None
    reported_on: datetime.date | None


def is_outstanding(request: Asks, today: datetime.date) -> bool:
    """Whether an answer is overdue: only after its date, and never where no date was agreed."""
    return request.reported_on is None and request.due_on is not None and request.due_on < today


def request_words(request: Asks, today: datetime.date) -> str:
    """How far the organisation has come, as a sentence: “Passed it on, 3 November 2026. Answer due by 20 November 2026.”"""
    if request.reported_on:
        outcome = RequestOutcome(request.closed_as or RequestOutcome.REPORTED)
        return _("%(outcome)s, %(day)s.") % {"outcome": outcome.label, "day": day(request.reported_on)}
    said = _("Asked for news.") if request.kind == RequestKind.NEWS else _("Asked to pass it on and report back.")
    if request.acknowledged_on:
        said = _("Has read it, %(day)s.") % {"day": day(request.acknowledged_on)}
    if request.cascaded_on:
        said = _("Passed it on, %(day)s.") % {"day": day(request.cascaded_on)}
    if request.due_on is None:
        return said
    if not is_outstanding(request, today):
        return f"{said} {_('Answer due by %(day)s.') % {'day': day(request.due_on)}}"
    late = (today - request.due_on).days
    lateness = ngettext(
        "The answer was due by %(day)s and is late by %(days)s day.",
        "The answer was due by %(day)s and is late by %(days)s days.",
        late,
    )
    return f"{said} {lateness % {'day': day(request.due_on), 'days': late}}"


def holds_until(asked_at: datetime.datetime, due_on: datetime.date | None) -> datetime.datetime:
    """When a link ends: some weeks after the answer is due, so that a late answer still arrives."""
    if due_on is None:
        return asked_at + HOLDS_WITHOUT_DATE
    return max(asked_at, datetime.datetime.combine(due_on, datetime.time(23, 59), asked_at.tzinfo)) + HOLDS_AFTER_DUE


def is_open(link: Any, at: datetime.datetime) -> bool:
    """Whether a link still leads to its request: not ended, not called back, and the action is public."""
    return link.revoked_at is None and at < link.expires_at and bool(link.partner_request.action.live)


def is_hasty(link: Any, at: datetime.datetime) -> bool:
    """Whether a link was used so often within the hour that it must wait."""
    began = link.hour_began_at
    return began is not None and at - began < datetime.timedelta(hours=1) and link.uses_in_hour >= MOST_IN_AN_HOUR


def may_answer(request: Asks, states: dict[str, str]) -> bool:
    """Whether the link offers to answer: the request is open, and nothing it sent is under way that would be said twice.

    Args:
        states: the state of the latest answer of this link, by kind.
    """
    settling = {kind: state for kind, state in states.items() if kind != AnswerKind.STUCK}
    return request.reported_on is None and all(state == AnswerState.APPROVED for state in settling.values())


def can_move(state: str, to: AnswerState) -> bool:
    """Whether an answer may pass from one state to another."""
    return to in NEXT_STATES[state]


def can_add(state: str) -> bool:
    """Whether the partner may add to what it sent: until somebody has decided."""
    return state in TO_DECIDE


def check_answer(answer: Any, offered: tuple[AnswerKind, ...]) -> dict[str, str]:
    """What is missing from an answer, by field, in words for the person who writes it.

    Args:
        answer: the answer, not saved yet.
        offered: what its request can be answered with.

    Returns:
        An empty dict when nothing is missing.
    """
    if answer.kind not in offered:
        return {"kind": _("Choose one of the answers.")}
    problems = _missing(answer)
    for name in (*WORDS, "confidential"):
        if len(getattr(answer, name)) > LONGEST_ANSWER:
            problems[name] = _("This is too long. Send the most important part, and the rest to democratic services.")
    return problems


def _missing(answer: Any) -> dict[str, str]:
    if answer.kind == AnswerKind.STUCK:
        return {} if answer.confidential.strip() else {"confidential": _("Say what holds you up.")}
    if answer.kind == AnswerKind.COLLEAGUE:
        named = {
            "colleague_name": _("Give your colleague's name."),
            "colleague_email": _("Give your colleague's e-mail address."),
        }
        return {name: named[name] for name in COLLEAGUE if not getattr(answer, name).strip()}
    problems = {}
    if answer.kind == AnswerKind.UPDATE and not answer.words.strip():
        problems["words"] = _("Say what changed, in a sentence or two.")
    if answer.kind == AnswerKind.UPDATE and answer.confidence in CONFIDENCE_NEEDS_REASON:
        if not answer.reason.strip():
            problems["reason"] = _("Say why it is not on track.")
        if not answer.recovery_step.strip():
            problems["recovery_step"] = _("Say what is being done about it.")
    return problems


def changed_words(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """The texts that differ: name, old and new words."""
    return [(name, before[name], after[name]) for name in WORDS if name in after and before[name] != after[name]]
