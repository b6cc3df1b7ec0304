"""Who reads what an item says in private: one policy that every door asks."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from wagtail.models import Page

from governance.lineage import path_above
from governance.models import Membership
from governance.second_factor import require_second_factor
from minutes.models import (
    AgendaItemPage,
    JointBoard,
    MeetingPage,
    MinutePage,
    Pack,
    ResolutionPage,
    RestrictedPaper,
    RestrictedPart,
    RestrictedRelease,
    SealedSection,
)
from minutes.models.restricted_papers import COPY, ORIGINAL
from minutes.models.rooms import declarations
from minutes.restriction import RestrictedPaperState


def may_read_restricted(user: Any, part: RestrictedPart) -> bool:
    """Whether the person reads this part.

    Those who write or publish for the board and who looks at everything; and, once the agenda is public, the members of the board.
    Nobody who declared an interest in the item and left for it, whatever else they are.
    """
    if not user.is_active:
        return False
    item = part.item
    if withdrawn_from(getattr(user, "person", None), [item]):
        return False
    rights = item.permissions_for_user(user)
    return any(rights.holds(code) for code in ("add", "publish", "view")) or (item.live and _sits_for(user, item))


def may_write_restricted(user: Any, item: AgendaItemPage) -> bool:
    """Whether the person writes the part of this item that is not for publication: democratic services of the board."""
    return _works_on(user, item, "add")


def may_release_restricted(user: Any, item: AgendaItemPage) -> bool:
    """Whether the person continues a restriction, releases words and publishes a summary: those who publish for the board."""
    return _works_on(user, item, "publish")


def has_restricted_part(record: Any, parent: Any = None) -> bool:
    """Whether something of an item is kept back: asked of the item, and of what is minuted of it.

    Args:
        parent: what the record is to stand below, while it is not saved.
    """
    if isinstance(record, AgendaItemPage):
        return bool(record.pk) and RestrictedPart.objects.filter(item=record.pk).exists()
    if not isinstance(record, MinutePage | ResolutionPage):
        return False
    return RestrictedPart.objects.filter(item__path=path_above(record) if record.path else getattr(parent, "path", "")).exists()


def released_texts(item: AgendaItemPage) -> list[str]:
    """What was released of a public item, the latest alone, as its page shows it."""
    if not item.exempt_ground_id:
        # Its page shows none then, and a search asks this of every item it finds.
        return []
    release = RestrictedRelease.objects.public().filter(item=item.pk).first()
    return [words for _heading, words in release.told()] if release is not None else []


def part_open_to(user: Any, item: int) -> RestrictedPart | None:
    """The part of an item, if there is one and the person may read it. Which of the two is missing is not told."""
    part = RestrictedPart.objects.filter(item=item).select_related("item", "motion").first()
    return part if part is not None and may_read_restricted(user, part) else None


def part_to_show(request: HttpRequest, item: int) -> RestrictedPart:
    """The part that somebody asks for.

    Raises:
        Http404: there is none, or not for this person; neither is told apart.
        SecondFactorNeeded: they have to give a second factor first.
    """
    part = part_open_to(request.user, item)
    if part is None:
        raise Http404
    require_second_factor(request)
    return part


def paper_to_show(request: HttpRequest, key: int, which: str) -> RestrictedPaper:
    """The restricted paper that somebody asks for, whose file of that sort there is.

    Whoever reads the part reads the checked copy of its papers in use. What was uploaded, and papers that are not checked or were taken
    back, only those who write the part or release it.

    Raises:
        Http404: there is none, or not for this person; neither is told apart.
        SecondFactorNeeded: they have to give a second factor first.
    """
    paper = RestrictedPaper.objects.select_related("part__item", "part__motion").filter(pk=key).first()
    if paper is None or which not in {ORIGINAL, COPY} or not getattr(paper, which):
        raise Http404
    if not may_read_restricted(request.user, paper.part) or not _may_read_file(request.user, paper, which):
        raise Http404
    require_second_factor(request)
    return paper


def papers_of_part(user: Any, part: RestrictedPart) -> list[RestrictedPaper]:
    """The restricted papers of a part that somebody who reads it is shown: those in use, and the others to those who work on it."""
    every = RestrictedPaper.objects.filter(part=part).select_related("part__item", "uploaded_by", "accepted_by", "released_as")
    papers = list(every.defer("sealed_text").order_by("number", "-version"))
    if _works_on_files(user, part.item):
        return papers
    return [paper for paper in papers if paper.state == RestrictedPaperState.CHECKED]


def _may_read_file(user: Any, paper: RestrictedPaper, which: str) -> bool:
    if which == COPY and paper.state == RestrictedPaperState.CHECKED:
        return True
    return _works_on_files(user, paper.part.item)


def _works_on_files(user: Any, item: AgendaItemPage) -> bool:
    return may_write_restricted(user, item) or may_release_restricted(user, item)


def sections_open_to(user: Any, pack: Pack) -> list[SealedSection]:
    """The sections not for publication of a members' pack that the person reads, its front first; none where they read no part of it.

    Whoever left for an item by a declared interest does not get its sections, from the moment that is written.
    """
    sections = SealedSection.objects.filter(pack=pack, withdrawn_at=None).select_related("part__item").order_by("position")
    rows = list(sections)
    parts = {row.part_id: row.part for row in rows if row.part is not None}
    reads = {key for key, part in parts.items() if may_read_restricted(user, part)}
    return [row for row in rows if row.part_id is None or row.part_id in reads] if reads else []


def parts_for_member(user: Any, meetings: Iterable[MeetingPage]) -> dict[int, list[AgendaItemPage]]:
    """The items of a member's meetings whose restricted part they read, by the key of the meeting. Four queries at most.

    Args:
        meetings: live ones of boards that the person sits on.
    """
    by_path = {meeting.path: meeting.pk for meeting in meetings}
    parts = RestrictedPart.objects.filter(_below(by_path), item__live=True).select_related("item")
    items = [part.item for part in parts.order_by("item__position", "item__path")] if by_path else []
    hidden = withdrawn_from(getattr(user, "person", None), items)
    found: dict[int, list[AgendaItemPage]] = {}
    for item in items:
        if item.pk not in hidden:
            found.setdefault(by_path[path_above(item)], []).append(item)
    return found


def withdrawn_from(person: Any, items: list[AgendaItemPage]) -> set[int]:
    """The keys of those items that a person declared an interest in and left for, as last written. Drafts of minutes count."""
    if person is None or not items:
        return set()
    minutes = MinutePage.objects.filter(_below({path_above(item) for item in items}, "path"))
    declared = declarations(minutes)
    name = person.name.casefold()
    return {
        item.pk
        for item in items
        for one in [*declared.get(item.path, []), *declared.get(item.pk, [])]
        if one.withdraws and (one.person == person.pk or (one.person is None and name in one.name.casefold()))
    }


def _works_on(user: Any, item: AgendaItemPage, code: str) -> bool:
    works = user.is_active and item.permissions_for_user(user).holds(code)
    return bool(works) and not withdrawn_from(getattr(user, "person", None), [item])


def _sits_for(user: Any, item: AgendaItemPage) -> bool:
    """Whether the person sits today on a board that holds the meeting of this item."""
    person = getattr(user, "person", None)
    if person is None:
        return False
    meeting = item.meeting
    boards = {meeting.board.pk, *JointBoard.objects.filter(meeting=meeting.pk).values_list("board", flat=True)}
    today = timezone.localdate()
    seats = Membership.objects.public().filter(Q(to_date=None) | Q(to_date__gte=today), from_date__lte=today)
    return seats.filter(person=person, board__in=boards).exists()


def _below(paths: Iterable[str], column: str = "item__path") -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{column}__startswith": path, f"{column.replace('path', 'depth')}__gte": len(path) // Page.steplen + 1})
    return found
