"""The versions of one pack: those that supersede each other."""

from django.db.models import QuerySet

from minutes.enums import SERVED, PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack, Supplement


def series_of(
    meeting: MeetingPage,
    kind: str,
    audience: str,
    edition: str,
    item: AgendaItemPage | None = None,
    supplement: Supplement | None = None,
) -> QuerySet[Pack]:
    """The versions of one pack, issued or not."""
    series = Pack.objects.filter(meeting=meeting, kind=kind, audience=audience, edition=edition, item=item)
    return series.filter(supplement=supplement) if kind == PackKind.SUPPLEMENT else series


def series_of_pack(row: Pack) -> QuerySet[Pack]:
    """The versions of this pack, itself among them."""
    return series_of(row.meeting, row.kind, row.audience, row.edition, row.item, row.supplement)


def issued_before(row: Pack) -> Pack | None:
    """The version that is issued now, and that this one will supersede."""
    return series_of_pack(row).filter(state=PackState.ISSUED).exclude(pk=row.pk).order_by("version").last()


NUMBERED_TOGETHER = frozenset({PackKind.AGENDA, PackKind.SUPPLEMENT, PackKind.CONSOLIDATED})
"""Packs whose page numbers are one: what a supplement adds stands under the same number in the pack with everything."""


def base_of(row: Pack) -> Pack | None:
    """The pack whose page numbers a new one keeps: the latest whole pack of the same agenda, else the version before it."""
    if row.kind not in NUMBERED_TOGETHER:
        return issued_before(row)
    whole = Pack.objects.filter(meeting=row.meeting_id, audience=row.audience, edition=row.edition)
    issued = whole.filter(kind__in=[PackKind.AGENDA, PackKind.CONSOLIDATED], state__in=SERVED).exclude(pk=row.pk)
    return issued.order_by("issued_at", "pk").last()
