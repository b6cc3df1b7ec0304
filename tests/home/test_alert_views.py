"""The pages on which people ask for alerts and end them, and every link that is not what it should be."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from governance.operations.mail import send_deliveries
from governance.operations.publishing import withdraw_record
from home.models import Subscription, SubscriptionState
from home.operations import subscribing
from tests import building
from tests.home.listening import READER, link_in, subscribe
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    """A visitor without cookies, as the site sees one: forms must work all the same."""
    return Client(enforce_csrf_checks=True)


def test_from_the_form_to_the_first_alert_and_the_end(board: BoardPage, strict: Client) -> None:
    page = strict.get(board.get_url()).content.decode()
    assert 'action="/alerts/hwb/"' in page
    asked = strict.post("/alerts/hwb/", {"address": READER, "often": "daily"}, follow=True)
    assert asked.redirect_chain == [("/alerts/asked/", 302)]
    send_deliveries()
    secret = link_in(str(mail.outbox[0].body), "confirm")
    looked = strict.get(f"/alerts/confirm/{secret}/")
    assert b"Yes, send me these alerts" in looked.content
    assert Subscription.objects.get().state == SubscriptionState.WAITING, "looking at a link changes nothing"
    confirmed = strict.post(f"/alerts/confirm/{secret}/")
    assert b"Your alerts are on" in confirmed.content and b"once a day at 7am" in confirmed.content
    assert b"on already" in strict.get(f"/alerts/confirm/{secret}/").content
    assert b"on already" in strict.post(f"/alerts/confirm/{secret}/").content
    token = subscribing.stop_token(Subscription.objects.get())
    assert b"End these alerts?" in strict.get(f"/alerts/stop/{token}/").content
    assert Subscription.objects.get().state == SubscriptionState.CONFIRMED
    assert b"Your address is erased" in strict.post(f"/alerts/stop/{token}/").content
    for again in (strict.get(f"/alerts/stop/{token}/"), strict.post(f"/alerts/stop/{token}/")):
        assert again.status_code == 410 and b"have ended" in again.content
    for late in (strict.get(f"/alerts/confirm/{secret}/"), strict.post(f"/alerts/confirm/{secret}/")):
        assert late.status_code == 410 and b"have ended" in late.content


def test_a_mail_program_ends_alerts_with_one_press(board: BoardPage, strict: Client) -> None:
    token = subscribing.stop_token(subscribe(board))
    answer = strict.post(f"/alerts/stop/{token}/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Subscription.objects.get().address == ""


def test_a_link_that_is_too_old_says_so(board: BoardPage, strict: Client) -> None:
    strict.post("/alerts/hwb/", {"address": READER, "often": "at_once"})
    send_deliveries()
    secret = link_in(str(mail.outbox[0].body), "confirm")
    Subscription.objects.update(asked_at=timezone.now() - timedelta(days=8))
    for answer in (strict.get(f"/alerts/confirm/{secret}/"), strict.post(f"/alerts/confirm/{secret}/")):
        assert answer.status_code == 410 and b"This link is too old" in answer.content
    assert Subscription.objects.get().state == SubscriptionState.WAITING


@pytest.mark.parametrize("link", ["confirm/nonsense", "stop/nonsense", "stop/1.forged", "stop/1", "stop/x.y.z", "confirm/%00"])
def test_a_forged_link_is_nothing(board: BoardPage, strict: Client, link: str) -> None:
    subscribe(board)
    for answer in (strict.get(f"/alerts/{link}/"), strict.post(f"/alerts/{link}/")):
        assert answer.status_code == 404
    assert Subscription.objects.get().state == SubscriptionState.CONFIRMED


@pytest.mark.parametrize(
    "address", ["", "nobody", "<script>alert(1)</script>", "a@example.org\r\nBcc: b@example.org", "\x00@example.org"]
)
def test_a_wrong_address_is_said_beside_the_form_and_kept(board: BoardPage, strict: Client, address: str) -> None:
    answer = strict.post("/alerts/hwb/", {"address": address, "often": "daily"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Enter an e-mail address like name@example.com." in text
    assert "<script>" not in text and 'value="daily" checked' in text
    assert not Subscription.objects.exists()


def test_a_choice_that_is_none_is_refused(board: BoardPage, strict: Client) -> None:
    assert strict.post("/alerts/hwb/", {"address": READER, "often": "x" * 500}).status_code == 422
    assert strict.post("/alerts/hwb/", {}).status_code == 422


def test_a_known_address_brings_the_same_answer(board: BoardPage, strict: Client) -> None:
    subscribe(board)
    known = strict.post("/alerts/hwb/", {"address": READER, "often": "daily"}, follow=True)
    unknown = strict.post("/alerts/hwb/", {"address": "new@example.org", "often": "daily"}, follow=True)
    assert (known.redirect_chain, known.content) == (unknown.redirect_chain, unknown.content)


def test_a_thousand_from_one_place_are_refused_in_words(board: BoardPage, strict: Client, settings: Any) -> None:
    settings.SERVERS_IN_FRONT = 1
    answers = [
        strict.post(
            "/alerts/hwb/",
            {"address": f"r{number}@example.org", "often": "daily"},
            headers={"X-Forwarded-For": f"10.9.8.{number % 250}, 192.0.2.7"},
        )
        for number in range(subscribing.FROM_ONE_PLACE + 5)
    ]
    assert [answer.status_code for answer in answers] == [302] * subscribing.FROM_ONE_PLACE + [429] * 5
    assert b"Try again in an hour" in answers[-1].content
    other = strict.post(
        "/alerts/hwb/", {"address": READER, "often": "daily"}, headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8"}
    )
    assert other.status_code == 302


@pytest.mark.parametrize(
    "scope", ["nonsense", "hwb-a99", "workstream-999", "workstream-", "workstream-x", "workstream-99999999999999", "ref", "-"]
)
def test_a_scope_that_is_nothing_is_nothing(board: BoardPage, strict: Client, scope: str) -> None:
    for address in (f"/alerts/{scope}/", f"/feeds/{scope}/", f"/calendars/{scope}.ics"):
        assert strict.get(address).status_code == 404, address
    assert strict.post(f"/alerts/{scope}/", {"address": READER}).status_code == 404


def test_what_is_not_public_is_no_scope(board: BoardPage, clerk: User, strict: Client) -> None:
    action = building.make_action(board, clerk)
    assert strict.get("/alerts/hwb-a1/").status_code == 200
    withdraw_record(page=action, by=clerk, reason="Entered twice.")
    for address in ("/alerts/hwb-a1/", "/feeds/hwb-a1/"):
        assert strict.get(address).status_code == 404


def test_the_form_stands_on_every_page_it_is_about(small_site: SmallSite, client: Client) -> None:
    pages = small_site.addresses()
    for name in (
        "HomePage",
        "ProgressIndexPage",
        "BoardPage",
        "WorkstreamPage",
        "ActionPage",
        "ProgressUpdatePage",
        "MeetingPage",
    ):
        text = client.get(pages[name]).content.decode()
        assert text.count('name="address"') == 1, name
        assert 'type="application/atom+xml"' in text, name
    for name in ("ContentPage", "CaseStudyPage", "nothing", "withdrawn"):
        assert 'name="address"' not in client.get(pages[name]).content.decode(), name
