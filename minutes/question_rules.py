"""When a question, petition or deputation can be put, and what may be done with it. Pure: plain values in, answers out."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from governance.enums import QuestionKind
from governance.exceptions import Refused
from minutes.deadlines import counted_back, counted_on
from minutes.enums import QUESTION_SHOWN, QuestionState
from minutes.legal_clock import RuleBook
from minutes.planning import moment_of
from minutes.policies import QUESTION_TRANSITIONS


@dataclass(frozen=True)
class Deadline:
    """Until when the public can put one kind of thing to a meeting.

    Attributes:
        kind: one of `QuestionKind`.
        until: the last moment.
        days_before: the working days that lie between, by the board's rule.
        how: how else it can be sent, in the board's words.
        on_site: whether it can be sent from the site.
    """

    kind: str
    until: datetime
    days_before: int
    how: str = ""
    on_site: bool = False

    def has_passed(self, now: datetime) -> bool:
        """Whether it is too late."""
        return now > self.until


def put_by(book: RuleBook, meeting: date, days_before: int, until: time) -> datetime:
    """The last moment for a question to a meeting of that day: so many working days before it, at the board's hour.

    In the hour that comes twice the first is meant; where the clocks leave the hour out, the end of that gap.
    """
    day = counted_back(meeting, days_before, book.working_days)
    try:
        return moment_of(day, until)
    except ValueError:
        return moment_of(day, time(until.hour + 1))


def reply_by(book: RuleBook, asked_on: date, days: int) -> date:
    """The day by which a written reply is due: so many working days after the meeting that promised it."""
    return counted_on(asked_on, days, book.working_days)


def can_question_become(before: str, after: str) -> bool:
    """Whether a question may pass from one state to another."""
    return QuestionState(after) in QUESTION_TRANSITIONS[before]


def check_question_become(question: Any, after: str) -> None:
    """Refuse a step that the table does not have.

    Raises:
        Refused: saying where the question stands.
    """
    if question.state == QuestionState.ANSWERED and after == QuestionState.ANSWERED:
        raise Refused(_("This question is answered already."))
    if not can_question_become(question.state, after):
        raise Refused(
            _("This is “%(before)s”, so it cannot become “%(after)s”.")
            % {"before": question.get_state_display(), "after": QuestionState(after).label}
        )


def check_is_whole(*, kind: str, text: str, subject: str, signatures: int | None) -> None:
    """Refuse what does not say enough: a question its words; a petition its subject and signatures; a deputation its subject.

    Raises:
        Refused: saying what is missing.
    """
    if kind == QuestionKind.QUESTION and not text.strip():
        raise Refused(_("Write the question."))
    if kind != QuestionKind.QUESTION and not subject.strip():
        raise Refused(_("Say in one line what it is about."))
    if kind == QuestionKind.PETITION and not signatures:
        raise Refused(_("Say how many people signed."))


def steps_with(question: Any) -> list[tuple[str, Any]]:
    """The steps that can be taken with a question now: the name of each address and what its button says."""
    steps = [
        ("accept_question", QuestionState.ACCEPTED, _("Accept")),
        ("answer_question", QuestionState.ANSWERED, _("Record the answer")),
        ("decline_question", QuestionState.DECLINED, _("Do not accept")),
        ("withdraw_question", QuestionState.WITHDRAWN, _("Taken back by who asked")),
    ]
    found = [(address, words) for address, after, words in steps if can_question_become(question.state, after)]
    found += [("correct_question", _("Correct its words"))] if question.state in QUESTION_SHOWN else []
    return [*found, ("reply_to_question", _("Record the written reply"))] if question.owes_reply else found
