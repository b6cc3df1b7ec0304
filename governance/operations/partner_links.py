"""Links by which partners answer without an account: sent, found, counted and called back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.enums import RequestKind
from governance.exceptions import Refused
from governance.models import Delivery, PartnerLink, PartnerRequest
from governance.models.partner_links import hash_of
from governance.operations.mail import queue_mail
from governance.partner_rules import holds_until, is_hasty, is_open
from governance.wording import day

KIND = "partner_link"


@transaction.atomic
def send_link(*, request: PartnerRequest, email: str, by: Any, at: datetime | None = None) -> PartnerLink:
    """Send a link that opens one request to one address.

    Args:
        email: where it goes. Whoever it is forwarded to can answer as well.

    Raises:
        Refused: the request is answered, its action is not public, or that is no e-mail address.
    """
    at = at or timezone.now()
    if request.reported_on is not None:
        raise Refused(_("%(organisation)s has answered already.") % {"organisation": request.organisation})
    if not request.action.live:
        raise Refused(_("The action is not public, so nobody is asked about it."))
    link = PartnerLink.objects.create(
        partner_request=request,
        email=email.strip(),
        created_at=at,
        created_by=by,
        expires_at=holds_until(timezone.localtime(at), request.due_on),
    )
    key = f"{KIND}:{link.pk}:asked"
    mail_link(link=link, key=key, kind=KIND, subject=subject_of(request), text=asking_words(request))
    return link


@transaction.atomic
def revoke_link(*, link: PartnerLink, by: Any, at: datetime | None = None) -> None:
    """Call a link back: it opens nothing from now on. What it brought stays.

    Raises:
        Refused: it was called back already.
    """
    row = PartnerLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked_at is not None:
        raise Refused(_("This link was called back already."))
    row.revoked_at, row.revoked_by = at or timezone.now(), by
    row.save(update_fields=["revoked_at", "revoked_by"])


def find_link(token: str) -> PartnerLink | None:
    """The link with this secret, open or not; None where there is none."""
    found = PartnerLink.objects.filter(token_hash=hash_of(token))
    related = ("partner_request__organisation", "partner_request__action__board")
    return found.select_related(*related).first()


def use_link(*, link: PartnerLink, at: datetime) -> PartnerLink:
    """Count one use of a link, under a lock on its row. Called inside the transaction of what it brings.

    Raises:
        Refused: the link has ended, or was used too often within the hour.
    """
    row = PartnerLink.objects.select_for_update(of=("self",)).select_related("partner_request__action").get(pk=link.pk)
    if not is_open(row, at):
        raise Refused(_("This link has ended, so nothing was sent."))
    if is_hasty(row, at):
        raise Refused(_("This link was used very often in the last hour. Nothing was lost here; send it again in an hour."))
    if row.hour_began_at is None or (at - row.hour_began_at).total_seconds() >= 3600:
        row.hour_began_at, row.uses_in_hour = at, 0
    row.uses, row.uses_in_hour, row.last_used_at = row.uses + 1, row.uses_in_hour + 1, at
    row.save(update_fields=["uses", "uses_in_hour", "last_used_at", "hour_began_at"])
    return row


def address_of(link: PartnerLink) -> str:
    """The whole address of a link, for a mail that carries it.

    Where the key of the installation has changed since it was last told, the address told now is the one that works.
    """
    wanted = hash_of(link.token)
    if link.token_hash != wanted:
        link.token_hash = wanted
        link.save(update_fields=["token_hash"])
    return absolute(reverse("partner_link", args=[link.token]))


def mail_link(*, link: PartnerLink, key: str, kind: str, subject: str, text: str) -> Delivery:
    """Send a mail that ends with the link.

    Args:
        key: names the mail, so that it is never sent twice.
        kind: the sort of mail, which says what is looked at again before it goes out.
    """
    parts = [
        text,
        _("Open this link to answer. You need no password:"),
        address_of(link),
        _(
            "It opens this request and nothing else, and it holds until %(day)s. Whoever has it can answer for %(organisation)s: "
            "forward it only to somebody who should. We read every answer before it is public."
        )
        % {"day": day(link.expires_at), "organisation": link.partner_request.organisation},
        _("If the link does not work, reply to this mail."),
    ]
    about = link.partner_request.action
    whole = "\n\n".join(parts) + "\n"
    return queue_mail(key=key, to=link.email, subject=subject, text=whole, kind=kind, about=about)


def subject_of(request: PartnerRequest) -> str:
    """The subject of the mail that asks."""
    title = " ".join(request.action.title.split())
    if request.kind == RequestKind.NEWS:
        return _("News wanted: %(title)s") % {"title": title}
    return _("Please pass on and report back: %(title)s") % {"title": title}


def asking_words(request: PartnerRequest) -> str:
    """What the mail asks for, in words."""
    words = {"organisation": request.organisation, "board": request.action.board.title}
    if request.kind == RequestKind.NEWS:
        asked = _("the %(board)s asks %(organisation)s for news of this promise:") % words
    else:
        asked = _("the %(board)s asks %(organisation)s to pass this on to its people and to report back:") % words
    parts = [_("Hello,"), asked, f"“{request.action.promise}”"]
    if request.due_on:
        parts.append(
            _("Please answer by %(day)s. If there is nothing new, that is an answer too.") % {"day": day(request.due_on)}
        )
    return "\n\n".join(parts)


def why_link_is_not_sent(delivery: Delivery) -> str:
    """Just before a mail with a link goes out: whether the link still opens anything."""
    link = PartnerLink.objects.filter(pk=delivery.key.split(":")[1]).select_related("partner_request__action").first()
    if link is None or not is_open(link, timezone.now()):
        return _("The link has ended or was called back.")
    return ""
