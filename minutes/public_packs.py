"""What the public sees of packs: which are issued, which were before, what changed, and on which page an item begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.gathering import rows_of
from governance.remembering import once
from minutes.enums import PackEdition, PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack, Paper
from minutes.packs.numbering import place_of
from minutes.packs.plan import section_that_answers

ORDER = (
    PackKind.CONSOLIDATED,
    PackKind.AGENDA,
    PackKind.SUPPLEMENT,
    PackKind.DECISIONS,
    PackKind.MINUTES,
    PackKind.ACTIONS,
    PackKind.ITEM,
)


@dataclass
class Versions:
    """One pack of a meeting with all its versions.

    Attributes:
        current: the version that is issued now, in the standard edition.
        editions: the same in other editions, each as issued now.
        earlier: versions of the standard edition that were issued before, the latest first, those withdrawn too.
    """

    current: Pack | None = None
    editions: list[Pack] = field(default_factory=list)
    earlier: list[Pack] = field(default_factory=list)

    @property
    def any(self) -> Pack:
        """One of them, for what they share."""
        return [*filter(None, [self.current]), *self.editions, *self.earlier][0]


def packs_of(meeting: MeetingPage) -> list[Versions]:
    """The packs of a live meeting, in the order in which people need them."""
    return _by_series([pack for pack in _told(meeting) if pack.kind != PackKind.ITEM])


def packs_of_item(item: AgendaItemPage) -> list[Versions]:
    """The packs of one live item: what can be handed on without the rest of the agenda."""
    return _by_series(rows_of(item, "packs"))


def pack_in_use(meeting: MeetingPage) -> Pack | None:
    """The pack that holds everything: the agenda with its supplements, or the agenda pack while there is none."""
    told = [pack for pack in _told(meeting) if pack.state == PackState.ISSUED and pack.edition == PackEdition.STANDARD]
    packs = {pack.kind: pack for pack in sorted(told, key=lambda pack: pack.version)}
    return packs.get(PackKind.CONSOLIDATED) or packs.get(PackKind.AGENDA)


def current_version(pack: Pack) -> Pack | None:
    """The version of this pack that the public reads now, if there is one."""
    same = {"kind": pack.kind, "edition": pack.edition, "item": pack.item_id}
    current = Pack.objects.public().current().filter(meeting=pack.meeting_id, **same)
    if pack.kind == PackKind.SUPPLEMENT:
        current = current.filter(supplement=pack.supplement_id)
    return current.order_by("version").last()


def first_pages(pack: Pack | None) -> Mapping[str, str]:
    """On which printed page each section of a pack begins, by the section's key."""
    layout: Sequence[Mapping[str, Any]] = pack.layout if pack is not None else []
    return {section["key"]: str(section["labels"][0]) for section in layout if section.get("labels")}


def page_of_item(pages: Mapping[str, str], item: AgendaItemPage, papers: Sequence[Paper]) -> str:
    """On which printed page an item begins, as the pack's own contents say; empty where the pack has nothing of it.

    Args:
        pages: see `first_pages`.
        item: of the agenda.
        papers: its public papers.
    """
    if own := pages.get(f"item-{item.number or item.position}"):
        return own
    begins = [page for paper in papers if (page := pages.get(f"paper-{paper.pk}"))]
    return min(begins, key=place_of) if begins else pages.get(section_that_answers(item.title, item.standing_kind), "")


def _told(meeting: MeetingPage) -> list[Pack]:
    """All packs that the page of a meeting tells of, in one query."""
    return once(meeting, "packs", lambda: list(Pack.objects.told().light().filter(meeting=meeting.pk)))


def _by_series(packs: Sequence[Pack]) -> list[Versions]:
    series: dict[tuple[int, int], Versions] = {}
    for pack in sorted(packs, key=lambda pack: (ORDER.index(PackKind(pack.kind)), pack.supplement_number, -pack.version)):
        versions = series.setdefault((ORDER.index(PackKind(pack.kind)), pack.supplement_number), Versions())
        if pack.edition != PackEdition.STANDARD:
            if pack.state == PackState.ISSUED:
                versions.editions.append(pack)
        elif pack.state == PackState.ISSUED:
            versions.current = pack
        else:
            versions.earlier.append(pack)
    return [versions for versions in series.values() if versions.current or versions.editions or versions.earlier]
