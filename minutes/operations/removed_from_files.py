"""What follows for files when words are removed: packs that tell of them are withdrawn and made anew, and so are annual reports."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.exceptions import Refused
from governance.models import Removal
from governance.removing import Removed
from minutes.enums import SERVED, PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack
from minutes.operations.annual_reports import empty_reports
from minutes.operations.pack_withdrawal import ask_again, withdraw_pack
from minutes.operations.packing import forget_sections

logger = logging.getLogger(__name__)


def follow_removal(removed: Removed) -> None:
    """Withdraw every pack that may hold the words, and ask for those that were issued anew."""
    gone = list(_packs_with(removed).order_by("pk").select_related("meeting"))
    reason = _("Words were removed from the records that it was made of.")
    for pack in gone:
        withdraw_pack(pack=pack, by=removed.by, reason=reason, at=removed.at)
    for pack in gone:
        if pack.state == PackState.ISSUED and pack.kind != PackKind.SUPPLEMENT:
            _ask_again(pack, removed)
    empty_reports(keys=removed.rows.get("minutes.AnnualReport", set()), at=removed.at)


def _packs_with(removed: Removed) -> QuerySet[Pack]:
    """Those served of the meetings that a changed page belongs to and of those at which their minutes are confirmed.

    A pack of one item alone holds nothing of other items.
    """
    items, meetings = _above(removed.pages, AgendaItemPage), _above(removed.pages, MeetingPage)
    whole = meetings & removed.pages
    confirming = AgendaItemPage.objects.filter(confirms_minutes_of__in=meetings).values_list("pk", flat=True)
    meetings |= _above(set(confirming), MeetingPage)
    of_items = ~Q(kind=PackKind.ITEM) | Q(item__in=items) | Q(meeting__in=whole)
    told = Q(meeting__in=meetings) & of_items
    return Pack.objects.filter(told | Q(pk__in=removed.rows.get("minutes.Pack", set())), state__in=SERVED)


def _above(keys: set[int], model: Any) -> set[int]:
    """The pages of a class that pages are or stand below."""
    paths = Page.objects.filter(pk__in=keys).values_list("path", flat=True)
    above = {path[:end] for path in paths for end in range(Page.steplen, len(path) + 1, Page.steplen)}
    return set(model.objects.filter(path__in=above).values_list("pk", flat=True))


def _ask_again(pack: Pack, removed: Removed) -> None:
    try:
        with transaction.atomic():
            ask_again(pack, by=removed.by, at=removed.at)
    except Refused as refusal:
        logger.info("No pack is made instead of %s: %s", pack.reference, refusal)


def forget_rendered() -> int:
    """Throw away the sections that were rendered before words were last removed. For the worker, while no pack is being built.

    Returns:
        How many there were.
    """
    done = Removal.objects.exclude(entry=None).order_by("-settled_at").values_list("settled_at", flat=True).first()
    if done is None or Pack.objects.filter(state=PackState.BUILDING).exists():
        return 0
    return forget_sections(rendered_before=done)
