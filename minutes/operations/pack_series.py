"""The versions of one pack: those that supersede each other."""

from django.db.models import QuerySet

from minutes.enums import PackKind, PackState
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


NUMBERED_TOGETHER = (PackKind.AGENDA, PackKind.SUPPLEMENT, PackKind.CONSOLIDATED)
"""Packs of one meeting that give a page the same number."""


def numbered_with(row: Pack) -> list[Pack]:
    """The latest version of each pack that is numbered together with this one, even a withdrawn one; the one issued last comes first."""
    # One item on its own keeps the numbers it has in the whole.
    kinds = NUMBERED_TOGETHER if row.kind in {*NUMBERED_TOGETHER, PackKind.ITEM} else ()
    issued = Pack.objects.filter(meeting=row.meeting_id, audience=row.audience, edition=row.edition, kind__in=kinds)
    latest: dict[tuple[str, int | None], Pack] = {}
    for pack in issued.exclude(issued_at=None).exclude(pk=row.pk).order_by("-issued_at", "-pk").defer("contents"):
        latest.setdefault((pack.kind, pack.supplement_id if pack.kind == PackKind.SUPPLEMENT else None), pack)
    return list(latest.values())


def base_of(row: Pack) -> Pack | None:
    """The pack whose page numbers a new one keeps: the version before it, even a withdrawn one; a supplement those of the whole pack."""
    earlier = Pack.objects.filter(meeting=row.meeting_id, audience=row.audience, edition=row.edition).exclude(issued_at=None)
    kinds = {
        PackKind.SUPPLEMENT: [PackKind.CONSOLIDATED, PackKind.AGENDA],
        PackKind.CONSOLIDATED: [PackKind.CONSOLIDATED, PackKind.AGENDA],
    }.get(PackKind(row.kind), [PackKind(row.kind)])
    latest = {pack.kind: pack for pack in earlier.filter(kind__in=kinds, item=row.item).order_by("version").exclude(pk=row.pk)}
    return next((latest[kind] for kind in kinds if kind in latest), None)
