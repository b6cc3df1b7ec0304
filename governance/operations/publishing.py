"""Publishing and withdrawing records: the same door for people, the scheduler, imports and the demonstration."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageLogEntry, Revision

from governance.acting import acting
from governance.exceptions import FrozenRecord, Refused
from governance.models import LedgerEvent, LedgerSubject, Withdrawal
from governance.operations.ledger import content_digest, enter
from governance.operations.references import give_reference, remember_address
from governance.publication import Publication, tell_published, tell_withdrawn


@transaction.atomic
def add_record(*, parent: Page, page: Any, by: Any, at: datetime | None = None, publish: bool = False) -> Any:
    """Add a record below another, as a draft or published at once.

    Args:
        parent: the page it belongs under.
        page: the record, not saved yet.
        by: whose record it is.
        at: when; now unless it is replayed.
        publish: whether it is public at once.

    Raises:
        ValidationError: a field is missing or wrong.
    """
    page.live = False
    page.owner = by
    parent.add_child(instance=page)
    if publish:
        return publish_record(page=page, by=by, at=at)
    revision = page.save_revision(user=by)
    if at is not None:
        _replay_version(page, revision, at)
    return page


@transaction.atomic
def publish_record(*, page: Any, by: Any, at: datetime | None = None) -> Any:
    """Publish a record as it stands, with everything that follows from it.

    Raises:
        FrozenRecord: the record is final.
    """
    hold_record(page)
    if page.is_frozen:
        raise FrozenRecord(page.frozen_because)
    if at is not None and page.first_published_at is None:
        # Set beforehand, so that what follows from the publication counts from then.
        page.first_published_at = at
        Page.objects.filter(pk=page.pk).update(first_published_at=at)
    with acting(by=by, at=at or timezone.now()):
        revision = page.save_revision(user=by)
        revision.publish(user=by, skip_permission_checks=True)
    if at is not None:
        _replay_version(page, revision, at)
        Page.objects.filter(pk=page.pk).update(last_published_at=at)
    return type(page).objects.get(pk=page.pk)


def hold_record(page: Any) -> None:
    """Hold a record until the transaction ends, and give it what nobody types as its row has that now.

    It may have been read before somebody else published or moved it: its reference would be lost, or its place taken twice.
    """
    Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").get()
    names = [page._meta.get_field(name).attname for name in ("first_published_at", *page.columns_of_the_row())]
    for name, value in type(page)._default_manager.filter(pk=page.pk).values(*names).get().items():
        setattr(page, name, value)


def _replay_version(page: Any, revision: Any, at: datetime) -> None:
    """Set the time that a replayed version was written at, on the page, the version and the page's log."""
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=at)
    Revision.objects.filter(pk=revision.pk).update(created_at=at)
    PageLogEntry.objects.filter(page=page.pk, revision=revision.pk).update(timestamp=at)


@transaction.atomic
def withdraw_record(*, page: Any, by: Any, reason: str, at: datetime | None = None) -> Withdrawal:
    """Take a record out of public view and leave a tombstone that says why.

    Raises:
        Refused: it is not public, no reason is given, or it is final.
    """
    if page.is_frozen and not page.withdrawn_when_final:
        raise FrozenRecord(page.frozen_because)
    if not page.live:
        raise Refused(_("“%(record)s” is not public, so there is nothing to withdraw.") % {"record": page})
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown to anyone who follows the old address."))
    with acting(by=by, at=at or timezone.now(), reason=reason.strip()):
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    return page.withdrawals.first()


@transaction.atomic
def put_back(*, page: Any, by: Any, at: datetime | None = None) -> Any:
    """Make a record public again as it was when it was taken out at once, a final one too: not a word of it has changed since.

    Raises:
        Refused: it was not taken out at once, or the same person took it out.
    """
    taken = page.withdrawals.filter(hides_title=True, restored_at=None).first()
    if taken is None:
        raise Refused(_("“%(record)s” was not taken out at once.") % {"record": page})
    if by is None or taken.by_id == by.pk:
        raise Refused(_("You took it out. Somebody else has to look at it before it is public again."))
    page.withdrawals.filter(pk=taken.pk).update(hides_title=False)
    row = type(page).objects.get(pk=page.pk)
    with acting(by=by, at=at or timezone.now()):
        revision = row.save_revision(user=by, clean=False)
        revision.publish(user=by, skip_permission_checks=True)
    return type(page).objects.get(pk=page.pk)


def taken_out_at_once() -> Any:
    """The keys of the records that were taken out at once and are not put back: no step on many records publishes them."""
    return Withdrawal.objects.filter(hides_title=True, restored_at=None).values("page")


def refuse_taken_out(publication: Publication) -> None:
    """Refuse, at every door, to publish again what was taken out at once, until somebody else puts it back.

    Raises:
        Refused: it is not put back.
    """
    check_not_taken_out(publication.page)


def check_not_taken_out(page: Any, *asked: Any) -> None:
    """The same before a form publishes, so that what was typed stays in it.

    Raises:
        Refused: it is not put back.
    """
    if page.pk and page.withdrawals.filter(hides_title=True).exists():
        words = _(
            "“%(record)s” was taken out in an emergency. Somebody else has to put it back first, on the page of that withdrawal."
        )
        raise Refused(words % {"record": page})


def became_public(*, page: Any, by: Any, at: datetime) -> None:
    """What follows from any publication: reference, address, ledger, and what the apps registered. Called by the signal."""
    first = not page.ledger_entries.filter(event=LedgerEvent.PUBLISHED).exists()
    give_reference(page=page, at=at)
    remember_address(page=page, at=at)
    page.withdrawals.filter(restored_at=None).update(restored_at=at)
    event = LedgerEvent.PUBLISHED if first else LedgerEvent.CHANGED
    enter(page=page, event=event, by=by, at=at, digest=content_digest(page), subject=LedgerSubject.RECORD)
    tell_published(Publication(page=page, by=by, at=at))


def ceased_to_be_public(*, page: Any, by: Any, at: datetime, reason: str) -> None:
    """What follows from any withdrawal. Called by the signal."""
    Withdrawal.objects.create(page_id=page.pk, reason=reason, at=at, by=by)
    enter(page=page, event=LedgerEvent.WITHDRAWN, by=by, at=at, note=reason, subject=LedgerSubject.RECORD)
    tell_withdrawn(Publication(page=page, by=by, at=at))
