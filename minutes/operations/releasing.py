"""Looking at restrictions again: continuing them, releasing words whole or in part, and telling the public in summary."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.models import RestrictedPart, RestrictedRelease, RestrictedWords, RestrictionReview
from minutes.restriction import RestrictionState


@transaction.atomic
def continue_restriction(
    *, part: RestrictedPart, reason: str, review_on: date, by: Any, at: datetime | None = None
) -> RestrictionReview:
    """Keep a part back until another day, with the reason.

    Raises:
        Refused: it is released, there is no reason, or the day is not to come.
    """
    at = at or timezone.now()
    part = _in_force(part)
    if not reason.strip():
        raise Refused(_("Say why it is still kept back."))
    if review_on <= timezone.localdate(at):
        raise Refused(_("Give a day to come on which it is looked at again."))
    part.review_on = review_on
    part.save(update_fields=["review_on"])
    note = _("Still not for publication; looked at again on %(day)s") % {"day": review_on.isoformat()}
    enter(page=part.item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=note)
    return RestrictionReview.objects.create(part=part, reason=reason.strip(), review_on=review_on, at=at, by=by)


@transaction.atomic
def release_part(
    *, part: RestrictedPart, words: RestrictedWords, because: str, by: Any, at: datetime | None = None
) -> RestrictedRelease:
    """Publish the words of a part on the page of its item, whole or with what must stay back left out.

    Where something is left out the restriction stays in force for that.

    Args:
        words: as they are published.

    Raises:
        Refused: it is released whole already, its item is not public, nothing is left, or there is no reason.
        CannotOpen: no key opens the words, so that nobody can tell whether these are all.
    """
    at = at or timezone.now()
    part = _in_force(part)
    if not part.item.live:
        raise Refused(_("The item is not public. Publish it first, then release what it said in private."))
    if not words:
        raise Refused(_("Nothing is left to be published."))
    if not because.strip():
        raise Refused(_("Say why it is released. The public is told."))
    whole = words == part.words()
    if whole:
        part.state = RestrictionState.RELEASED
        part.save(update_fields=["state"])
    note = _("Released whole") if whole else _("Released in part")
    enter(page=part.item, event=LedgerEvent.RELEASED, by=by, at=at, note=note)
    return RestrictedRelease.objects.create(item=part.item, whole=whole, because=because.strip(), at=at, by=by, **asdict(words))


@transaction.atomic
def publish_summary(*, part: RestrictedPart, by: Any, at: datetime | None = None) -> RestrictedPart:
    """Publish the summary of a part on the page of its item. It is read by another person than its writer first.

    Raises:
        Refused: there is none, it is public, or the same person wrote it.
    """
    at = at or timezone.now()
    part = RestrictedPart.objects.select_for_update(of=("self",)).select_related("item").get(pk=part.pk)
    if not part.public_summary:
        raise Refused(_("No public summary is written."))
    if part.summary_published_at:
        raise Refused(_("The public summary is public already."))
    if part.written_by_id == by.pk:
        raise Refused(
            _("You wrote it. Somebody else has to read it before it is public: a word too many cannot be taken back.")
        )
    part.summary_published_at, part.summary_published_by = at, by
    part.save(update_fields=["summary_published_at", "summary_published_by"])
    enter(page=part.item, event=LedgerEvent.PUBLISHED, by=by, at=at, note=_("Public summary of the part not for publication"))
    return part


def _in_force(part: RestrictedPart) -> RestrictedPart:
    """The part, its row held until the transaction ends.

    Raises:
        Refused: it is released.
    """
    held = RestrictedPart.objects.select_for_update(of=("self",)).select_related("item").get(pk=part.pk)
    if not held.is_in_force:
        raise Refused(_("This part is released already."))
    return held
