"""Looking at restrictions again: continuing them, releasing words whole or in part, and telling the public in summary."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.check_records import digest as digest_of
from governance.exceptions import Refused
from governance.models import LedgerEvent, LedgerSubject
from governance.operations.ledger import enter
from governance.sealing import seal
from minutes.models import (
    ReleaseProposal,
    RestrictedPaper,
    RestrictedPart,
    RestrictedRelease,
    RestrictedWords,
    RestrictionReview,
)
from minutes.operations.papers import index_again
from minutes.operations.restricted_mail import tell_of_proposal
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
def propose_release(
    *, part: RestrictedPart, words: RestrictedWords, because: str, by: Any, at: datetime | None = None
) -> ReleaseProposal:
    """Propose to publish the words of a part, whole or with what must stay back left out. Another person reads and releases them.

    Args:
        words: as they would be published.

    Raises:
        Refused: it is released whole already, a release is proposed, its item is not public, nothing is left, or there is no reason.
        CannotOpen: no key opens what is kept back.
    """
    part = _in_force(part)
    check_item_public(part)
    if not words:
        raise Refused(_("Nothing is left to be published."))
    if not because.strip():
        raise Refused(_("Say why it is released. The public is told."))
    if proposal_of(part) is not None:
        raise Refused(_("A release of this part is proposed already. Somebody else releases or returns it first."))
    # Whoever reads the proposal has to see what is left out of it, so what is kept back must open.
    part.words()
    at = at or timezone.now()
    enter(page=part.item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=_("A release is proposed"))
    sealed = seal(asdict(words), of=part.item_id)
    proposal = ReleaseProposal.objects.create(
        part=part, sealed=sealed, version=part.version, because=because.strip(), at=at, by=by
    )
    tell_of_proposal(proposal)
    return proposal


@transaction.atomic
def release_proposed(*, proposal: ReleaseProposal, by: Any, at: datetime | None = None) -> RestrictedRelease:
    """Publish proposed words on the page of their item. The ledger has the digest of what was released; the search finds it.

    Where something is left out, or papers are still kept back, the restriction stays in force for that.

    Raises:
        Refused: the same person proposed it, it is settled, the part was written or released since, or its item is not public.
        CannotOpen: no key opens the words, so that nobody can tell whether these are all.
    """
    proposal = waiting(proposal)
    if proposal.paper_id is not None:
        raise Refused(_("This proposal is of a paper and not of words."))
    part = _in_force(proposal.part)
    check_another(proposal, by)
    check_item_public(part)
    if part.version != proposal.version:
        raise Refused(_("The part was written again since this was proposed. Return it, and have it proposed anew."))
    at, words = at or timezone.now(), proposal.words()
    whole = words == part.words() and not RestrictedPaper.objects.in_use().filter(part=part).exists()
    if whole:
        part.state = RestrictionState.RELEASED
        part.save(update_fields=["state"])
    release = RestrictedRelease.objects.create(
        item=part.item, whole=whole, because=proposal.because, at=at, by=by, **asdict(words)
    )
    note = _("Released whole") if whole else _("Released in part")
    digest = digest_of(release.as_published())
    enter(page=part.item, event=LedgerEvent.RELEASED, by=by, at=at, note=note, digest=digest, subject=LedgerSubject.RELEASE)
    settle(proposal, by=by, at=at)
    index_again(part.item)
    return release


@transaction.atomic
def return_release(*, proposal: ReleaseProposal, comment: str, by: Any, at: datetime | None = None) -> ReleaseProposal:
    """Return a proposed release with the reason; nothing is published, and the proposed words are not kept.

    Raises:
        Refused: it is settled, or there is no reason.
    """
    proposal = waiting(proposal)
    if not comment.strip():
        raise Refused(_("Write why it is returned."))
    at = at or timezone.now()
    enter(page=proposal.part.item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=_("The proposed release is returned"))
    settle(proposal, by=by, at=at, comment=comment.strip())
    return proposal


def proposal_of(part: RestrictedPart) -> ReleaseProposal | None:
    """The release of a part's words that waits for another person."""
    return ReleaseProposal.objects.filter(part=part, paper=None, settled_at=None).select_related("by", "part__item").first()


def papers_proposed(part: RestrictedPart) -> list[int]:
    """The keys of those papers of a part whose release waits for another person."""
    waits = ReleaseProposal.objects.filter(part=part, paper__isnull=False, settled_at=None)
    return list(waits.values_list("paper", flat=True))


def waiting(proposal: ReleaseProposal) -> ReleaseProposal:
    """A proposal as it stands now, held until the transaction ends.

    Raises:
        Refused: it is settled.
    """
    held = ReleaseProposal.objects.select_for_update(of=("self",)).select_related("part__item").get(pk=proposal.pk)
    if held.settled_at:
        raise Refused(_("This proposal is settled already."))
    return held


def check_another(proposal: ReleaseProposal, by: Any) -> None:
    """Refuse that who proposed a release publishes it."""
    if proposal.by_id == by.pk:
        raise Refused(_("You proposed it. Somebody else has to read it before it is public: a release cannot be taken back."))


def check_item_public(part: RestrictedPart) -> None:
    """Refuse a release onto a page that is not public."""
    if not part.item.live:
        raise Refused(_("The item is not public. Publish it first, then release what it said in private."))


def settle(proposal: ReleaseProposal, *, by: Any, at: datetime, comment: str = "") -> None:
    """Settle a proposal: what was proposed is erased, that it was is kept."""
    proposal.sealed, proposal.settled_at, proposal.settled_by, proposal.comment = "", at, by, comment
    proposal.save(update_fields=["sealed", "settled_at", "settled_by", "comment"])


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
