"""Moving what an item says already into its part not for publication, out of everything that was ever written of it."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Revision

from governance.content import content_of
from governance.exceptions import Refused
from governance.models import LedgerEvent, Removal, RemovalKind
from governance.operations.ledger import enter
from governance.operations.removals import (
    ask_for_removal,
    check_passages,
    held,
    remove_words,
    tell_what_records_say,
    words_asked,
)
from governance.passages import Passages
from minutes.models import AgendaItemPage, ExemptionGround, MinutePage, ResolutionPage, RestrictedPart, RestrictedWords
from minutes.operations.restricted import Restriction, check_restriction, held_item


@transaction.atomic
def ask_to_restrict(
    *, item: AgendaItemPage, words: RestrictedWords, restriction: Restriction, reason: str, by: Any, at: datetime | None = None
) -> Removal:
    """Ask that words which stand on an item, its minute or its resolutions be moved to its part not for publication.

    Another person carries it out (decision 105). What must be out of sight at once is withdrawn in an emergency first.

    Args:
        words: as they stand there, line by line.
        restriction: why they are kept back, by whom and until when.
        reason: why they are moved now. It is kept with the ledger, and not public.

    Raises:
        Refused: a rule of keeping words back is not met, or a line stands nowhere on the item.
    """
    item = held_item(item)
    if not words:
        raise Refused(_("Write what is not for publication."))
    check_restriction(restriction, timezone.localdate(at or timezone.now()))
    _check_may_be_moved(item)
    passages = Passages.of(asdict(words).values())
    check_passages(passages)
    told = " ".join((restriction.public_interest, restriction.decided_by, restriction.public_summary))
    if passages.count(told):
        raise Refused(_("What the public is told of the restriction repeats the words that are moved. Say it without them."))
    for line in passages.words:
        if not any(Passages((line,)).count(text) for text in _texts_of(item)):
            raise Refused(
                _("“%(words)s” does not stand on this item, its minute or its resolutions. Copy the words as they stand.")
                % {"words": line}
            )
    return ask_for_removal(
        page=item,
        kind=RemovalKind.RESTRICT,
        words=asdict(words),
        reason=reason,
        by=by,
        at=at,
        besides=_besides(restriction),
    )


@transaction.atomic
def restrict(*, removal: Removal, by: Any, at: datetime | None = None) -> RestrictedPart:
    """Move the words: into the sealed part, and a marker with the ledger entry's number into every place they stood in.

    Raises:
        Refused: it is settled, the same person asked for it, or the words stand nowhere any more.
        CannotOpen: no key opens what was asked for.
    """
    removal, at = held(removal), at or timezone.now()
    opened, besides = words_asked(removal)
    words, restriction = RestrictedWords(**opened), restriction_of(besides)
    item = held_item(AgendaItemPage.objects.get(pk=removal.page_id))
    _check_may_be_moved(item)
    _say_the_ground(item, restriction)
    done = remove_words(removal=removal, passages=Passages.of(opened.values()), page=item, by=by, at=at)
    part = _keep(item, words, restriction, by=by, at=at)
    note = _("Part not for publication, version %(version)d") % {"version": part.version}
    enter(page=item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=note)
    if done.entry is not None:
        tell_what_records_say({item.pk}, done.entry, by=by, at=at)
    return part


def restriction_of(besides: str) -> Restriction:
    """The restriction that was asked for with the words."""
    asked = json.loads(besides)
    grounds = list(ExemptionGround.objects.filter(pk__in=asked.pop("grounds")))
    return Restriction(grounds=grounds, **{**asked, "review_on": date.fromisoformat(asked["review_on"])})


def removal_asked(item: AgendaItemPage) -> Removal | None:
    """The move of words of this item that waits for another person."""
    waiting = Removal.objects.filter(page=item.pk, kind=RemovalKind.RESTRICT, settled_at=None)
    return waiting.select_related("asked_by").first()


def _besides(restriction: Restriction) -> str:
    told = {name: getattr(restriction, name) for name in ("public_interest", "decided_by", "public_summary")}
    grounds = [ground.pk for ground in restriction.grounds]
    return json.dumps({**told, "grounds": grounds, "review_on": restriction.review_on.isoformat()})


def _check_may_be_moved(item: AgendaItemPage) -> None:
    """Refuse while words were released, which is final.

    Raises:
        Refused: saying what to do instead.
    """
    part = RestrictedPart.objects.filter(item=item).first()
    if part is not None and not part.is_in_force:
        raise Refused(
            _("What this item said in private was released whole, and a release is final. Withdraw the item instead.")
        )


def _texts_of(item: AgendaItemPage) -> list[Any]:
    """What the item and what is minuted of it say, as they are and as they are drafted, and in their former versions."""
    records = [item, *MinutePage.objects.child_of(item), *ResolutionPage.objects.child_of(item)]
    found = [content_of(record) for record in records]
    for record in records:
        found += Revision.objects.for_instance(record).values_list("content", flat=True)
    return found


def _say_the_ground(item: AgendaItemPage, restriction: Restriction) -> None:
    """The item says on which ground it keeps words back, as every item with such a part does; its latest version too."""
    if item.exempt_ground_id is not None:
        return
    ground = next(iter(restriction.grounds))
    says = {
        "exempt_reason": restriction.public_interest.strip() or str(ground),
        "exempt_review_on": restriction.review_on,
    }
    AgendaItemPage.objects.filter(pk=item.pk).update(exempt_ground=ground, **says)
    version = Revision.objects.filter(pk=item.latest_revision_id).first()
    if version is not None and not version.content.get("exempt_ground"):
        version.content |= {**says, "exempt_ground": ground.pk, "exempt_review_on": restriction.review_on.isoformat()}
        Revision.objects.filter(pk=version.pk).update(content=version.content)


def _keep(item: AgendaItemPage, words: RestrictedWords, restriction: Restriction, *, by: Any, at: datetime) -> RestrictedPart:
    """The words in the part of the item, after those that it holds already."""
    part = RestrictedPart.objects.select_for_update(of=("self",)).filter(item=item).first()
    if part is None:
        part = RestrictedPart(item=item, public_summary=restriction.public_summary.strip())
    else:
        words = _together(part.words(), words)
        if not part.summary_published_at and restriction.public_summary.strip():
            part.public_summary = restriction.public_summary.strip()
    part.keep(words)
    part.version += 1
    part.written_at, part.written_by = at, by
    part.public_interest, part.decided_by = restriction.public_interest.strip(), restriction.decided_by.strip()
    part.review_on = restriction.review_on
    part.save()
    part.grounds.add(*restriction.grounds)
    return part


def _together(before: RestrictedWords, words: RestrictedWords) -> RestrictedWords:
    both = {name: "\n\n".join(filter(None, [text, getattr(words, name)])) for name, text in asdict(before).items()}
    return replace(words, **both)
