"""Outgoing mail: asked for in the transaction of the change that causes it, sent afterwards by a worker, once.

A worker takes one mail at a time by a lease, sends it and says that it is sent. One that dies in between leaves a mail that
may have gone out; when the lease is over it is sent again, with the same Message-ID. So none is lost, and a death repeats one
mail at most.
"""

import hashlib
import logging
import smtplib
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.exceptions import Refused
from governance.mail_rules import PAUSES, faulty_headers, is_one_line, pause_after
from governance.mailing import why_not
from governance.models import Delivery
from governance.waking import wake_once

logger = logging.getLogger(__name__)
WORK = "mail"
LEASE = timedelta(minutes=5)
"""Longer than any try: settings end a conversation with the mail server after half a minute of silence."""
KEPT = timedelta(days=14)
"""How long the address of a mail is kept once it is over."""


@transaction.atomic
def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    kind: str,
    about: Page | None = None,
    headers: dict[str, str] | None = None,
    at: datetime | None = None,
) -> Delivery:
    """Ask for a mail. It goes out after the transaction that asks for it is committed, and never if that is undone.

    Args:
        key: names what it is about and for whom; asked for again, the mail that was made first is returned unchanged.
        to: one address.
        subject: one line.
        text: plain text.
        kind: the sort of mail.
        about: the record it tells of.
        headers: further headers, such as `List-Unsubscribe`.
        at: not before then; now unless said.

    Raises:
        Refused: the address, the subject or a header is not what it should be; such as a second line in one of them.
    """
    _check(to, subject, headers or {})
    now = timezone.now()
    row = {"to": to, "subject": subject[:250], "text": text, "kind": kind, "headers": headers or {}, "created_at": now}
    row["about_id"] = about.pk if about is not None else None
    delivery, made = Delivery.objects.get_or_create(key=key, defaults={**row, "next_try_at": at or now})
    if made:
        wake_once(WORK)
    return delivery


def send_deliveries(*, limit: int = 500) -> int:
    """Send what is due, one by one. Returns how many went out. Safe to run in several workers at once.

    Args:
        limit: how many are taken up at most; the rest wait for the next round.
    """
    sent = 0
    link = get_connection()
    try:
        for _number in range(limit):
            row = _take()
            if row is None:
                break
            sent += _send(row, link)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            link.close()
    return sent


def erase_sent(*, at: datetime | None = None) -> int:
    """Erase the address of mail that was over some days ago, and what is left of its text. Returns of how many."""
    before = (at or timezone.now()) - KEPT
    over = Delivery.objects.filter(next_try_at=None).exclude(to="")
    return over.filter(Q(sent_at__lt=before) | Q(sent_at=None, created_at__lt=before)).update(to="", text="", headers={})


def give_up(*, deliveries: "QuerySet[Delivery]", because: str) -> int:
    """Mail that is no longer wanted is not sent, and its address is erased at once. Returns how many there were."""
    waiting = deliveries.exclude(next_try_at=None)
    return waiting.update(next_try_at=None, lease_until=None, failed_because=because, to="", text="", headers={})


@transaction.atomic
def send_again(*, delivery: Delivery, at: datetime | None = None) -> Delivery:
    """Put a mail that was given up back among what waits.

    Raises:
        Refused: it was sent, it waits already, or its address is no longer kept.
    """
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.sent_at is not None or row.next_try_at is not None:
        raise Refused(_("This mail was not given up, so there is nothing to send again."))
    if not row.to:
        raise Refused(_("Its address is no longer kept, so it cannot be sent again."))
    row.next_try_at, row.tries, row.failed_because = at or timezone.now(), 0, ""
    row.save(update_fields=["next_try_at", "tries", "failed_because"])
    wake_once(WORK)
    return row


def sweep_mail() -> int:
    """What the worker does now and then: send what is due and erase what is long over. Returns of how many."""
    return send_deliveries() + erase_sent()


def _check(to: str, subject: str, headers: dict[str, str]) -> None:
    try:
        validate_email(to)
    except ValidationError:
        raise Refused(_("That is not an e-mail address.")) from None
    if not is_one_line(to) or parseaddr(to)[1] != to:
        raise Refused(_("That is not an e-mail address."))
    if not is_one_line(subject) or not subject.strip():
        raise Refused(_("The subject of a mail is one line."))
    faulty = faulty_headers(headers)
    if faulty:
        raise Refused(_("A mail cannot carry this: %(names)s.") % {"names": ", ".join(map(repr, faulty))})


@transaction.atomic
def _take() -> Delivery | None:
    """The mail that has waited longest, under a lease, so that no other worker has it in hand."""
    now = timezone.now()
    due = Delivery.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), next_try_at__lte=now)
    due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    row = due.order_by("next_try_at", "pk").first()
    if row is None:
        return None
    row.tries += 1
    row.lease_until = now + LEASE
    row.save(update_fields=["tries", "lease_until"])
    return row


def _send(row: Delivery, link: BaseEmailBackend) -> int:
    """One try. Whatever comes of it, the next mail gets its turn."""
    # Only a worker that died with this mail in hand, every time, leaves so many tries.
    died = _("Each worker that took it up stopped before it was sent.") if row.tries > len(PAUSES) + 1 else ""
    reason = died or why_not(row)
    if reason:
        _over(row, failed_because=reason)
        return 0
    try:
        link.send_messages([_message(row)])
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        _try_later(row, problem)
        # A conversation that broke is begun anew for the next mail.
        with suppress(OSError, smtplib.SMTPException):
            link.close()
        return 0
    # The text may carry links that only its reader should have: it is not kept once it is sent.
    _over(row, sent_at=timezone.now(), failed_because="", text="", headers={})
    return 1


def _message(row: Delivery) -> EmailMessage:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = hashlib.sha256(row.key.encode()).hexdigest()[:32]
    own = {"Message-ID": f"<{name}@{sender.rpartition('@')[2]}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=row.subject, body=row.text, to=[row.to], headers={**row.headers, **own})


def _over(row: Delivery, **columns: Any) -> None:
    Delivery.objects.filter(pk=row.pk).update(next_try_at=None, lease_until=None, **columns)


def _try_later(row: Delivery, problem: Exception) -> None:
    """Have it tried again after a pause; give it up when the address is refused for good or the pauses are used up."""
    reason = in_words(problem).replace(row.to, _("the address"))
    pause = None if is_final(problem) else pause_after(row.tries)
    logger.warning("Mail %s was not sent: %s", row.pk, reason)
    if pause is None:
        _over(row, failed_because=reason)
        return
    waiting = Delivery.objects.filter(pk=row.pk)
    waiting.update(next_try_at=timezone.now() + pause, lease_until=None, failed_because=reason)


def is_final(problem: Exception) -> bool:
    """Whether the mail server refused the address for good (RFC 5321: a reply from 500 up), so that trying again is no use."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in problem.recipients.values())
    return isinstance(problem, ValueError)


def in_words(problem: Exception) -> str:
    """Why a mail was not sent, for whoever looks after the mail server."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(problem.recipients.values()))
        said = reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)
        return _("The mail server refused the address: %(code)s %(reply)s") % {"code": code, "reply": said}
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error.decode(errors="replace") if isinstance(problem.smtp_error, bytes) else problem.smtp_error
        return _("The mail server refused the mail: %(code)s %(reply)s") % {"code": problem.smtp_code, "reply": said}
    if isinstance(problem, ValueError):
        return _("The mail could not be written: %(problem)s") % {"problem": problem}
    return _("The mail server could not be reached: %(problem)s") % {"problem": problem}
