"""What the public sees of meetings: agendas, decisions and their actions, each list with a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When, Window
from django.db.models.functions import ExtractYear, Greatest, Length, RowNumber, Substr
from django.utils import timezone

from wagtail.models import Page

from governance.gathering import rows_of
from governance.lineage import above, each_above, path_above
from governance.models import ActionPage, BoardPage
from governance.remembering import once
from governance.seldom_filled import is_empty
from governance.wayfinding import way_of
from minutes.enums import ENDED, NOT_HELD, LinkKind, PaperKind, PaperState
from minutes.models import (
    AgendaItemPage,
    ItemPresenter,
    JointBoard,
    MeetingPage,
    MinutePage,
    Pack,
    Paper,
    ResolutionAction,
    ResolutionPage,
)
from minutes.public_agenda import headings_before, headings_of
from minutes.public_packs import first_pages, page_of_item


@dataclass
class AgendaLine:
    """One item of a public agenda with what came of it."""

    item: AgendaItemPage
    heading: str = ""
    """The heading that stands directly before it."""
    presenters: list[ItemPresenter] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    to_follow: list[Paper] = field(default_factory=list)
    """Papers that are announced by their titles."""
    signed: list[Paper] = field(default_factory=list)
    """The signed copy of the minutes, which is kept with the first item."""
    page: str = ""
    """The printed page of the pack on which it begins."""
    minute: MinutePage | None = None
    resolutions: list[ResolutionPage] = field(default_factory=list)


@dataclass
class Decision:
    """A resolution with where and when it was made, and what it orders."""

    resolution: ResolutionPage
    item: AgendaItemPage | None = None
    meeting: MeetingPage | None = None
    board: BoardPage | None = None
    links: list[ResolutionAction] = field(default_factory=list)


@dataclass(frozen=True)
class Calendar:
    """Some meetings of a board, those to come and those that have been, and the years in which it has met, latest first."""

    ahead: list[MeetingPage]
    held: list[MeetingPage]
    years: list[int]


def agenda_of(meeting: MeetingPage, pack: Pack | None = None) -> list[AgendaLine]:
    """The live items of a meeting in the order of its agenda, in five queries.

    Args:
        pack: whose page numbers are told.
    """
    items, minutes, resolutions = _below(meeting)
    pages = first_pages(pack)
    lines = {item.path: AgendaLine(item) for item in items}
    by_key = {line.item.pk: line for line in lines.values()}
    for key, heading in headings_before([line.item for line in lines.values()], headings_of(meeting)).items():
        by_key[key].heading = heading
    for presenter in rows_of(meeting, "presenters"):
        if presenter.item_id in by_key:
            by_key[presenter.item_id].presenters.append(presenter)
    for paper in Paper.objects.told().with_files().filter(item__in=by_key):
        line = by_key[paper.item_id]
        if paper.state != PaperState.PUBLISHED:
            line.to_follow.append(paper)
        else:
            (line.signed if paper.kind == PaperKind.SIGNED else line.papers).append(paper)
    for line in lines.values():
        line.page = page_of_item(pages, line.item, line.papers)
    for minute in minutes:
        if path_above(minute) in lines:
            lines[path_above(minute)].minute = minute
    for resolution in resolutions:
        if path_above(resolution) in lines:
            lines[path_above(resolution)].resolutions.append(resolution)
    return list(lines.values())


def _below(meeting: MeetingPage) -> tuple[list[AgendaItemPage], list[MinutePage], list[ResolutionPage]]:
    """The live items, minutes and resolutions of a meeting, each kind in its order, in one query."""
    kinds = ("agendaitempage__exempt_ground", "minutepage", "resolutionpage")
    # An order that the database keeps is compared with each of some hundred columns before it is asked.
    rows = list(Page.objects.descendant_of(meeting).live().select_related(*kinds).order_by())
    items, minutes, resolutions = (
        [record for row in rows if (record := getattr(row, name, None)) is not None]
        for name in ("agendaitempage", "minutepage", "resolutionpage")
    )
    by_position = partial(sorted, key=lambda record: (record.position, record.path))
    return by_position(items), sorted(minutes, key=lambda minute: minute.path), by_position(resolutions)


def minute_of_item(item: AgendaItemPage) -> MinutePage | None:
    """The live minute of an item."""
    return MinutePage.objects.child_of(item).live().first()


def interests_told_with(minute: MinutePage) -> list[str]:
    """The declarations that stand in a minute and those in its item that stand in another live minute of the meeting, in words.

    Three queries, however many there are.
    """
    own = rows_of(minute, "interests")
    numbers = (
        {} if not own else dict(AgendaItemPage.objects.filter(pk__in=[row.about_id for row in own]).values_list("pk", "number"))
    )
    told = [row.told(item=numbers.get(row.about_id, "")) for row in own]
    item = minute.get_parent()
    others = MinutePage.objects.filter(path__startswith=path_above(item), interests__about=item.pk).live().exclude(pk=minute.pk)
    return told + [
        row.told()
        for other in others.distinct().prefetch_related("interests")
        for row in other.interests.all()
        if row.about_id == item.pk
    ]


def carried_on(item: AgendaItemPage) -> list[AgendaItemPage]:
    """The live items on later agendas to which an item was taken."""
    return list(AgendaItemPage.objects.live().filter(carried_from_id=item.pk).order_by("path")) if item and item.pk else []


def resolutions_of_item(item: Page) -> list[ResolutionPage]:
    """The live resolutions of an item in their order."""
    found = ResolutionPage.objects.child_of(item).live().order_by("position", "path")
    return once(item, "resolutions", lambda: list(found))


def links_of(resolutions: Iterable[ResolutionPage]) -> dict[int, list[ResolutionAction]]:
    """The public links of resolutions to actions, by the key of the resolution, in one query."""
    keys = [resolution.pk for resolution in resolutions if resolution.pk]
    found: dict[int, list[ResolutionAction]] = defaultdict(list)
    for link in (
        ResolutionAction.objects.public().filter(resolution__in=keys).select_related("action", "action__lead_organisation")
    ):
        found[link.resolution_id].append(link)
    return found


def links_of_item(item: Page) -> dict[int, list[ResolutionAction]]:
    """The public links of the live resolutions of an item, asked for once for its whole page."""
    return once(item, "links of resolutions", lambda: links_of(resolutions_of_item(item)))


def actions_among(links: dict[int, list[ResolutionAction]]) -> list[ActionPage]:
    """The actions of links, each once."""
    return list({link.action_id: link.action for of_one in links.values() for link in of_one}.values())


def decisions_on(resolutions: Sequence[ResolutionPage]) -> list[Decision]:
    """Resolutions with their items, meetings, boards and actions, in two queries."""
    links = links_of(resolutions)
    decisions = _placed(resolutions)
    for decision in decisions:
        decision.links = links.get(decision.resolution.pk, [])
    return decisions


def decisions_of_action(action: ActionPage) -> list[tuple[ResolutionAction, Decision]]:
    """The public links of an action to what ordered, changed or closed it, oldest first, in two queries."""
    return once(action, "decisions", lambda: _decisions_of_action(action))


def _decisions_of_action(action: ActionPage) -> list[tuple[ResolutionAction, Decision]]:
    links = list(ResolutionAction.objects.public().filter(action_id=action.pk).select_related("resolution"))
    return list(zip(links, _placed([link.resolution for link in links]), strict=True))


def _placed(resolutions: Sequence[ResolutionPage]) -> list[Decision]:
    """Resolutions with where they were made, in one query."""
    items, meetings, boards = each_above(resolutions, {1: AgendaItemPage, 2: MeetingPage, 3: BoardPage}).values()
    return [Decision(row, items.get(row.pk), meetings.get(row.pk), boards.get(row.pk)) for row in resolutions]


def is_closed_by_resolution(action: ActionPage) -> bool:
    """Whether a public resolution closes an action."""
    return ResolutionAction.objects.public().filter(action_id=action.pk, kind=LinkKind.CLOSES).exists()


def latest_decisions(number: int, board: Page | None = None) -> list[Decision]:
    """The resolutions adopted last, of one board or of all."""
    return decisions_on(list(decided_by(board).order_by("-adopted_at", "position", "path")[:number]))


def decided_by(board: Page | None) -> QuerySet[ResolutionPage]:
    """The adopted resolutions of a board, those of meetings it held jointly with another among them, or of all."""
    every = ResolutionPage.objects.live().filter(adopted_at__isnull=False)
    if board is None:
        return every
    if is_empty(board, "joint_meetings"):
        return every.filter(path__startswith=board.path)
    jointly = MeetingPage.objects.live().filter(joint_boards__board=board.pk).values("path")
    return every.annotate(meeting_path=meeting_path()).filter(Q(path__startswith=board.path) | Q(meeting_path__in=jointly))


def meeting_path() -> Substr:
    """The path of the meeting above a resolution or a minute."""
    # A database may work it out for pages of any depth, and PostgreSQL knows no negative length.
    return Substr("path", 1, Greatest(Length("path") - 2 * Page.steplen, 0))


def joint_promises_of(board: Page) -> list[ActionPage]:
    """The live actions of other boards that resolutions of this board's joint meetings order or change, in one query."""
    made = ResolutionAction.objects.public().filter(
        resolution__in=decided_by(board).exclude(path__startswith=board.path).values("pk")
    )
    actions = ActionPage.objects.live().filter(pk__in=made.values("action")).exclude(board=board.pk)
    return list(actions.select_related("board", "lead_organisation").order_by("title", "pk"))


def meetings_ahead(now: datetime, board: Page | None = None) -> QuerySet[MeetingPage]:
    """Live meetings that are still to come, the next one first; those called off are among them, marked so."""
    return meetings_of(board).filter(starts_at__gte=now).order_by("starts_at")


def meetings_held(now: datetime, board: Page | None = None) -> QuerySet[MeetingPage]:
    """Live meetings that have been, the latest first."""
    return meetings_of(board).filter(starts_at__lt=now).order_by("-starts_at")


def next_meeting_to_come(now: datetime, board: Page) -> MeetingPage | None:
    """The next meeting of a board that is to take place."""
    return meetings_ahead(now, board).exclude(status__in=NOT_HELD).first()


def meetings_of(board: Page | None) -> QuerySet[MeetingPage]:
    """The live meetings of a board, those it holds jointly with another among them, or of all."""
    live = MeetingPage.objects.live()
    if board is None:
        return live
    if is_empty(board, "joint_meetings"):
        return live.filter(path__startswith=board.path, depth=board.depth + 1)
    jointly = JointBoard.objects.filter(board_id=board.pk).values("meeting")
    return live.filter(Q(path__startswith=board.path, depth=board.depth + 1) | Q(pk__in=jointly))


def ahead_and_held(now: datetime, board: Page, ahead: int, held: int) -> Calendar:
    """The next meetings of a board and its latest ones, so many of each, with the years in which it has met, in one query."""
    has_been = Case(When(starts_at__lt=now, then=1), default=0)
    # Those to come from the next one on, those that have been from the latest one back.
    forwards = Case(When(starts_at__gte=now, then="starts_at"), default=None)
    forwards_by_key = Case(When(starts_at__gte=now, then="pk"), default=None)
    order = [forwards, F("starts_at").desc(), forwards_by_key, F("pk").desc()]
    near = Window(RowNumber(), partition_by=[has_been], order_by=order)
    of_year = Window(RowNumber(), partition_by=[has_been, ExtractYear("starts_at")], order_by=order)
    every = meetings_of(board).annotate(near=near, of_year=of_year)
    rows = sorted(every.filter(Q(near__lte=max(ahead, held)) | Q(of_year=1)), key=lambda row: row.near)
    been = [row for row in rows if row.starts_at < now]
    years = sorted({timezone.localtime(row.starts_at).year for row in been}, reverse=True)
    to_come = [row for row in rows if row.starts_at >= now]
    return Calendar(to_come[:ahead], been[:held], years)


def with_boards(meetings: Sequence[MeetingPage]) -> list[tuple[MeetingPage, BoardPage | None]]:
    """Meetings with their boards, in one query."""
    boards = above(meetings, BoardPage)
    return [(meeting, boards.get(meeting.pk)) for meeting in meetings]


def live_successors(resolution: ResolutionPage) -> list[ResolutionPage]:
    """Live resolutions that replace or rescind this one."""
    if not resolution.pk or resolution.standing not in ENDED:
        return []
    return list(ResolutionPage.objects.live().filter(Q(pk=resolution.ended_by_id) | Q(supersedes_id=resolution.pk)))


def what_it_ends(resolution: ResolutionPage) -> list[ResolutionPage]:
    """Live resolutions that this one replaces or rescinds."""
    if not resolution.pk or resolution.adopted_at is None:
        return []
    return list(ResolutionPage.objects.live().filter(ended_by_id=resolution.pk).order_by("path"))


def live_parent(page: Any, page_class: type[Page]) -> Any:
    """The page directly above, where it is live; None in a preview below a draft."""
    if way_of(page) is not None:
        # What it was found below is known already.
        known = page.get_parent().specific
        return known if isinstance(known, page_class) else None
    return page_class._default_manager.filter(path=path_above(page)).first()
