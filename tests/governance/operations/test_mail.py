"""Outgoing mail: asked for once, sent once, tried again, given up with a reason, forgotten after a while."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

import pytest
import time_machine

from governance import mailing, waking
from governance.exceptions import Refused
from governance.mail_rules import PAUSES
from governance.models import Delivery
from governance.operations.mail import LEASE, erase_sent, give_up, queue_mail, send_deliveries, sweep_mail

TO = "resident@example.org"
pytestmark = pytest.mark.django_db


def queue(key: str = "one", **fields: Any) -> Delivery:
    """A mail to a resident."""
    words = {"to": TO, "subject": "News of home care", "text": "The first workshop was held.", "kind": "test"}
    return queue_mail(key=key, **{**words, **fields})


class Refusing(EmailBackend):
    """A mail server that answers with an error."""

    problem: Exception = ConnectionRefusedError("connection refused")

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Take nothing."""
        raise self.problem


@pytest.fixture
def refusing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have the mail server answer with this error."""
    settings.EMAIL_BACKEND = "tests.governance.operations.test_mail.Refusing"

    def answer(problem: Exception) -> None:
        monkeypatch.setattr(Refusing, "problem", problem)

    return answer


def test_a_mail_is_sent_once_and_says_so() -> None:
    delivery = queue(headers={"List-Unsubscribe": "<https://example.org/stop/>"})
    assert (send_deliveries(), send_deliveries()) == (1, 0)
    [message] = mail.outbox
    assert (message.to, message.subject, message.body) == ([TO], "News of home care", "The first workshop was held.")
    assert message.extra_headers["List-Unsubscribe"] == "<https://example.org/stop/>"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    delivery.refresh_from_db()
    assert delivery.sent_at is not None and delivery.next_try_at is None and delivery.tries == 1
    assert (delivery.to, delivery.text, delivery.headers) == (TO, "", {})


def test_the_same_key_never_makes_a_second_mail() -> None:
    first = queue()
    assert queue(subject="Other words") == first
    send_deliveries()
    assert queue() == first
    assert (send_deliveries(), Delivery.objects.count()) == (0, 1)


def test_what_is_undone_is_never_sent() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert send_deliveries() == 0


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@example.org\nBcc: all@example.org", "a@example.org, b@example.org", "A <a@b.org>"]
)
def test_what_is_not_one_address_is_refused(to: str) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        queue(to=to)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("subject", ["", "  ", "News\nBcc: all@example.org", "News\r\n\r\nother text", "News\u2028more"])
def test_a_subject_is_one_line(subject: str) -> None:
    with pytest.raises(Refused, match="one line"):
        queue(subject=subject)


@pytest.mark.parametrize(
    "headers",
    [
        {"List-Id": "one\r\nBcc: all@example.org"},
        {"Bcc": "all@example.org"},
        {"bcc": "all@example.org"},
        {"From": "other@example.org"},
        {"Content-Type": "text/html"},
        {"X Two": "words"},
        {"X-One\n": "word"},
    ],
)
def test_a_header_cannot_bring_another(headers: dict[str, str]) -> None:
    with pytest.raises(Refused, match="cannot carry"):
        queue(headers=headers)


def test_a_mail_for_later_waits() -> None:
    queue(at=timezone.now() + timedelta(hours=1))
    assert send_deliveries() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert send_deliveries() == 1


def test_a_mail_in_hand_is_nobody_elses_until_the_lease_is_over() -> None:
    delivery = queue()
    Delivery.objects.update(lease_until=timezone.now() + LEASE, tries=1)
    assert send_deliveries() == 0
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert send_deliveries() == 1
    delivery.refresh_from_db()
    assert delivery.tries == 2


def test_a_repeated_mail_has_the_same_message_id() -> None:
    queue()
    queue("two")
    send_deliveries()
    Delivery.objects.filter(key="one").update(sent_at=None, next_try_at=timezone.now())
    send_deliveries()
    one, two, again = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert one == again != two


def test_pauses_grow_and_then_it_is_given_up_with_the_reason(refusing: Any) -> None:
    refusing(ConnectionRefusedError("connection refused"))
    delivery = queue()
    now = timezone.now()
    for pause in PAUSES:
        with time_machine.travel(now, tick=False):
            assert send_deliveries() == 0
        delivery.refresh_from_db()
        assert delivery.next_try_at == now + pause
        now += pause
    with time_machine.travel(now, tick=False):
        send_deliveries()
    delivery.refresh_from_db()
    assert (delivery.next_try_at, delivery.tries) == (None, len(PAUSES) + 1)
    assert "could not be reached" in delivery.failed_because
    assert list(PAUSES) == sorted(PAUSES)


def test_an_address_refused_for_good_is_given_up_at_once_and_not_written_down(refusing: Any) -> None:
    refusing(smtplib.SMTPRecipientsRefused({TO: (550, f"<{TO}> unknown".encode())}))
    delivery = queue()
    send_deliveries()
    delivery.refresh_from_db()
    assert delivery.next_try_at is None
    assert delivery.failed_because == "The mail server refused the address: 550 <the address> unknown"


def test_an_address_refused_for_now_is_tried_again(refusing: Any) -> None:
    refusing(smtplib.SMTPRecipientsRefused({TO: (450, b"greylisted")}))
    delivery = queue()
    send_deliveries()
    delivery.refresh_from_db()
    assert delivery.next_try_at is not None


def test_one_bad_mail_does_not_hold_up_the_next(refusing: Any) -> None:
    refusing(smtplib.SMTPDataError(554, b"too large"))
    rows = [queue("one"), queue("two")]
    send_deliveries()
    for row in rows:
        row.refresh_from_db()
        assert row.failed_because == "The mail server refused the mail: 554 too large"


def test_a_mail_that_kills_every_worker_is_given_up() -> None:
    delivery = queue()
    Delivery.objects.update(tries=len(PAUSES) + 1)
    assert send_deliveries() == 0
    delivery.refresh_from_db()
    assert delivery.next_try_at is None and "stopped before" in delivery.failed_because


def test_what_is_no_longer_true_when_its_turn_comes_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mailing._checks, "test", lambda delivery: "It was withdrawn." if delivery.key == "one" else "")
    queue("one")
    queue("two")
    assert send_deliveries() == 1
    assert Delivery.objects.get(key="one").failed_because == "It was withdrawn."
    with pytest.raises(ValueError, match="checked already"):
        mailing.register("test", str)


def test_the_address_is_erased_some_days_after_a_mail_is_over() -> None:
    queue("one")
    send_deliveries()
    queue("two", at=timezone.now() + timedelta(days=30))
    assert sweep_mail() == 0
    assert erase_sent(at=timezone.now() + timedelta(days=15)) == 1
    one, two = Delivery.objects.order_by("key")
    assert (one.to, one.text, one.headers, one.subject) == ("", "", {}, "News of home care")
    assert two.to == TO


def test_mail_that_is_no_longer_wanted_goes_with_its_address() -> None:
    queue()
    assert give_up(deliveries=Delivery.objects.all(), because="The subscription has ended.") == 1
    assert send_deliveries() == 0
    assert Delivery.objects.get().to == ""


@pytest.mark.django_db(transaction=True)
def test_many_mails_of_one_change_wake_the_worker_once(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    monkeypatch.setattr(waking, "_wakers_for_all", {"mail": lambda: woken.append("mail")})
    with transaction.atomic():
        queue("one")
        queue("two")
        assert woken == []
    assert woken == ["mail"]
