"""Questions from the public: received, then answered or declined with the reason."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.enums import QuestionState
from minutes.models import MeetingPage, PublicQuestion


@transaction.atomic
def receive_question(
    *, meeting: MeetingPage, asked_by: str, text: str, received_on: date, by: Any, at: datetime | None = None
) -> PublicQuestion:
    """Take in a question for a meeting. It is not shown until it is answered or declined.

    Raises:
        ValidationError: a field is missing or wrong.
    """
    question = PublicQuestion(meeting=meeting, asked_by=asked_by, text=text, received_on=received_on)
    question.full_clean()
    question.save()
    enter(page=meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=_("Question received"))
    return question


@transaction.atomic
def answer_question(
    *, question: PublicQuestion, answer: str, on: date, by: Any, declined: bool = False, at: datetime | None = None
) -> None:
    """Publish a question beside its answer, or with the reason why it was not taken.

    Raises:
        Refused: there are no words, it is answered already, or the day is before it was received.
    """
    if not answer.strip():
        raise Refused(_("Give the answer, or why the question was not taken."))
    if question.state != QuestionState.RECEIVED:
        raise Refused(_("This question is answered already."))
    if on < question.received_on:
        raise Refused(_("A question cannot be answered before it was received."))
    question.state = QuestionState.DECLINED if declined else QuestionState.ANSWERED
    question.answer, question.answered_on = answer.strip(), on
    question.save(update_fields=["state", "answer", "answered_on"])
    note = _("Question not accepted") if declined else _("Question answered")
    enter(page=question.meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
