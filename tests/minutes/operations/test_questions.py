"""Questions, petitions and deputations through their operations: who asked stays private, what was shown stays as it was."""

from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError, transaction

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, QuestionRule, User
from minutes.models import MeetingPage, PublicQuestion, QuestionContact
from minutes.operations.questions import (
    Contact,
    accept_question,
    answer_question,
    decline_question,
    forget_contacts,
    give_reply,
    receive_question,
    send_question,
    withdraw_question,
)
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
ADA = Contact(name="Ada Lovell", email="ada@example.org")
HELD = date(2026, 10, 8)


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting to come, of a board that takes questions and petitions from its site."""
    for kind in ("question", "petition"):
        QuestionRule.objects.create(board=board, kind=kind, days_before=3, on_site=True, reply_days=5)
    return building.make_meeting(board, clerk)


def ask(meeting: MeetingPage, **fields: Any) -> PublicQuestion:
    """A question sent from the site two days before the last."""
    sent = {"kind": "question", "asked_by": "A member of the public", "text": "When?", "contact": ADA, "place": "a library"}
    return send_question(meeting=meeting, **{**sent, "at": london(2026, 10, 1, 9), **fields})


def test_what_is_sent_is_shown_to_nobody_and_who_sent_it_never(meeting: MeetingPage, clerk: User) -> None:
    question = ask(meeting)
    assert not PublicQuestion.objects.public().exists()
    accept_question(question=question, by=clerk, text="When will it open?")
    shown = PublicQuestion.objects.public().get()
    assert (shown.public_words, shown.asked_by) == ("When will it open?", "A member of the public")
    contact = QuestionContact.objects.get()
    assert contact.keep_until == meeting.day + timedelta(days=180)
    assert "Ada" not in str(contact)
    assert set(LedgerEntry.objects.filter(page=meeting, event="status").values_list("note", flat=True)) >= {
        "Question received",
        "Question accepted",
    }


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"at": london(2026, 10, 5, 12, 1)}, "no longer be sent"),
        ({"kind": "deputation", "subject": "Benches"}, "no longer be sent"),
        ({"text": "x" * 3001}, "too long"),
        ({"text": " "}, "Write the question"),
        ({"kind": "petition", "subject": "Benches"}, "how many people signed"),
    ],
)
def test_what_the_board_does_not_take_here_is_refused(meeting: MeetingPage, sent: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        ask(meeting, **sent)
    assert not PublicQuestion.objects.exists()


def test_one_place_cannot_send_without_end(meeting: MeetingPage) -> None:
    for _ in range(10):
        ask(meeting)
    with pytest.raises(Refused, match="Too many"):
        ask(meeting)
    ask(meeting, place="elsewhere")


def test_a_clerk_takes_in_a_late_one_and_it_says_so(meeting: MeetingPage, clerk: User) -> None:
    late = receive_question(
        meeting=meeting, asked_by="A carer", text="Why?", received_on=date(2026, 10, 6), by=clerk, at=london(2026, 10, 6, 9)
    )
    assert late.was_late
    assert not ask(meeting).was_late


def test_a_question_is_declined_for_a_reason_and_its_words_are_kept_back(meeting: MeetingPage, clerk: User) -> None:
    question = ask(meeting, text="Is Mr Smith a crook?", subject="Mr Smith")
    with pytest.raises(Refused, match="why the question was not taken"):
        decline_question(question=question, reason=" ", on=HELD, by=clerk)
    decline_question(question=question, reason="It names somebody.", words="Write to us.", on=HELD, by=clerk)
    shown = PublicQuestion.objects.public().get()
    assert (shown.public_words, shown.public_subject, shown.answer) == ("", "", "It names somebody. Write to us.")
    with pytest.raises(Refused, match="cannot become"):
        accept_question(question=question, by=clerk)


def test_an_answer_brings_its_supplementary_and_the_reply_that_was_promised(meeting: MeetingPage, clerk: User) -> None:
    question = ask(meeting)
    with pytest.raises(Refused, match="supplementary question that this answers"):
        answer_question(question=question, answer="Soon.", supplementary_answer="In May.", on=HELD, by=clerk)
    answer_question(question=question, answer="", supplementary="How soon?", written_reply=True, on=HELD, by=clerk)
    assert question.reply_due_on == date(2026, 10, 15)
    with pytest.raises(Refused, match="before it was promised"):
        give_reply(question=question, reply="In May.", on=date(2026, 10, 7), by=clerk)
    with pytest.raises(Refused, match="Write the reply"):
        give_reply(question=question, reply=" ", on=HELD, by=clerk)
    give_reply(question=question, reply="In May.", on=date(2026, 10, 14), by=clerk)
    assert not question.owes_reply
    with pytest.raises(Refused, match="No written reply is owed"):
        give_reply(question=question, reply="In June.", on=date(2026, 10, 15), by=clerk)


def test_one_that_was_taken_back_is_not_shown(meeting: MeetingPage, clerk: User) -> None:
    question = ask(meeting)
    accept_question(question=question, by=clerk)
    withdraw_question(question=question, by=clerk)
    assert not PublicQuestion.objects.public().exists()
    with pytest.raises(Refused, match="cannot become"):
        answer_question(question=question, answer="Soon.", on=HELD, by=clerk)


def test_an_item_of_another_meeting_is_refused(meeting: MeetingPage, board: BoardPage, clerk: User) -> None:
    other = building.make_item(building.make_meeting(board, clerk, london(2026, 12, 3, 14)), clerk, publish=False)
    with pytest.raises(Refused, match="same meeting"):
        accept_question(question=ask(meeting), item=other, by=clerk)


def test_contacts_are_erased_when_their_day_has_come_and_no_reply_is_owed(meeting: MeetingPage, clerk: User) -> None:
    owed, other = ask(meeting), ask(meeting)
    answer_question(question=owed, answer="", written_reply=True, on=HELD, by=clerk)
    last = HELD + timedelta(days=180)
    assert forget_contacts(last) == 0
    assert forget_contacts(last + timedelta(days=1)) == 1
    assert not QuestionContact.objects.filter(question=other).exists()
    give_reply(question=owed, reply="In May.", on=HELD, by=clerk)
    assert forget_contacts(last + timedelta(days=1)) == 1
    assert PublicQuestion.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [{"text": "Other words."}, {"asked_by": "Somebody"}, {"answer": "Never."}, {"state": "received"}, {"reply": "No."}],
)
def test_the_database_keeps_what_was_shown(meeting: MeetingPage, clerk: User, change: dict[str, str]) -> None:
    question = ask(meeting)
    answer_question(question=question, answer="Soon.", written_reply=True, on=HELD, by=clerk)
    give_reply(question=question, reply="In May.", on=HELD, by=clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicQuestion.objects.filter(pk=question.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicQuestion.objects.filter(pk=question.pk)._raw_delete("default")
