"""Asking for alerts, confirming and ending them; nobody learns who has subscribed."""

from datetime import timedelta

from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest
import time_machine

from governance.exceptions import Refused
from governance.models import BoardPage, Delivery, User
from governance.operations.mail import send_deliveries
from home.models import HowOften, Subscription, SubscriptionState
from home.operations import subscribing
from home.operations.announcing import spread_announcements
from tests import building
from tests.home.listening import READER, ask, link_in, subscribe, told

pytestmark = pytest.mark.django_db


def test_nothing_begins_before_the_reader_confirms(board: BoardPage, clerk: User) -> None:
    ask(board)
    send_deliveries()
    [message] = mail.outbox
    assert (message.to, message.subject) == ([READER], "Confirm your alerts: Health and Wellbeing Board")
    building.make_update(building.make_action(board, clerk), clerk)
    assert told() == []
    row = Subscription.objects.get()
    secret = link_in(str(message.body), "confirm")
    assert secret not in str(Subscription.objects.values()[0]), "only the digest is kept"
    subscribing.confirm(subscription=row)
    row.refresh_from_db()
    assert row.state == SubscriptionState.CONFIRMED
    assert subscribing.confirm(subscription=row).confirmed_at == row.confirmed_at


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "x" * 300]
)
def test_what_is_no_address_is_refused(board: BoardPage, address: str) -> None:
    with pytest.raises(Refused, match="Enter an e-mail address"):
        ask(board, address)
    assert not Subscription.objects.exists()


def test_there_are_two_ways_to_hear(board: BoardPage) -> None:
    with pytest.raises(Refused, match="how often"):
        ask(board, often="hourly")


def test_asking_again_makes_no_second_subscription_and_no_flood(board: BoardPage) -> None:
    for address in (READER, READER.upper()):
        ask(board, address)
    assert (Subscription.objects.count(), Delivery.objects.count()) == (1, 1)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        ask(board)
        assert (Subscription.objects.count(), Delivery.objects.count()) == (1, 2)
        subscribing.confirm(subscription=Subscription.objects.get())
        ask(board)
        assert (Subscription.objects.count(), Delivery.objects.count()) == (1, 2)


def test_one_place_cannot_ask_a_thousand_times(board: BoardPage) -> None:
    for number in range(subscribing.FROM_ONE_PLACE):
        ask(board, f"reader{number}@example.org")
    with pytest.raises(subscribing.TooManyAsked, match="Try again in an hour"):
        ask(board, "one.more@example.org")
    ask(board, "one.more@example.org", place="elsewhere")
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        ask(board, "later@example.org")


def test_nobodys_letter_box_is_filled_with_confirmations(board: BoardPage, clerk: User) -> None:
    for number in range(subscribing.TO_ONE_ADDRESS + 3):
        ask(building.make_action(board, clerk, f"Action {number}"))
    assert Delivery.objects.count() == subscribing.TO_ONE_ADDRESS


def test_ending_erases_the_address_everywhere_and_sends_nothing_more(board: BoardPage, clerk: User) -> None:
    row = subscribe(board)
    action = building.make_action(board, clerk)
    assert told() == [(READER, f"New on the progress page: {action.title}")]
    building.make_update(action, clerk)
    assert subscribing.stop(subscription=row)
    assert not subscribing.stop(subscription=row)
    assert told() == []
    row.refresh_from_db()
    assert (row.address, row.state, row.asked_from) == ("", SubscriptionState.ENDED, "")
    assert READER not in str(list(Delivery.objects.values()))
    with pytest.raises(Refused, match="no longer works"):
        subscribing.confirm(subscription=row)


def test_a_mail_that_waits_when_alerts_end_is_not_sent(board: BoardPage, clerk: User) -> None:
    row = subscribe(board)
    building.make_action(board, clerk)
    assert spread_announcements() == 1
    subscribing.stop(subscription=row)
    mail.outbox.clear()
    assert (send_deliveries(), mail.outbox) == (0, [])
    assert "ended before" in Delivery.objects.get(kind="alert").failed_because


def test_what_is_never_confirmed_is_forgotten(board: BoardPage) -> None:
    ask(board)
    row = Subscription.objects.get()
    later = timezone.now() + subscribing.CONFIRM_WITHIN + timedelta(minutes=1)
    with pytest.raises(Refused, match="no longer works"):
        subscribing.confirm(subscription=row, at=later)
    assert subscribing.forget_unconfirmed(at=later) == 1
    row.refresh_from_db()
    assert (row.address, row.state) == ("", SubscriptionState.ENDED)
    assert READER not in str(list(Delivery.objects.values()))


def test_where_it_was_asked_from_is_forgotten_after_a_day(board: BoardPage) -> None:
    subscribe(board)
    subscribing.forget_unconfirmed(at=timezone.now() + timedelta(days=2))
    row = Subscription.objects.get()
    assert (row.asked_from, row.address) == ("", READER)


def test_a_stop_link_cannot_be_made_for_another(board: BoardPage) -> None:
    row = subscribe(board)
    token = subscribing.stop_token(row)
    assert subscribing.by_stop_token(token) == row
    for forged in (str(row.pk), f"{row.pk}.abc", token + "x", "", f"{row.pk + 1}{token[len(str(row.pk)) :]}"):
        assert subscribing.by_stop_token(forged) is None


def test_the_database_keeps_one_open_subscription_and_no_address_of_an_ended_one() -> None:
    now = timezone.now()
    fields = {"address": READER, "asked_at": now, "often": HowOften.DAILY}
    Subscription.objects.create(**fields, confirm_digest="1")
    for wrong in ({"address": READER.upper()}, {"address": "", "state": "waiting"}, {"state": "ended", "ended_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(**{**fields, **wrong}, confirm_digest="2")
    subscribing.stop(subscription=Subscription.objects.get())
    Subscription.objects.create(**fields, confirm_digest="2")


def test_a_confirmation_that_was_not_sent_in_time_is_not_sent(board: BoardPage) -> None:
    ask(board)
    subscribing.confirm(subscription=Subscription.objects.get())
    assert send_deliveries() == 0
    assert "confirmed or ended" in Delivery.objects.get().failed_because
