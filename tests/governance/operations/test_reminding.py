"""Reminding those who owe something: never twice, never for nothing, and a list of those whom no mail reaches."""

from datetime import date, timedelta

from django.core import mail
from django.utils import timezone

import pytest

from governance.enums import ActionStatus, RequestOutcome
from governance.models import BoardPage, Delivery, Person, User
from governance.operations.mail import send_deliveries
from governance.operations.partner_answers import receive_answer
from governance.operations.partner_links import revoke_link, send_link
from governance.operations.partners import ask_for_news, settle_request
from governance.operations.reminding import news_owed, remind, requests_owed
from governance.reminders import unreachable
from tests import building
from tests.governance.partner_stage import DUE, Asked, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk, news_every_weeks=40)


def reminders() -> list[str]:
    """The keys of the reminders asked for."""
    return list(Delivery.objects.filter(kind="reminder").order_by("pk").values_list("key", flat=True))


def test_a_partner_is_reminded_before_on_and_after_the_day_once_each_with_the_same_link(asked: Asked) -> None:
    for offset in range(-10, 25):
        for _again in range(2):
            remind(today=DUE + timedelta(days=offset))
    key = f"reminder:request:{asked.request.pk}:2026-11-30"
    assert reminders() == [f"{key}:before", f"{key}:on", f"{key}:after"]
    assert all(asked.link.token in row.text for row in Delivery.objects.filter(kind="reminder"))
    assert "It was due by 30 November 2026." in Delivery.objects.get(key=f"{key}:after").text


def test_nobody_is_reminded_of_what_they_answered(asked: Asked) -> None:
    settle_request(request=asked.request, outcome=RequestOutcome.NOTHING_NEW, on=DUE, by=asked.clerk)
    assert list(requests_owed(DUE)) == []
    assert remind(today=DUE) == 0


def test_a_reminder_that_waits_is_not_sent_once_it_is_answered(board: BoardPage, clerk: User) -> None:
    today = timezone.localdate()
    partner = building.make_organisation("Beckside Homes")
    action = building.make_action(board, clerk, lead_organisation=partner, news_every_weeks=40)
    before = timezone.now() - timedelta(days=20)
    request = ask_for_news(action=action, organisation=partner, due_on=today, by=clerk, at=before)
    send_link(request=request, email="a@example.org", by=clerk, at=before)
    assert remind() == 1
    settle_request(request=request, outcome=RequestOutcome.NOTHING_NEW, on=today, by=clerk)
    send_deliveries()
    assert [message.subject for message in mail.outbox] == ["News wanted: Design home care with people"]
    assert Delivery.objects.get(kind="reminder").failed_because == "It was answered in the meantime."


def test_a_lead_is_reminded_at_the_address_of_the_post_else_of_the_organisation(board: BoardPage, clerk: User) -> None:
    council = building.make_organisation(request_email="office@ashmere.example")
    Person.objects.create(name="Sue Wilson", organisation=council, role="Director of Care", email="sue@ashmere.example")
    building.make_action(board, clerk, "One", lead_organisation=council, lead_role="Director of Care")
    building.make_action(board, clerk, "Two", lead_organisation=council, lead_role="Somebody else")
    building.make_action(board, clerk, "Three")
    closed = building.make_action(board, clerk, "Four", lead_organisation=council)
    building.make_update(closed, clerk, status=ActionStatus.COMPLETED)
    dues = list(news_owed(timezone.localdate()))
    assert [due.email for due in dues] == ["sue@ashmere.example", "office@ashmere.example", ""]
    due_on = dues[0].due_on
    assert remind(today=due_on) == 2
    assert [due.who for due in unreachable(dues, today=due_on)] == ["Nobody has been named yet."]


def test_a_lead_that_was_asked_for_news_is_not_reminded_twice_of_it(asked: Asked) -> None:
    assert list(news_owed(DUE)) == []
    receive_answer(link=asked.link, kind="nothing_new", given={})
    assert list(news_owed(DUE)) == []


def test_a_partner_whose_link_was_called_back_is_listed_instead(asked: Asked) -> None:
    revoke_link(link=asked.link, by=asked.clerk)
    dues = list(requests_owed(DUE))
    assert remind(today=DUE) == 0
    assert [due.who for due in unreachable(dues, today=DUE)] == ["Beckside Homes"]


def test_one_bad_address_keeps_nobody_else_from_being_reminded(board: BoardPage, clerk: User) -> None:
    bad, good = building.make_organisation("Bad"), building.make_organisation("Good", request_email="good@example.org")
    building.make_action(board, clerk, "One", lead_organisation=bad)
    building.make_action(board, clerk, "Two", lead_organisation=good)
    type(bad).objects.filter(pk=bad.pk).update(request_email="a@example.org\nBcc: b@example.org")
    due_on = next(iter(news_owed(date.today()))).due_on
    assert remind(today=due_on) == 1
    assert Delivery.objects.get(kind="reminder").to == "good@example.org"
