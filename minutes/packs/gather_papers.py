"""The uploaded papers of a pack, and the meetings that are still to come, gathered from the live records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.enums import UPCOMING, PackKind, PaperKind
from minutes.models import AgendaItemPage, MeetingPage, Pack, Paper, PaperFile, Supplement
from minutes.packs.addresses import address
from minutes.packs.content import MeetingLine
from minutes.packs.content_papers import PaperLine

MEETINGS_AHEAD = 4


def supplement_numbers(meeting: int) -> dict[int | None, int]:
    """The numbers of a meeting's public supplements, by their keys."""
    return dict(Supplement.objects.public().filter(meeting=meeting).values_list("pk", "number"))


def papers_of(
    pack: Pack, items: Sequence[AgendaItemPage], numbers: Mapping[int | None, int]
) -> dict[int, tuple[PaperLine, ...]]:
    """The papers of each item in the order they are bound, by the item's key: what supplements brought comes last.

    An agenda pack holds what came with the agenda; a supplement and the pack with its supplements hold all up to their supplement.
    `numbers` are those of the meeting's public supplements.
    """
    files = (
        PaperFile.objects.public().filter(paper__item__in=items).exclude(paper__kind=PaperKind.SIGNED).select_related("paper")
    )
    last = 0 if pack.kind == PackKind.AGENDA else numbers.get(pack.supplement_id, max(numbers.values(), default=0))
    found: dict[int, list[PaperLine]] = defaultdict(list)
    for file in files.order_by("paper__position", "paper"):
        if numbers.get(file.paper.supplement_id, 0) <= last:
            found[file.paper.item_id].append(paper_line(file, numbers.get(file.paper.supplement_id, 0)))
    return {item: tuple(sorted(lines, key=attrgetter("came_with"))) for item, lines in found.items()}


def titles_to_follow(items: Sequence[AgendaItemPage]) -> dict[int, tuple[str, ...]]:
    """The titles of papers that are announced and still to come, by the key of their item."""
    found: dict[int, tuple[str, ...]] = {}
    for item, title in Paper.objects.to_follow().filter(item__in=items).values_list("item", "title"):
        found[item] = (*found.get(item, ()), title)
    return found


def paper_line(file: PaperFile, supplement: int = 0) -> PaperLine:
    """One paper, by the checked copy in use; `supplement` is the number of the one that brought it."""
    paper = file.paper
    return PaperLine(
        key=f"paper-{paper.pk}",
        title=paper.title,
        kind_words=paper.get_kind_display(),
        stored=file.copy.name or "",
        sha256=file.copy_sha256,
        pages=file.pages or 0,
        reference=paper.reference or "",
        address=address(paper.reference),
        is_archivable=file.is_archivable,
        free_feet=tuple(file.free_feet),
        came_with=supplement,
    )


def next_meetings(meeting: MeetingPage) -> tuple[MeetingLine, ...]:
    """The board's next public meetings after this one."""
    ahead = MeetingPage.objects.child_of(meeting.board).live().filter(starts_at__gt=meeting.starts_at, status__in=UPCOMING)
    return tuple(
        MeetingLine(
            starts_at=timezone.localtime(later.starts_at),
            title=_("%(kind)s meeting") % {"kind": later.get_kind_display()},
            venue=later.venue,
            address=address(later.reference),
        )
        for later in ahead.order_by("starts_at")[:MEETINGS_AHEAD]
    )
