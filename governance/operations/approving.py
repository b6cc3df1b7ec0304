"""Approval by somebody else than who changed a record last: asked for, given or returned, and kept at every door."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.addresses import absolute
from governance.approving import check_approves, is_private_business, last_changed_by
from governance.enums import Role
from governance.exceptions import Refused
from governance.models import ApprovalRequest, BoardPage, User
from governance.operations.mail import queue_mail
from governance.operations.publishing import publish_record
from governance.publication import Publication
from governance.roles import group_name

KIND = "approval"
VERSIONS = 30
"""So many versions are looked at: more than anybody saves without changing a word."""


def needs_another(page: Any, parent: Any = None) -> bool:
    """Whether somebody else than who changed a record last publishes it: by its board's rule, or because it is private business.

    Args:
        page: the record.
        parent: what it is to stand below, while it is not saved.
    """
    if page.always_approved_by_another or is_private_business(page, parent):
        return True
    if not page.is_approved:
        return False
    rule = Q(approved_by_another=True) | Q(private_by_default=True)
    strict = set(BoardPage.objects.filter(rule).values_list("pk", flat=True))
    return bool(strict) and board_of(page, parent) in strict


def board_of(page: Any, parent: Any = None) -> int | None:
    """The key of the board that a record belongs to; None where it belongs to none."""
    for one in (page, parent or (page.get_parent().specific if page.path else None)):
        if isinstance(one, BoardPage):
            return one.pk
        followed = getattr(one, "board_id", None)
        if followed:
            return int(followed)
    start = page if page.path else parent
    return BoardPage.objects.ancestor_of(start, inclusive=True).values_list("pk", flat=True).first() if start else None


def changed_last_by(page: Any) -> int | None:
    """The key of who wrote a record's words as they are now."""
    versions = page.revisions.order_by("-created_at", "-pk").values_list("user", "content")[:VERSIONS]
    found: int | None = last_changed_by(versions, type(page).columns_of_the_row())
    return found


def check_form(page: Any, by: Any, changed: bool, parent: Any) -> None:
    """Before a form publishes a record: refuse who changed it last, where somebody else approves.

    Raises:
        Refused: it is the same person.
    """
    if needs_another(page, parent.specific if parent is not None else None):
        check_approves(record=page, by=by.pk, changed_by=by.pk if changed else changed_last_by(page))


def follow_publication(publication: Publication) -> None:
    """Refuse a publication by who changed the record last, where somebody else approves; else end what was asked about it.

    Every way to publish passes here, inside its transaction: what is refused did not happen.

    Raises:
        Refused: it is the same person.
    """
    page, by = publication.page, publication.by
    if by is not None and needs_another(page):
        check_approves(record=page, by=by.pk, changed_by=changed_last_by(page))
    ApprovalRequest.objects.filter(page=page.pk, closed_at=None).update(closed_at=publication.at, closed_by=by)


@transaction.atomic
def ask_for_approval(*, page: Any, by: Any, at: datetime | None = None) -> ApprovalRequest:
    """Ask the approvers of a record's board to publish it, by a mail with a link that works on a phone.

    Raises:
        Refused: nothing waits to be published, or it was asked for already.
    """
    at = at or timezone.now()
    if page.live and not page.has_unpublished_changes:
        raise Refused(_("“%(record)s” is public as it is. Nothing waits to be approved.") % {"record": page})
    if ApprovalRequest.objects.filter(page=page.pk, closed_at=None).exists():
        raise Refused(_("Approval of “%(record)s” was asked for already.") % {"record": page})
    request = ApprovalRequest.objects.create(page_id=page.pk, asked_at=at, asked_by=by)
    link = absolute(reverse("approve_record", args=[page.pk]))
    text = _("Hello,\n\n%(who)s asks you to approve “%(record)s”. What will be public, and the two buttons: %(link)s\n")
    words = {"who": _name(by), "record": page.get_admin_display_title(), "link": link}
    for approver in approvers_of(page).exclude(pk__in=[by.pk] if by else []):
        queue_mail(
            key=f"approval:{request.pk}:{approver.pk}",
            to=approver.email,
            subject=_("To approve: %(record)s") % {"record": " ".join(words["record"].split())},
            text=text % words,
            kind=KIND,
        )
    return request


@transaction.atomic
def approve_record(*, page: Any, by: Any, at: datetime | None = None) -> Any:
    """Publish a record's latest version as it stands.

    Raises:
        Refused: nothing waits, or the person changed it last and somebody else is to approve.
    """
    if page.live and not page.has_unpublished_changes:
        raise Refused(_("“%(record)s” is public as it is. Nothing waits to be approved.") % {"record": page})
    return publish_record(page=page.get_latest_revision_as_object(), by=by, at=at)


@transaction.atomic
def return_record(*, page: Any, by: Any, comment: str, at: datetime | None = None) -> None:
    """Return a draft to who changed it last, with a comment. It stays a draft.

    Raises:
        Refused: there is no comment, or nothing was asked.
    """
    if not comment.strip():
        raise Refused(_("Write what is to be changed."))
    asked = ApprovalRequest.objects.select_for_update(of=("self",)).filter(page=page.pk, closed_at=None).first()
    if asked is None:
        raise Refused(_("Nobody asks for approval of “%(record)s” any more.") % {"record": page})
    asked.closed_at, asked.closed_by, asked.comment = at or timezone.now(), by, comment.strip()
    asked.save(update_fields=["closed_at", "closed_by", "comment"])
    writer = User.objects.filter(pk=changed_last_by(page) or (asked.asked_by_id or 0)).first()
    if writer is not None and writer.email:
        link = absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        text = _("Hello,\n\n%(who)s returned “%(record)s”:\n\n%(comment)s\n\nIt is still a draft: %(link)s\n")
        title = page.get_admin_display_title()
        queue_mail(
            key=f"returned:{asked.pk}",
            to=writer.email,
            subject=_("Returned: %(record)s") % {"record": " ".join(title.split())},
            text=text % {"who": _name(by), "record": title, "comment": comment.strip(), "link": link},
            kind=KIND,
        )


def approvers_of(page: Any) -> QuerySet[User]:
    """Those who publish for the board of a record and can be reached by mail."""
    board = BoardPage.objects.filter(pk=board_of(page)).first()
    if board is None:
        return User.objects.none()
    group = group_name(Role.APPROVER, board.code)
    return User.objects.filter(groups__name=group, is_active=True).exclude(email="").distinct()


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else str(_("Somebody"))


def latest_return(page: Page) -> ApprovalRequest | None:
    """How a record was returned last, unless it was asked about again since."""
    last = ApprovalRequest.objects.filter(page=page.pk).order_by("-asked_at", "-pk").first() if page.pk else None
    return last if last is not None and last.comment else None
