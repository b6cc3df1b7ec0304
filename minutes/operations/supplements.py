"""Supplements: late papers and urgent items, added to an agenda that is public, all or none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import publish_record
from minutes.enums import PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper, Supplement
from minutes.operations.packing import ask_for_supplement_packs
from minutes.operations.papers import publish_papers
from minutes.policies import check_takes_supplement


@transaction.atomic
def publish_supplement(
    *,
    meeting: MeetingPage,
    says: str,
    by: Any,
    papers: Sequence[Paper] = (),
    items: Sequence[AgendaItemPage] = (),
    late_because: str = "",
    at: datetime | None = None,
) -> Supplement:
    """Publish late papers and items as the next supplement of a meeting's agenda, and ask for its packs: people are told when they are issued.

    Args:
        says: what is new, in one sentence. It is sent to the members and stands on the page.
        papers: checked papers of this meeting's items.
        items: items of this meeting that are not public yet; their checked papers come with them.
        late_because: why it could not be published with the agenda.

    Returns:
        The supplement, public.

    Raises:
        Refused: one of them is not ready, belongs to another meeting, or nothing is new.
    """
    at = at or timezone.now()
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_takes_supplement(meeting, says=says, new=[*papers, *items])
    number = (meeting.supplements.aggregate(last=Max("number"))["last"] or 0) + 1
    supplement = Supplement.objects.create(
        meeting=meeting, number=number, says=says.strip(), late_because=late_because.strip(), published_at=at, published_by=by
    )
    for item in items:
        _publish_item(meeting, item, supplement, by=by, at=at)
    _publish_papers(meeting, supplement, papers, items, by=by, at=at)
    note = _("Supplement %(number)s published: %(says)s") % {"number": number, "says": supplement.says}
    enter(page=meeting, event=LedgerEvent.ISSUED, by=by, at=at, note=note)
    ask_for_supplement_packs(supplement=supplement, by=by, at=at)
    return supplement


def _publish_item(meeting: MeetingPage, item: AgendaItemPage, supplement: Supplement, *, by: Any, at: datetime) -> None:
    _check_of_this_meeting(meeting, [item])
    if item.live:
        raise Refused(_("“%(item)s” is public already.") % {"item": item})
    AgendaItemPage.objects.filter(pk=item.pk).update(supplement=supplement)
    # Read again, because what no editor types comes from the row and not from the revision.
    item = AgendaItemPage.objects.get(pk=item.pk)
    publish_record(page=item.get_latest_revision_as_object(), by=by, at=at)


def _publish_papers(
    meeting: MeetingPage,
    supplement: Supplement,
    papers: Sequence[Paper],
    items: Sequence[AgendaItemPage],
    *,
    by: Any,
    at: datetime,
) -> None:
    """Publish the papers wanted, and those that are ready of the items that come with them."""
    _check_of_this_meeting(meeting, [paper.item for paper in papers])
    wanted = {paper.pk for paper in papers}
    with_items = Paper.objects.filter(item__in=[item.pk for item in items], state=PaperState.CHECKED).exclude(pk__in=wanted)
    every = [*papers, *with_items.order_by("item__position", "position", "pk")]
    published = publish_papers(papers=every, by=by, at=at, supplement=supplement)
    missing = wanted - {paper.pk for paper in published}
    if missing:
        names = ", ".join(f"“{paper}”" for paper in papers if paper.pk in missing)
        raise Refused(_("Not ready to be published: %(papers)s. Nothing was published.") % {"papers": names})


def _check_of_this_meeting(meeting: MeetingPage, items: Sequence[AgendaItemPage]) -> None:
    for item in items:
        if not item.is_child_of(meeting):
            raise Refused(_("“%(item)s” is not an item of this meeting.") % {"item": item})
