"""Questions, petitions and deputations: received, accepted or declined with the reason, answered, replied to in writing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import QuestionKind
from governance.exceptions import Refused
from governance.models import LedgerEvent, QuestionRule
from governance.operations.comments import count_sender
from governance.operations.ledger import enter
from minutes.clock_facts import rule_book
from minutes.enums import QuestionState
from minutes.models import MeetingPage, PublicQuestion, QuestionContact
from minutes.question_rules import check_is_whole, check_question_become, reply_by
from minutes.question_time import deadlines_of, open_deadlines

LONGEST = 3000
"""Letters of a question sent from the site."""
USUAL_REPLY_DAYS = 10
"""Working days until a written reply where the board's rule book names none."""


@dataclass(frozen=True)
class Contact:
    """How to reach who asked."""

    name: str = ""
    email: str = ""
    telephone: str = ""


@transaction.atomic
def receive_question(
    *,
    meeting: MeetingPage,
    asked_by: str,
    text: str,
    received_on: date,
    by: Any,
    at: datetime | None = None,
    kind: str = QuestionKind.QUESTION,
    subject: str = "",
    signatures: int | None = None,
    contact: Contact | None = None,
) -> PublicQuestion:
    """Take in a question, petition or deputation for a meeting. It is not shown until it is accepted or declined.

    One that came after the board's deadline is taken in too, and marked: whether it is heard is for the board.

    Raises:
        Refused: something is missing that its kind needs.
        ValidationError: a field is wrong.
    """
    check_is_whole(kind=kind, text=text, subject=subject, signatures=signatures)
    at, board = at or timezone.now(), meeting.board
    question = PublicQuestion(
        meeting=meeting,
        kind=kind,
        asked_by=asked_by.strip(),
        text=text.strip(),
        subject=subject.strip(),
        signatures=signatures if kind == QuestionKind.PETITION else None,
        received_on=received_on,
        received_at=at,
        was_late=any(one.kind == kind and one.has_passed(at) for one in deadlines_of(meeting, board)),
    )
    question.full_clean()
    question.save()
    if contact is not None:
        _keep(contact, question, meeting.day + timedelta(days=board.contacts_kept_days))
    _enter(question, _("%(kind)s received"), by, at)
    return question


@transaction.atomic
def send_question(
    *,
    meeting: MeetingPage,
    kind: str,
    asked_by: str,
    text: str,
    contact: Contact,
    place: str,
    subject: str = "",
    signatures: int | None = None,
    at: datetime | None = None,
) -> PublicQuestion:
    """Take in what somebody sends from the site, without an account.

    Args:
        asked_by: as the person agrees to be named.
        place: a name for the place it came from (`governance.visitors.place_of`), to slow machines down.

    Raises:
        Refused: the board does not take it here or no more, it is too long, or too much came from that address today.
        ValidationError: a field is wrong.
    """
    at = at or timezone.now()
    if kind not in {one.kind for one in open_deadlines(meeting, meeting.board, at)}:
        raise Refused(_("That can no longer be sent from here for this meeting. What you can do now is on the meeting's page."))
    if len(text) > LONGEST:
        raise Refused(_("That is too long: %(most)s characters are the most.") % {"most": LONGEST})
    count_sender(place, at)
    return receive_question(
        meeting=meeting,
        kind=kind,
        asked_by=asked_by,
        text=text,
        subject=subject,
        signatures=signatures,
        contact=contact,
        received_on=timezone.localdate(at),
        by=None,
        at=at,
    )


@transaction.atomic
def accept_question(*, question: PublicQuestion, by: Any, item: Any = None, text: str = "", at: datetime | None = None) -> None:
    """Accept it for the meeting: it is shown from now on, in the order it was received.

    Args:
        item: the item under which it is taken, if any; of the same meeting.
        text: its words without what names somebody or tells of their health; as they were sent unless given.

    Raises:
        Refused: it is past that, or the item is another meeting's.
    """
    row = _locked(question)
    check_question_become(row, QuestionState.ACCEPTED)
    if item is not None and not item.path.startswith(row.meeting.path):
        raise Refused(_("Choose an item of the same meeting."))
    row.state, row.item, row.text = QuestionState.ACCEPTED, item, text.strip() or row.text
    _save(row, question, "state", "item", "text")
    _enter(row, _("%(kind)s accepted"), by, at)


@transaction.atomic
def decline_question(
    *, question: PublicQuestion, on: date, by: Any, reason: str, words: str = "", show: bool = False, at: datetime | None = None
) -> None:
    """Decline it, and say in public why.

    Args:
        reason: the board's reason, copied so that it stays when the rule book changes.
        words: what is added to it.
        show: whether its own words are shown beside the reason.

    Raises:
        Refused: there is no reason, it is past that, or the day is before it was received.
    """
    row = _locked(question)
    why = " ".join(part for part in (reason.strip(), words.strip()) if part)
    if not why:
        raise Refused(_("Give the answer, or why the question was not taken."))
    check_question_become(row, QuestionState.DECLINED)
    _check_day(row, on)
    row.state, row.declined_for, row.answer = QuestionState.DECLINED, reason.strip(), why
    row.answered_on, row.words_shown = on, show
    _save(row, question, "state", "declined_for", "answer", "answered_on", "words_shown")
    _enter(row, _("%(kind)s not accepted"), by, at)


@transaction.atomic
def answer_question(
    *,
    question: PublicQuestion,
    answer: str,
    on: date,
    by: Any,
    declined: bool = False,
    supplementary: str = "",
    supplementary_answer: str = "",
    written_reply: bool = False,
    at: datetime | None = None,
) -> None:
    """Publish a question beside its answer, or with the reason why it was not taken.

    Args:
        supplementary: what was asked after the answer, with `supplementary_answer`.
        written_reply: whether a reply in writing was promised: it is due by the board's rule.

    Raises:
        Refused: there are no words, it is answered already, or the day is before it was received.
    """
    if declined:
        decline_question(question=question, reason="", words=answer, on=on, by=by, show=True, at=at)
        return
    row = _locked(question)
    if not answer.strip() and not written_reply:
        raise Refused(_("Give the answer, or why the question was not taken."))
    if supplementary_answer.strip() and not supplementary.strip():
        raise Refused(_("Write the supplementary question that this answers."))
    check_question_become(row, QuestionState.ANSWERED)
    _check_day(row, on)
    row.state, row.answer, row.answered_on = QuestionState.ANSWERED, answer.strip(), on
    row.supplementary, row.supplementary_answer = supplementary.strip(), supplementary_answer.strip()
    row.reply_due_on = _reply_due(row, on) if written_reply else None
    _save(row, question, "state", "answer", "answered_on", "supplementary", "supplementary_answer", "reply_due_on")
    _enter(row, _("%(kind)s answered"), by, at)


@transaction.atomic
def give_reply(*, question: PublicQuestion, reply: str, on: date, by: Any, at: datetime | None = None) -> None:
    """Record the written reply that was promised. It is shown beside the question, and is final.

    Raises:
        Refused: none is owed, it says nothing, or the day is before the meeting promised it.
    """
    row = _locked(question)
    if not row.owes_reply:
        raise Refused(_("No written reply is owed to this question."))
    if not reply.strip():
        raise Refused(_("Write the reply."))
    if row.answered_on and on < row.answered_on:
        raise Refused(_("A written reply cannot be given before it was promised."))
    row.reply, row.replied_on = reply.strip(), on
    _save(row, question, "reply", "replied_on")
    _enter(row, _("Written reply given"), by, at)


@transaction.atomic
def withdraw_question(*, question: PublicQuestion, by: Any, at: datetime | None = None) -> None:
    """Record that who asked has taken it back. It is no longer shown.

    Raises:
        Refused: it is answered or declined already.
    """
    row = _locked(question)
    check_question_become(row, QuestionState.WITHDRAWN)
    row.state = QuestionState.WITHDRAWN
    _save(row, question, "state")
    _enter(row, _("%(kind)s withdrawn by who asked"), by, at)


def forget_contacts(today: date | None = None) -> int:
    """Erase the contact details whose day has come, unless a written reply is still owed. How many were erased."""
    kept = QuestionContact.objects.filter(keep_until__lt=today or timezone.localdate())
    return kept.exclude(question__reply_due_on__isnull=False, question__replied_on=None).delete()[0]


def _keep(contact: Contact, question: PublicQuestion, until: date) -> None:
    """Keep how to reach who asked, apart from what is shown."""
    details = QuestionContact(question=question, keep_until=until, **contact.__dict__)
    details.full_clean()
    details.save()


def _locked(question: PublicQuestion) -> PublicQuestion:
    """The row as it is now, so that two who decide at once do not both succeed."""
    return PublicQuestion.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=question.pk)


def _save(row: PublicQuestion, given: PublicQuestion, *names: str) -> None:
    row.save(update_fields=names)
    for name in names:
        setattr(given, name, getattr(row, name))


def _check_day(question: PublicQuestion, on: date) -> None:
    if on < question.received_on:
        raise Refused(_("A question cannot be answered before it was received."))


def _reply_due(question: PublicQuestion, on: date) -> date:
    board = question.meeting.board
    rule = QuestionRule.objects.filter(board=board.pk, kind=question.kind).first()
    return reply_by(rule_book(board), on, rule.reply_days if rule else USUAL_REPLY_DAYS)


def _enter(question: PublicQuestion, note: str, by: Any, at: datetime | None) -> None:
    note %= {"kind": question.get_kind_display()}
    enter(page=question.meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
