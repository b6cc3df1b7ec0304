"""Words of a question that were shown, put right: the question keeps its own, and what must not be read is read no more."""

from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User
from governance.operations.roles import give_role
from minutes.models import MeetingPage, PublicQuestion, QuestionCorrection
from minutes.operations.question_corrections import correct_question
from minutes.operations.questions import accept_question, answer_question, decline_question, receive_question
from minutes.packs.gather_questions import printed_questions
from tests import building

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A live meeting."""
    return building.make_meeting(board, clerk)


@pytest.fixture
def question(meeting: MeetingPage, clerk: User) -> PublicQuestion:
    """A question that was answered."""
    made = receive_question(meeting=meeting, asked_by="A carer", text="Will Mrs Moth's ward close?", received_on=DAY, by=clerk)
    accept_question(question=made, by=clerk)
    answer_question(question=made, answer="It closes in March 2028.", on=DAY, by=clerk)
    return made


def put_right(question: PublicQuestion, clerk: User, **changes: Any) -> QuestionCorrection:
    """Correct the answer."""
    asked = {"part": "answer", "old_words": "March 2028", "new_words": "March 2027", "reason": "The year was misheard."}
    return correct_question(**{"question": question, "by": clerk, **asked, **changes})


def read(meeting: MeetingPage) -> str:
    """The page of the meeting."""
    return Client().get(meeting.get_url()).content.decode()


def test_the_new_words_are_read_with_the_old_ones_the_day_and_the_reason(
    meeting: MeetingPage, question: PublicQuestion, clerk: User
) -> None:
    put_right(question, clerk)
    page = read(meeting)
    assert "It closes in March 2027." in page
    assert "“March 2028” reads “March 2027”. The year was misheard." in page
    assert dict(printed_questions(meeting)[0].answers)["Answer:"] == "It closes in March 2027."
    question.refresh_from_db()
    assert question.answer == "It closes in March 2028."
    assert LedgerEntry.objects.filter(page=meeting.pk, event="corrected", note="Question corrected: The answer").exists()


def test_what_names_somebody_is_read_nowhere_any_more(meeting: MeetingPage, question: PublicQuestion, clerk: User) -> None:
    taken = {"part": "text", "old_words": "Mrs Moth's ward", "new_words": "a ward", "reason": "It named a patient."}
    put_right(question, clerk, **taken, hides=True)
    said = read(meeting) + Client().get("/points/").content.decode() + str(printed_questions(meeting))
    assert "Moth" not in said
    assert "Will a ward close?" in said and "the words before are not shown. It named a patient." in said
    assert "Moth" not in "".join(LedgerEntry.objects.values_list("note", flat=True))


def test_a_correction_can_be_corrected_and_none_changes(question: PublicQuestion, clerk: User) -> None:
    made = put_right(question, clerk)
    put_right(question, clerk, old_words="March 2027", new_words="April 2027")
    assert PublicQuestion.objects.public().get().public_answer == "It closes in April 2027."
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionCorrection.objects.filter(pk=made.pk).update(new_words="never")


def test_words_that_are_not_shown_have_no_correction_that_shows_them(meeting: MeetingPage, clerk: User) -> None:
    made = receive_question(meeting=meeting, asked_by="X", text="Why is Mr Moth rude?", received_on=DAY, by=clerk)
    decline_question(question=made, on=DAY, reason="It names somebody.", by=clerk)
    put_right(made, clerk, part="text", old_words="Mr Moth", new_words="he")
    assert "Moth" not in read(meeting)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"old_words": "May"}, "must stand just once"),
        ({"old_words": "i"}, "must stand just once"),
        ({"new_words": ""}, "how they are to be read"),
        ({"new_words": "March  2028"}, "would stay as it is"),
        ({"reason": " "}, "needs the reason"),
    ],
)
def test_what_corrects_nothing_is_refused(question: PublicQuestion, clerk: User, changes: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        put_right(question, clerk, **changes)
    assert not QuestionCorrection.objects.exists()


def test_what_nobody_has_seen_is_changed_itself(meeting: MeetingPage, clerk: User) -> None:
    made = receive_question(meeting=meeting, asked_by="X", text="When?", received_on=DAY, by=clerk)
    with pytest.raises(Refused, match="Nobody outside"):
        put_right(made, clerk, part="text", old_words="When", new_words="Where")


def test_the_form_keeps_what_was_typed_and_is_for_those_who_publish(
    question: PublicQuestion, clerk: User, board: BoardPage, client: Client
) -> None:
    where = reverse("correct_question", args=[question.pk])
    typed = {"part": "answer", "old_words": "March", "new_words": "April", "reason": "Misheard."}
    for role in (Role.AUDITOR, Role.AUTHOR, Role.EDITOR):
        user = building.make_user(role.value, is_superuser=False, is_staff=False)
        give_role(user=user, role=role, **building.holder_of(role, board))
        client.force_login(User.objects.get(pk=user.pk))
        assert client.post(where, typed).status_code == 302
        assert QuestionCorrection.objects.exists() == (role is Role.EDITOR)
    client.force_login(clerk)
    refused = client.post(where, {**typed, "old_words": "May"})
    assert (refused.status_code, "Misheard." in refused.content.decode()) == (409, True)
