"""The form of an action on which anybody says what they think: what is refused is said, and nothing typed is lost."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from governance.models import ActionPage, BoardPage, Comment, RecentSender, User
from governance.operations.comments import FROM_ONE_SENDER, LONGEST
from governance.operations.publishing import withdraw_record
from tests import building

pytestmark = pytest.mark.django_db
WHERE = "/have-a-say/hwb-a1/"


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    """A live action."""
    return building.make_action(board, clerk)


def test_the_action_leads_to_the_form_and_sets_no_cookie(action: ActionPage, client: Client) -> None:
    response = client.get(action.get_url())
    assert reverse("say", args=["hwb-a1"]) in response.content.decode()
    assert not response.cookies
    form = client.get(WHERE)
    assert form.status_code == 200
    assert "Please do not name anybody" in form.content.decode()
    assert "<script" not in form.content.decode()


def test_what_is_sent_is_kept_and_thanked_for(action: ActionPage) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get(WHERE).cookies["csrftoken"].value
    response = client.post(WHERE, {"text": "Come on time.", "raised_by": "carer", "csrfmiddlewaretoken": token})
    assert (response.status_code, response.headers["Location"]) == (302, "/have-a-say/hwb-a1/thanks/")
    assert "Thank you" in client.get("/have-a-say/hwb-a1/thanks/").content.decode()
    assert Comment.objects.get().about_id == action.pk
    shown = client.get(action.get_url()).content.decode()
    assert "1 comment waits to be read." in shown
    assert "Come on time" not in shown


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": ""}, "Write what you think."),
        ({"text": "   "}, "Write what you think."),
        ({}, "Write what you think."),
        ({"text": "x" * 100_000}, f"{LONGEST} characters are the most, and this has 100000"),
        ({"text": "Well\x00 said\x07."}, "held characters that cannot be shown"),
        ({"text": "Yes.", "leave_empty": "http://example.org"}, "Leave it empty"),
        ({"text": "Yes.", "raised_by": "the mayor"}, "Choose one of the lines"),
        ({"text": ["Yes.", ""]}, "Write what you think."),
    ],
)
def test_what_is_refused_is_said_in_plain_words(action: ActionPage, client: Client, sent: dict[str, Any], says: str) -> None:
    response = client.post(WHERE, sent)
    shown = response.content.decode()
    assert response.status_code == 400
    assert says in shown
    assert "\x00" not in shown and "\x07" not in shown
    kept = sent.get("text", "")
    if isinstance(kept, str):
        assert kept.replace("\x00", "").replace("\x07", "").strip() in shown
    assert not Comment.objects.exists()


def test_what_looks_like_html_is_text(action: ActionPage, client: Client) -> None:
    client.post(WHERE, {"text": "<script>alert(1)</script> & more"})
    assert Comment.objects.get().text == "<script>alert(1)</script> & more"
    shown = client.post(WHERE, {"text": "</textarea><script>", "leave_empty": "1"}).content.decode()
    assert "</textarea><script>" not in shown
    assert "&lt;/textarea&gt;&lt;script&gt;" in shown


def test_too_many_from_one_address_keep_what_was_typed(action: ActionPage, client: Client) -> None:
    for number in range(FROM_ONE_SENDER):
        assert client.post(WHERE, {"text": f"Point {number}"}).status_code == 302
    response = client.post(WHERE, {"text": "One more thing"}, headers={"x-forwarded-for": "203.0.113.9"})
    assert response.status_code == 429
    assert "One more thing" in response.content.decode()
    assert "Too many comments" in response.content.decode()
    assert Comment.objects.count() == FROM_ONE_SENDER
    assert not RecentSender.objects.filter(digest__contains="127.0.0.1").exists()


def test_a_server_in_front_tells_visitors_apart(action: ActionPage, client: Client, settings: Any) -> None:
    settings.SERVERS_IN_FRONT = 1
    for number in range(FROM_ONE_SENDER + 1):
        header = f"6.6.6.{number}, 203.0.113.{number}"
        assert client.post(WHERE, {"text": "Yes."}, headers={"x-forwarded-for": header}).status_code == 302
    assert RecentSender.objects.values("digest").distinct().count() == FROM_ONE_SENDER + 1


def test_only_a_live_action_has_a_form(board: BoardPage, action: ActionPage, clerk: User, client: Client) -> None:
    for slug in ("hwb", "hwb-a99", "x" * 500):
        assert client.get(f"/have-a-say/{slug}/").status_code == 404
    withdraw_record(page=action, by=clerk, reason="Published too early.")
    assert client.get(WHERE).status_code == 404
    assert client.post(WHERE, {"text": "Yes."}).status_code == 404


def test_other_methods_are_refused(action: ActionPage, client: Client) -> None:
    assert client.put(WHERE).status_code == 405
