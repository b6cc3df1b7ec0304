"""The form on which anybody puts something to a meeting, the meeting's page, and the steps with it in the admin."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.models import BoardPage, DecliningReason, QuestionRule, User
from governance.operations.roles import give_role
from minutes.models import MeetingPage, PublicQuestion
from minutes.operations.questions import Contact, receive_question
from tests import building

pytestmark = pytest.mark.django_db
GOOD = {"kind": "question", "text": "When will visits be longer?", "name": "Ada Lovell", "email": "ada@example.org"}
STEPS = ("accept_question", "decline_question", "answer_question", "reply_to_question", "withdraw_question")


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting in six weeks, of a board that takes questions and petitions from its site."""
    for kind in ("question", "petition"):
        QuestionRule.objects.create(board=board, kind=kind, days_before=3, on_site=True, how="Or by post.")
    return building.make_meeting(board, clerk, timezone.now() + timedelta(weeks=6))


def where(meeting: MeetingPage) -> str:
    """The form of a meeting."""
    return reverse("ask", args=[str(meeting.reference).lower().replace("/", "-")])


def test_the_page_says_by_when_and_leads_to_the_form(meeting: MeetingPage, client: Client) -> None:
    page = client.get(meeting.get_url()).content.decode()
    assert "Questions by 12 noon on" in page and "Petitions by 12 noon on" in page
    assert where(meeting) in page
    form = client.get(where(meeting)).content.decode()
    assert "<script" not in form
    assert "erased 180 days after the meeting" in form


def test_what_is_sent_waits_to_be_read(meeting: MeetingPage) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get(where(meeting)).cookies["csrftoken"].value
    sent = client.post(where(meeting), {**GOOD, "csrfmiddlewaretoken": token})
    assert (sent.status_code, sent.headers["Location"]) == (302, where(meeting) + "thanks/")
    assert "Thank you" in client.get(where(meeting) + "thanks/").content.decode()
    question = PublicQuestion.objects.get()
    assert (question.asked_by, question.contact.name) == ("A member of the public", "Ada Lovell")
    assert "longer" not in client.get(meeting.get_url()).content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": " "}, "Write the question."),
        ({"kind": "deputation"}, "Choose one of the lines."),
        ({"kind": ""}, "Choose what it is."),
        ({"kind": "petition", "subject": "Benches"}, "Say how many people signed."),
        ({"kind": "petition", "subject": "Benches", "signatures": "many"}, "in digits"),
        ({"kind": "petition", "subject": "Benches", "signatures": "0"}, "at least one signature"),
        ({"name": ""}, "Write your name."),
        ({"email": ""}, "Give an e-mail address or a telephone number"),
        ({"email": "ada"}, "such as name@example.org"),
        ({"text": "x" * 3001}, "and this has 3001"),
        ({"text": "When\x00?"}, "cannot be shown"),
        ({"leave_empty": "spam"}, "Leave it empty"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_lost(
    meeting: MeetingPage, client: Client, sent: dict[str, str], says: str
) -> None:
    response = client.post(where(meeting), {**GOOD, **sent})
    shown = response.content.decode()
    assert response.status_code == 400
    assert says in shown
    assert {**GOOD, **sent}["text"].replace("\x00", "").strip() in shown
    assert not PublicQuestion.objects.exists()


def test_after_the_deadline_the_words_are_given_back(meeting: MeetingPage, client: Client) -> None:
    MeetingPage.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(hours=20))
    response = client.post(where(meeting), GOOD)
    assert response.status_code == 409
    assert "When will visits be longer?" in response.content.decode()
    page = client.get(meeting.get_url()).content.decode()
    assert "that time has passed" in page and where(meeting) not in page
    assert client.get("/ask/hwb-1999-01-01/").status_code == 404


def test_a_question_is_played_through_its_steps(meeting: MeetingPage, board: BoardPage, clerk: User, client: Client) -> None:
    DecliningReason.objects.create(board=board, words="It was asked before.")
    item = building.make_item(meeting, clerk)
    question, other = (
        receive_question(
            meeting=meeting,
            asked_by="A carer",
            text=text,
            received_on=timezone.localdate(),
            by=clerk,
            contact=Contact(telephone="01999 000"),
        )
        for text in ("Why so late?", "Why again?")
    )
    admin = Client()
    admin.force_login(clerk)
    page = admin.get(reverse("question", args=[question.pk])).content.decode()
    assert "01999 000" in page and reverse("accept_question", args=[question.pk]) in page
    today = str(timezone.localdate())
    for address, row, sent in (
        ("accept_question", question, {"text": "Why so late?", "item": item.pk}),
        ("answer_question", question, {"on": today, "answer": "Snow.", "written_reply": "on", "supplementary": "Again?"}),
        ("reply_to_question", question, {"on": today, "reply": "It will not happen again."}),
        ("decline_question", other, {"on": today, "reason": "It was asked before."}),
    ):
        response = admin.post(reverse(address, args=[row.pk]), sent)
        assert response.status_code == 302, (address, response.content.decode())
    shown = client.get(meeting.get_url()).content.decode()
    for words in ("Why so late?", "Snow.", "Again?", "It will not happen again.", "It was asked before.", "not shown"):
        assert words in shown
    assert "Why again?" not in shown and "01999 000" not in shown
    again = admin.post(reverse("answer_question", args=[question.pk]), {"on": today, "answer": "Ice."})
    assert again.status_code == 409
    assert "answered already" in again.content.decode() and "Ice." in again.content.decode()
    register = admin.get("/admin/minutes/publicquestion/?export=csv")
    exported = b"".join(register).decode()
    assert "Why so late?" in exported and "01999" not in exported


@pytest.mark.parametrize("role", list(Role))
def test_who_takes_the_steps_and_who_sees_how_to_reach_who_asked(
    meeting: MeetingPage, board: BoardPage, clerk: User, role: Role
) -> None:
    question = receive_question(meeting=meeting, asked_by="A carer", text="Why?", received_on=timezone.localdate(), by=clerk)
    user = building.make_user("somebody", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    client = Client()
    client.force_login(user)
    steps = role in {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
    for address in STEPS:
        response = client.get(reverse(address, args=[question.pk]))
        assert (response.status_code == 200) is steps, address
    seen = client.get(reverse("question", args=[question.pk])).status_code == 200
    assert seen is (steps or role == Role.AUDITOR)


def test_the_number_of_queries_does_not_grow(meeting: MeetingPage, clerk: User, client: Client) -> None:
    counts = set()
    for number in (1, 6):
        for each in range(number):
            receive_question(meeting=meeting, asked_by="A", text=f"Why {each}?", received_on=timezone.localdate(), by=clerk)
        PublicQuestion.objects.update(state="accepted")
        client.get(meeting.get_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(meeting.get_url())
        counts.add(len(queries))
    assert len(counts) == 1
