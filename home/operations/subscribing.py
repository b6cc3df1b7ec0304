"""Asking for alerts, confirming that, and ending them. Nothing here tells whether somebody has subscribed already."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.addresses import absolute
from governance.exceptions import Refused
from governance.mail_rules import is_one_line
from governance.models import Delivery
from governance.operations.mail import give_up, queue_mail
from home.models import AlertLine, HowOften, Subscription, SubscriptionState
from home.scopes import Scope, scope_of_key

CONFIRM_WITHIN = timedelta(days=7)
ASK_AGAIN_AFTER = timedelta(hours=1)
FROM_ONE_PLACE = 30
"""How many subscriptions one place may ask for in an hour: enough for a library, not for a machine."""
TO_ONE_ADDRESS = 8
"""How many confirmations one address is asked for in a day, so that nobody fills another's letter box with them."""
KIND = "alert-confirmation"
_signer = Signer(salt="home.alerts.stop", sep=".")


class TooManyAsked(Refused):
    """Too many subscriptions were asked for from one place."""


@transaction.atomic
def ask_for_alerts(*, address: str, scope: Scope, often: str, place: str, at: datetime | None = None) -> None:
    """Ask for alerts. They begin when the link in the mail that follows is used.

    A known address brings the same answer as an unknown one, so that nobody learns who has subscribed.

    Args:
        address: where alerts go.
        scope: what they are about.
        often: at once or daily.
        place: a name for where it is asked from.

    Raises:
        Refused: it is not an address, or there is no such choice.
        TooManyAsked: too many were asked for from this place within the hour.
    """
    at = at or timezone.now()
    address = checked_address(address)
    if often not in HowOften.values:
        raise Refused(_("Choose how often you want to hear."))
    if Subscription.objects.filter(asked_from=place, asked_at__gt=at - timedelta(hours=1)).count() >= FROM_ONE_PLACE:
        raise TooManyAsked(_("Too many alerts were asked for from your connection. Try again in an hour."))
    known = Subscription.objects.select_for_update().filter(address__iexact=address, page=scope.page)
    known = known.exclude(state=SubscriptionState.ENDED)
    row = known.first()
    if row is not None and (row.state == SubscriptionState.CONFIRMED or row.asked_at > at - ASK_AGAIN_AFTER):
        return
    asked = Subscription.objects.filter(address__iexact=address, asked_at__gt=at - timedelta(days=1))
    if asked.filter(state=SubscriptionState.WAITING).count() >= TO_ONE_ADDRESS:
        return
    row = row or Subscription(address=address, page=scope.page)
    secret = secrets.token_urlsafe(24)
    row.often, row.asked_at, row.asked_from, row.confirm_digest = often, at, place, digest(secret)
    row.save()
    _ask_to_confirm(row, scope, secret)


def checked_address(address: str) -> str:
    """The address, if it is one.

    Raises:
        Refused: it is none, or more than one line.
    """
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or not is_one_line(address) or len(address) > 254:
        raise Refused(_("Enter an e-mail address like name@example.com."))
    return address


def digest(secret: str) -> str:
    """What is kept of the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def by_secret(secret: str) -> Subscription | None:
    """The subscription that a confirmation link belongs to."""
    return Subscription.objects.filter(confirm_digest=digest(secret)).select_related("page").first()


def is_expired(subscription: Subscription, at: datetime | None = None) -> bool:
    """Whether it was never confirmed and no longer can be."""
    waiting = subscription.state == SubscriptionState.WAITING
    return waiting and subscription.asked_at < (at or timezone.now()) - CONFIRM_WITHIN


@transaction.atomic
def confirm(*, subscription: Subscription, at: datetime | None = None) -> Subscription:
    """Begin the alerts. Confirming twice does no more.

    Raises:
        Refused: it has ended, or the link is too old.
    """
    at = at or timezone.now()
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.state == SubscriptionState.ENDED or is_expired(row, at):
        raise Refused(_("This link no longer works. Ask for the alerts again."))
    if row.state == SubscriptionState.WAITING:
        row.state, row.confirmed_at = SubscriptionState.CONFIRMED, at
        row.save(update_fields=["state", "confirmed_at"])
    return row


def stop_token(subscription: Subscription) -> str:
    """What ends these alerts, for the links in their mails. Signed, so that nobody can make one for another's."""
    return _signer.sign(str(subscription.pk))


def by_stop_token(token: str) -> Subscription | None:
    """The subscription that a stop link belongs to; None when it was not made here."""
    try:
        key = _signer.unsign(token)
    except BadSignature:
        return None
    return Subscription.objects.filter(pk=key).select_related("page").first()


@transaction.atomic
def stop(*, subscription: Subscription, at: datetime | None = None) -> bool:
    """End alerts: nothing more is sent and the address is erased, here and in the mails already sent. False if it had ended.

    Args:
        at: when; now unless said.
    """
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.state == SubscriptionState.ENDED:
        return False
    row.address, row.asked_from = "", ""
    row.state, row.ended_at = SubscriptionState.ENDED, at or timezone.now()
    row.save()
    AlertLine.objects.filter(subscription=row, delivery=None).delete()
    mails = Delivery.objects.filter(Q(alert_lines__subscription=row) | Q(key__startswith=f"alerts/{row.pk}/"))
    mails = Delivery.objects.filter(pk__in=list(mails.values_list("pk", flat=True)))
    give_up(deliveries=mails, because=_("The alerts were ended before this was sent."))
    mails.update(to="", text="", headers={})
    return True


def forget_unconfirmed(*, at: datetime | None = None) -> int:
    """End what was never confirmed, and erase what was only kept to notice too many from one place. Returns of how many."""
    now = at or timezone.now()
    left = Subscription.objects.filter(state=SubscriptionState.WAITING, asked_at__lt=now - CONFIRM_WITHIN)
    ended = sum(stop(subscription=row, at=now) for row in left)
    Subscription.objects.filter(asked_at__lt=now - timedelta(days=1)).exclude(asked_from="").update(asked_from="")
    return ended


def _ask_to_confirm(row: Subscription, scope: Scope, secret: str) -> None:
    lines = (
        _("Somebody, probably you, asked for e-mail alerts about %(what)s.") % {"what": scope.words},
        _("To get them, open this address and press the button:"),
        absolute(reverse("alerts_confirm", args=[secret])),
        _("If it was not you, do nothing: nothing will be sent, and your address is erased within seven days."),
    )
    subject = _("Confirm your alerts: %(what)s") % {"what": one_line(scope.words)}
    number = Delivery.objects.filter(key__startswith=f"alerts/{row.pk}/").count() + 1
    about: Page | None = scope.page
    queue_mail(
        key=f"alerts/{row.pk}/confirm/{number}",
        to=row.address,
        subject=subject,
        text="\n\n".join(lines),
        kind=KIND,
        about=about,
    )


def one_line(words: str) -> str:
    """Words as they can stand in a subject: titles are one line, but nothing here relies on it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def why_not_confirmation(delivery: Delivery) -> str:
    """Why a confirmation is not asked for any more."""
    row = Subscription.objects.filter(pk=delivery.key.split("/")[1]).first()
    waiting = row is not None and row.state == SubscriptionState.WAITING
    return "" if waiting else _("The alerts were confirmed or ended before this was sent.")


def headers_of(row: Subscription) -> dict[str, str]:
    """What lets a mail program end the alerts with one press (RFC 8058)."""
    address = absolute(reverse("alerts_stop", args=[stop_token(row)]))
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def foot_of(row: Subscription) -> str:
    """The last lines of every alert: why it came, and how to end it."""
    why = _("You get this because you asked for alerts about %(what)s.") % {"what": scope_of_key(row.page).words}
    return f"-- \n{why}\n{_('To stop them:')} {absolute(reverse('alerts_stop', args=[stop_token(row)]))}"
