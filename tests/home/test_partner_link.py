"""The page that a partner's link opens: for whoever has it, on a phone, without a password."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import AnswerState
from governance.models import BoardPage, Milestone, PartnerAnswer, PartnerLink, ProgressUpdatePage, User
from governance.operations.moderation import approve_answer, return_answer, suggest_words
from governance.operations.partner_links import revoke_link
from governance.operations.publishing import withdraw_record
from governance.partner_rules import LONGEST_WORDS, MOST_IN_AN_HOUR
from tests.governance.partner_stage import Asked, ask

pytestmark = pytest.mark.django_db

UPDATE = {"do": "send", "answer": "update", "words": "The first group met.", "confidence": "on_track"}
SECRET = "The funding ends in March."


@pytest.fixture
def asked(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk, at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def cascade(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk, cascade=True, at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def address(asked: Asked) -> str:
    return reverse("partner_link", args=[asked.link.token])


@pytest.fixture
def visitor() -> Client:
    """Somebody with no log-in, in a browser that checks everything."""
    return Client(enforce_csrf_checks=True)


def read(response: Any) -> str:
    return str(response.content.decode())


def test_a_partner_answers_and_an_approver_publishes(asked: Asked, address: str, visitor: Client) -> None:
    first = read(visitor.get(address))
    assert "asks Beckside Homes for news" in first
    assert "We have something to report" in first
    assert 'name="words"' in read(visitor.get(f"{address}?answer=update"))
    response = visitor.post(address, {**UPDATE, "next_step": "A second meeting."}, follow=True)
    shown = read(response)
    assert "Thank you. We have it." in shown
    assert "Nothing is public yet" in shown
    assert "We have something to report" not in shown.partition("What you sent")[0]
    assert ProgressUpdatePage.objects.count() == 0
    approve_answer(answer=PartnerAnswer.objects.get(), by=asked.approver)
    update = ProgressUpdatePage.objects.get()
    assert update.title in read(visitor.get(address))
    public = read(visitor.get(update.get_url()))
    assert "The first group met." in public
    assert "Beckside Homes" in public


def test_every_answer_keeps_its_address_to_itself(asked: Asked, address: str, visitor: Client) -> None:
    revoked = reverse("partner_link", args=["x" * 43])
    answers = [
        visitor.get(address),
        visitor.post(address, UPDATE),
        visitor.post(address, {}),
        visitor.get(revoked),
        visitor.put(address),
    ]
    for response in answers:
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store, private"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies


def test_reading_changes_nothing(asked: Asked, address: str, visitor: Client) -> None:
    before = PartnerLink.objects.values().get()
    for query in ("", "?answer=update", "?do=send&answer=nothing_new", "?answer=mayor", "?sent=yes", "?answer=%00"):
        assert visitor.get(f"{address}{query}").status_code == 200
        assert visitor.head(f"{address}{query}").status_code == 200
    assert PartnerLink.objects.values().get() == before
    assert not PartnerAnswer.objects.exists()


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%00", "..", "a%20b", "%F0%9F%92%A9"])
def test_a_forged_link_is_not_found_and_reveals_nothing(asked: Asked, visitor: Client, token: str) -> None:
    for response in (visitor.get(f"/partner/{token}/"), visitor.post(f"/partner/{token}/", UPDATE)):
        assert response.status_code == 404
        shown = read(response)
        assert "Beckside" not in shown
        assert "Design home care" not in shown
    if token not in {"..", "x" * 5000}:
        assert "ask democratic services" in read(visitor.get(f"/partner/{token}/"))


def test_a_link_that_ended_or_was_called_back_is_gone_and_says_whom_to_ask(asked: Asked, address: str, visitor: Client) -> None:
    PartnerLink.objects.update(expires_at=timezone.now())
    ended = visitor.get(address)
    PartnerLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    revoke_link(link=asked.link, by=asked.clerk)
    for response in (ended, visitor.get(address), visitor.post(address, UPDATE)):
        assert response.status_code == 410
        shown = read(response)
        assert "reply to the e-mail" in shown
        assert "Beckside" not in shown
        assert "Design home care" not in shown
    assert not PartnerAnswer.objects.exists()


def test_a_link_about_a_withdrawn_action_is_gone(asked: Asked, address: str, visitor: Client) -> None:
    withdraw_record(page=asked.action, by=asked.clerk, reason="It was a mistake.")
    assert visitor.get(address).status_code == 410


def test_a_link_that_was_forwarded_works_and_records_only_itself(asked: Asked, address: str, visitor: Client) -> None:
    assert "Whoever has this link can answer for Beckside Homes" in read(visitor.get(address))
    visitor.post(address, UPDATE)
    answer = PartnerAnswer.objects.get()
    assert answer.link == asked.link
    # Another visitor with the same link sees what was sent and cannot say it twice.
    other = Client()
    assert "The first group met." in read(other.get(address))
    refused = other.post(address, UPDATE)
    assert refused.status_code == 409
    assert "You have answered already" in read(refused)
    assert PartnerAnswer.objects.count() == 1


def test_something_is_added_until_it_is_read(asked: Asked, address: str, visitor: Client) -> None:
    visitor.post(address, UPDATE)
    key = str(PartnerAnswer.objects.get().pk)
    assert visitor.post(address, {"do": "add", "of": key, "text": "Twelve came."}).status_code == 302
    assert "Twelve came." in read(visitor.get(address))
    empty = visitor.post(address, {"do": "add", "of": key, "text": " "})
    assert (empty.status_code, "Write what you want to add." in read(empty)) == (409, True)
    approve_answer(answer=PartnerAnswer.objects.get(), by=asked.approver)
    late = visitor.post(address, {"do": "add", "of": key, "text": "And one more."})
    assert late.status_code == 409


def test_another_partners_answer_cannot_be_touched(asked: Asked, address: str, visitor: Client) -> None:
    visitor.post(address, UPDATE)
    theirs = PartnerAnswer.objects.get()
    other = PartnerLink.objects.create(
        partner_request=asked.request, email="x@example.org", created_at=timezone.now(), expires_at=asked.link.expires_at
    )
    elsewhere = reverse("partner_link", args=[other.token])
    assert "The first group met." not in read(visitor.get(elsewhere))
    for wish in ("add", "agree", "keep", "again"):
        assert visitor.post(elsewhere, {"do": wish, "of": str(theirs.pk), "text": "x"}).status_code == 409
    theirs.refresh_from_db()
    assert theirs.words == "The first group met."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**UPDATE, "words": " "}, "Say what changed"),
        ({**UPDATE, "words": "x" * 100_000}, "longer than 5000 letters"),
        ({**UPDATE, "words": "a\x00b"}, "hidden character"),
        ({**UPDATE, "confidence": "at_risk"}, "Say why it is not on track"),
        ({**UPDATE, "confidence": "mayor"}, "Select a valid choice"),
        ({"do": "send", "answer": "stuck", "confidential": ""}, "Say what holds you up"),
        ({"do": "send", "answer": "colleague"}, "Give your colleague"),
        (
            {
                "do": "send",
                "answer": "colleague",
                "colleague_name": "Jo",
                "colleague_email": "jo@example.org\r\nBcc: all@x.org",
            },
            "valid email address",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_typed_is_lost(
    asked: Asked, address: str, visitor: Client, given: dict[str, str], words: str
) -> None:
    response = visitor.post(address, given)
    assert response.status_code == 400
    shown = read(response)
    assert words in shown
    assert "Nothing was sent yet" in shown
    assert "\x00" not in shown
    if len(given.get("words", "")) > LONGEST_WORDS:
        assert given["words"] in shown
    assert not PartnerAnswer.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"do": "send"},
        {"do": "send", "answer": "heard"},
        {"do": "send", "answer": "\x00"},
        {"do": "mayor", "answer": "update"},
        {"do": "add", "of": "9" * 30, "text": "x"},
        {"do": "add", "of": "-1", "text": "x"},
        {"do": "agree", "of": "²"},
        {"do": "again", "of": "1"},
    ],
)
def test_a_form_that_asks_for_nothing_is_refused_in_words(
    asked: Asked, address: str, visitor: Client, given: dict[str, str]
) -> None:
    response = visitor.post(address, given)
    assert response.status_code == 409
    assert "Choose one of the answers." in read(response)


def test_more_than_can_be_sent_is_refused_in_words(asked: Asked, address: str, visitor: Client) -> None:
    response = visitor.post(address, {**UPDATE, "words": "x" * 3_000_000})
    assert response.status_code == 413
    assert "far too long" in read(response)


def test_what_is_typed_is_never_run(asked: Asked, address: str, visitor: Client) -> None:
    visitor.post(address, {**UPDATE, "words": "<script>alert(1)</script>{{ 7|add:7 }}"})
    for shown in (read(visitor.get(address)), _public(asked, visitor)):
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in shown


def _public(asked: Asked, visitor: Client) -> str:
    approve_answer(answer=PartnerAnswer.objects.get(), by=asked.approver)
    return read(visitor.get(ProgressUpdatePage.objects.get().get_url()))


def test_what_is_told_in_confidence_is_on_no_public_page(asked: Asked, address: str, visitor: Client) -> None:
    assert visitor.post(address, {"do": "send", "answer": "stuck", "confidential": SECRET}).status_code == 302
    for path in (asked.action.get_url(), "/progress/", "/search/?q=funding"):
        assert SECRET not in read(visitor.get(path))
    # Who sent it can read it again; other answers are still offered.
    own = read(visitor.get(address))
    assert SECRET in own
    assert "There is nothing new" in own


def test_a_link_used_very_often_must_wait(asked: Asked, address: str, visitor: Client) -> None:
    for number in range(MOST_IN_AN_HOUR):
        given = {"do": "send", "answer": "stuck", "confidential": f"Matter {number}"}
        assert visitor.post(address, given).status_code == 302
    response = visitor.post(address, {"do": "send", "answer": "stuck", "confidential": "One more"})
    assert (response.status_code, PartnerAnswer.objects.count()) == (409, MOST_IN_AN_HOUR)
    shown = read(response)
    assert "in an hour" in shown
    assert "One more" in shown


def test_a_returned_answer_is_shown_filled_in_and_sent_again(asked: Asked, address: str, visitor: Client) -> None:
    visitor.post(address, UPDATE)
    answer = return_answer(answer=PartnerAnswer.objects.get(), comment="Who came?", by=asked.approver)
    shown = read(visitor.get(address))
    assert "Who came?" in shown
    assert "The first group met.</textarea>" in shown
    again = {**UPDATE, "do": "again", "of": str(answer.pk), "who_was_involved": "Twelve tenants."}
    wrong = visitor.post(address, {**again, "words": ""})
    assert (wrong.status_code, "Twelve tenants." in read(wrong)) == (400, True)
    assert visitor.post(address, again).status_code == 302
    answer.refresh_from_db()
    assert (answer.state, answer.who_was_involved) == (AnswerState.RECEIVED, "Twelve tenants.")


def test_other_words_are_shown_beside_the_old_ones_and_agreed(asked: Asked, address: str, visitor: Client) -> None:
    visitor.post(address, UPDATE)
    answer = suggest_words(answer=PartnerAnswer.objects.get(), words={"words": "A group of tenants met."}, by=asked.clerk)
    shown = read(visitor.get(address))
    assert "The first group met." in shown
    assert "A group of tenants met." in shown
    assert visitor.post(address, {"do": "agree", "of": str(answer.pk)}).status_code == 302
    answer.refresh_from_db()
    assert (answer.state, answer.words) == (AnswerState.AGREED, "A group of tenants met.")
    assert visitor.post(address, {"do": "keep", "of": str(answer.pk)}).status_code == 409


def test_a_cascade_offers_its_own_answers(cascade: Asked, visitor: Client) -> None:
    address = reverse("partner_link", args=[cascade.link.token])
    shown = read(visitor.get(address))
    assert "to pass this on and report back" in shown
    assert "We have passed it on" in shown
    assert "There is nothing new" not in shown
    assert visitor.post(address, {"do": "send", "answer": "passed_on", "words": "All teams."}).status_code == 302
    approve_answer(answer=PartnerAnswer.objects.get(), by=cascade.approver)
    cascade.request.refresh_from_db()
    assert cascade.request.cascaded_on == timezone.localdate()
    assert "Passed it on" in read(visitor.get(cascade.action.get_url()))


def test_the_page_asks_as_often_for_many_answers_as_for_few(
    asked: Asked, address: str, visitor: Client, django_assert_num_queries: Any
) -> None:
    def grow(number: int) -> None:
        for each in range(number):
            PartnerAnswer.objects.create(
                partner_request=asked.request, link=asked.link, kind="stuck", confidential=f"{each}", received_at=timezone.now()
            )

    grow(2)
    visitor.get(address)
    with CaptureQueriesContext(connection) as few:
        visitor.get(address)
    grow(20)
    with django_assert_num_queries(len(few)):
        visitor.get(address)


def test_a_partner_ticks_the_steps_that_are_done(asked: Asked, address: str, client: Client) -> None:
    step = Milestone.objects.create(action=asked.action, name="Hold the first meeting")
    text = client.get(f"{address}?answer=update").content.decode()
    assert "Hold the first meeting" in text
    assert "The whole promise is kept" in text
    sent = {**UPDATE, "do": "send", "answer": "update", "done_milestones": [step.pk], "says_completed": "on"}
    assert client.post(address, sent).status_code == 302
    answer = PartnerAnswer.objects.get()
    assert (answer.done_milestones, answer.says_completed) == ([step.pk], True)
    client.force_login(asked.approver)
    approve = client.get(reverse("approve_answer", args=[answer.pk])).content.decode()
    assert "Hold the first meeting" in approve
    assert "The partner says that the promise is kept" in approve
    assert "Hold the first meeting" in client.get(reverse("partner_answer", args=[answer.pk])).content.decode()
    news = {"title": "News", "status": "under_way", "milestones": [step.pk]}
    assert client.post(reverse("approve_answer", args=[answer.pk]), news).status_code == 302
    draft = ProgressUpdatePage.objects.get()
    assert (draft.live, [row.milestone for row in draft.milestones_done.all()]) == (False, [step])
