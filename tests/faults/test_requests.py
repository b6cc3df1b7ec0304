"""What somebody may try with requests: forged forms, fields that no form has, a session made beforehand, a host that is not ours."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import CommentState
from governance.models import BoardPage, Comment, QuestionRule, User
from governance.numbering import reference_slug
from home.models import Subscription, SubscriptionState
from minutes.enums import QuestionState
from minutes.models import PublicQuestion
from tests import building
from tests.kept import kept
from tests.leaks.planting import Planted, plant
from tests.leaks.walking import addresses
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db
EVIL = "evil.example"
NEEDS_NO_TOKEN = (r"partner/", r"alerts/", r"check-a-file/")
"""Forms that change nothing for whoever sends them, or carry a secret of their own; see `tests/house/dangers.py`."""


@pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_no_form_is_taken_without_its_token(small_site: SmallSite) -> None:
    planted: Planted = kept("planted", lambda: plant(small_site))
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(planted.site.clerk)
    taken = {}
    for pattern, each in addresses(planted, pages=1).items():
        answer = client.post(each[0], {"title": "Forged"})
        if answer.status_code != 403 and not pattern.startswith(NEEDS_NO_TOKEN):
            taken[pattern] = answer.status_code
    # No view is found at a few addresses, so that none is asked; a file or a page that answers no form says so first.
    assert {pattern: status for pattern, status in taken.items() if status not in {301, 404, 405}} == {}
    assert len(taken) < 10, taken


def test_a_field_that_no_form_has_is_not_taken(board: BoardPage, clerk: User, client: Client) -> None:
    building.make_action(board, clerk)
    more = {"state": "published", "received_at": "2001-01-01", "settled_by": clerk.pk, "id": 77, "point": 1, "about": 1}
    client.post("/have-a-say/hwb-a1/", {"text": "Yes.", "raised_by": "carer", **more})
    comment = Comment.objects.get()
    assert (comment.state, comment.pk == 77, comment.received_at.year == 2001) == (CommentState.RECEIVED, False, False)
    client.post(
        "/alerts/hwb/", {"address": "a@example.org", "often": "daily", "state": "confirmed", "confirmed_at": "2001-01-01"}
    )
    asked = Subscription.objects.get()
    assert (asked.state, asked.confirmed_at) == (SubscriptionState.WAITING, None)


def test_a_question_takes_no_field_of_its_own_state(board: BoardPage, clerk: User, client: Client) -> None:
    QuestionRule.objects.create(board=board, kind="question", days_before=3, on_site=True, how="Or by post.")
    meeting = building.make_meeting(board, clerk, timezone.now() + timedelta(weeks=6))
    address = reverse("ask", args=[reference_slug(str(meeting.reference))])
    sent = {"kind": "question", "text": "When?", "name": "Ann", "email": "a@example.org", "show_name": "on"}
    more = {"state": QuestionState.ANSWERED, "answer": "Never.", "is_late": "on", "published_at": "2001-01-01"}
    assert client.post(address, {**sent, **more}).status_code == 302
    question = PublicQuestion.objects.get()
    assert (question.state, question.answer) == (QuestionState.RECEIVED, "")


def test_a_session_that_was_made_beforehand_is_no_way_in(clerk: User, board: BoardPage) -> None:
    somebody = Client()
    somebody.get(reverse("account_login"))
    session = somebody.session
    session["planted"] = "by somebody else"
    session.save()
    before = str(session.session_key)
    somebody.cookies[settings.SESSION_COOKIE_NAME] = before
    somebody.post(reverse("account_login"), {"login": "clerk", "password": building.PASSWORD})
    after = somebody.cookies[settings.SESSION_COOKIE_NAME].value
    assert after and after != before
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = before
    assert other.get("/admin/").status_code == 302, "whoever planted the session is not logged in by it"


def test_a_host_that_is_not_ours_is_refused_and_never_written_into_a_page(small_site: SmallSite) -> None:
    client = Client(raise_request_exception=False)
    addresses_of_pages = list(small_site.addresses().values())
    for address in addresses_of_pages[:12]:
        assert client.get(address, headers={"host": EVIL}).status_code == 400
    for address in ["/", "/sitemap.xml", "/feeds/hwb/", "/calendars/hwb.ics", *addresses_of_pages]:
        forwarded = client.get(
            address, headers={"x-forwarded-host": EVIL, "x-forwarded-proto": "https", "x-original-url": "/x/"}
        )
        body: Any = b"".join(forwarded) if forwarded.streaming else forwarded.content
        assert EVIL.encode() not in body + repr(forwarded.headers).encode(), address


def test_a_parameter_that_no_page_reads_changes_no_page(small_site: SmallSite, client: Client) -> None:
    for address in (small_site.board.get_url(), small_site.action.get_url(), "/progress/"):
        plain, more = client.get(address).content, client.get(f"{address}?utm_source={EVIL}&cb=1").content
        assert EVIL.encode() not in more
        assert len(more) - len(plain) < 200, address


def test_what_somebody_sees_who_is_logged_in_is_kept_by_no_cache(small_site: SmallSite) -> None:
    visitor, clerk = Client(), Client()
    clerk.force_login(small_site.clerk)
    for address in [*small_site.addresses().values(), "/members/"]:
        public, own = visitor.get(address), clerk.get(address)
        if public.streaming or own.streaming or own.content == public.content:
            continue
        rules = own.get("Cache-Control", "")
        assert "no-store" in rules or "private" in rules or "Cookie" in own.get("Vary", ""), address
