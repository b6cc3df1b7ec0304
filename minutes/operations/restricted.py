"""Writing and reading what an item says in private, and moving that the press and public be excluded."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.coreutils import find_available_slug

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import add_record
from governance.wording import listed
from minutes.models import (
    AgendaItemPage,
    ClosedConfirmation,
    ExemptionGround,
    MinutePage,
    ResolutionPage,
    RestrictedPart,
    RestrictedReading,
    RestrictedWords,
)
from minutes.restriction import Exclusion
from minutes.verbs import verbs_of


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What is written of a part besides its words; the public may be told all of it.

    Attributes:
        decided_by: who decided to keep it back, by their post.
        review_on: when it is looked at again.
    """

    grounds: Collection[ExemptionGround] = field(default_factory=tuple)
    public_interest: str = ""
    decided_by: str = ""
    review_on: date
    public_summary: str = ""


@transaction.atomic
def read_part(*, part: RestrictedPart, by: Any, at: datetime | None = None) -> RestrictedWords:
    """The words of a part, with a note of who opened them when.

    Raises:
        CannotOpen: no key opens them; then nothing is noted.
    """
    words = part.words()
    RestrictedReading.objects.create(part=part, by=by, at=at or timezone.now())
    return words


@transaction.atomic
def write_part(
    *, item: AgendaItemPage, words: RestrictedWords, restriction: Restriction, seen: int, by: Any, at: datetime | None = None
) -> RestrictedPart:
    """Keep what an item says in private.

    Args:
        words: empty where nothing is written yet, and papers alone are kept back.
        seen: the version that the writer had before them; 0 where there was none.

    Raises:
        Refused: a rule of keeping words back is not met, or somebody else wrote meanwhile.
    """
    at = at or timezone.now()
    item = held_item(item)
    part = RestrictedPart.objects.filter(item=item).first() or RestrictedPart(item=item)
    _check_may_be_written(part, seen)
    _check_words_stay(part, words)
    if item.get_latest_revision_as_object().exempt_ground_id is None:
        raise Refused(_("Say on the item first, under “In private”, on which ground it is taken in private."))
    check_restriction(restriction, timezone.localdate(at))
    _check_summary(part, words, restriction)
    part.keep(words)
    part.version += 1
    part.written_at, part.written_by = at, by
    for name in ("public_interest", "decided_by", "public_summary"):
        setattr(part, name, getattr(restriction, name).strip())
    part.review_on = restriction.review_on
    part.save()
    part.grounds.set(restriction.grounds)
    note = _("Part not for publication, version %(version)d") % {"version": part.version}
    enter(page=item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=note)
    return part


@transaction.atomic
def draft_exclusion(*, part: RestrictedPart, by: Any, at: datetime | None = None) -> ResolutionPage:
    """Draft the motion to exclude the press and public from an item, to be moved and decided like any other.

    Raises:
        Refused: the information is confidential, so that no motion is needed, or a motion was drafted already.
    """
    item = held_item(part.item)
    part = RestrictedPart.objects.select_related("motion").get(pk=part.pk)
    if part.exclusion == Exclusion.COMPULSORY:
        raise Refused(_("Confidential information needs no motion: the public must be excluded."))
    if not may_be_moved(part) and part.exclusion == Exclusion.NOT_MOVED:
        raise Refused(_("The minutes of this meeting are confirmed: no motion can be moved at it any more."))
    if part.exclusion != Exclusion.NOT_MOVED:
        raise Refused(_("The motion to exclude the press and public from this item is drafted already."))
    text = motion_words(list(part.grounds.all()))
    number = ResolutionPage.objects.child_of(item).count() + 1
    page = ResolutionPage(
        title=_("Exclusion of the press and public"),
        slug=find_available_slug(item, f"resolution-{number}"),
        position=number,
        text=text,
        verbs=verbs_of(text),
    )
    part.motion = add_record(parent=item, page=page, by=by, at=at)
    part.save(update_fields=["motion"])
    return page


def may_be_moved(part: RestrictedPart) -> bool:
    """Whether the motion to exclude the press and public can still be drafted for this part."""
    return part.is_in_force and part.exclusion == Exclusion.NOT_MOVED and not part.item.meeting.is_confirmed


def motion_words(grounds: list[ExemptionGround]) -> str:
    """The motion to exclude the press and public, with the paragraphs it rests on. It names no more than the law asks for."""
    laws = list(dict.fromkeys(ground.law for ground in grounds if ground.law))
    under = _(" (%(laws)s)") % {"laws": "; ".join(laws)} if laws else ""
    words = _(
        "That the press and public be excluded from the meeting while this item is considered, because exempt information as "
        "described in %(grounds)s%(laws)s is likely to be disclosed, and because in all the circumstances of the case the public "
        "interest in maintaining the exemption outweighs the public interest in disclosing the information."
    )
    return words % {"grounds": listed([ground.short_name for ground in grounds]), "laws": under}


def held_item(item: AgendaItemPage) -> AgendaItemPage:
    """The item, its row held until the transaction ends."""
    return AgendaItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)


def _check_may_be_written(part: RestrictedPart, seen: int) -> None:
    """Refuse to write over what is final, or what the writer has not seen."""
    if part.version != seen:
        raise Refused(_("Somebody else wrote this part meanwhile. Open it in another window, and put both together."))
    if not part.is_in_force:
        raise Refused(_("These words are released, so they are final."))
    if part.pk and ClosedConfirmation.objects.filter(part=part).exists():
        raise Refused(_("The closed minute is confirmed, so the closed part is final."))
    if part.pk and part.item.meeting.is_confirmed:
        raise Refused(_("The minutes of this meeting are confirmed, so the closed part is final too."))


def _check_words_stay(part: RestrictedPart, words: RestrictedWords) -> None:
    """Refuse to empty what was written. A part of which nothing was written yet may hold papers alone."""
    if not words and part.pk and part.words():
        raise Refused(
            _("Something is written here already. Change it, and leave some words: what is kept back is not emptied.")
        )


def check_restriction(restriction: Restriction, today: date) -> None:
    """Refuse a restriction that does not say why, by whom and until when.

    Raises:
        Refused: saying what is missing.
    """
    if not restriction.grounds:
        raise Refused(_("Choose the ground: the paragraphs, or that it is confidential."))
    compulsory = all(ground.compulsory for ground in restriction.grounds)
    if not compulsory and not restriction.public_interest.strip():
        raise Refused(_("Say why the public interest is served by keeping it back."))
    if not restriction.decided_by.strip():
        raise Refused(_("Say who decided to keep it back."))
    if restriction.review_on <= today:
        raise Refused(_("Give a day to come on which it is looked at again."))


def _check_summary(part: RestrictedPart, words: RestrictedWords, restriction: Restriction) -> None:
    """Refuse a closed minute of which the public is told nothing, and other words for a summary that is public."""
    summary = restriction.public_summary.strip()
    if part.summary_published_at and summary != part.public_summary:
        raise Refused(_("The public summary is public, so its words stay."))
    has_minute = MinutePage.objects.child_of(part.item).live().exists()
    if words.minute and not summary and not has_minute:
        raise Refused(_("Write a public summary: the item has no public minute, so the public would not know what happened."))
