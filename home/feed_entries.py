"""What stands in a feed: the same news as in the alerts, read from the live records in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.addresses import absolute
from governance.lineage import above, path_above
from governance.models import ActionPage, BoardPage, ProgressUpdatePage, WorkshopPage
from governance.wording import day, day_in_full
from home.scopes import Scope
from minutes import public_record
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage
from minutes.packs.addresses import address as permanent_address

ENTRIES = 50
ACTION_DEPTH = 4
"""Root, front page, progress page, action."""


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    Attributes:
        id: stands for it for ever, wherever the site lives: made of the record's own key, not of its address.
        published, updated: when it was first public and when it last changed.
    """

    id: str
    title: str
    address: str
    summary: str
    published: datetime
    updated: datetime
    kind: str


@dataclass
class Below:
    """The live records of one class below a meeting: their titles, and when each was first and last published."""

    titles: list[str]
    first: list[datetime]
    last: list[datetime]


def entries_of(scope: Scope) -> list[Entry]:
    """The latest entries of a feed, the latest first."""
    found = [entry for source in SOURCES for entry in source(scope)]
    return sorted(found, key=lambda entry: (entry.updated, entry.id), reverse=True)[:ENTRIES]


def lasting_id(key: UUID, part: str = "") -> str:
    """The name of a record, or of a part of it, for feed readers (RFC 4287, 4.2.6)."""
    return f"urn:uuid:{uuid5(key, part) if part else key}"


def _actions(scope: Scope) -> Any:
    live = ActionPage.objects.live()
    if scope.page is None:
        return live
    if isinstance(scope.page, ActionPage):
        return live.filter(pk=scope.page.pk)
    return live.filter(board=scope.page) if scope.is_board else live.filter(workstream=scope.page)


def _of_actions(scope: Scope) -> Iterable[Entry]:
    """An action changes all the time; that it exists is news once."""
    for action in _actions(scope).order_by("-first_published_at")[:ENTRIES]:
        first = action.first_published_at
        yield Entry(_id(action), action.title, _address(action), action.promise, first, first, _("New action"))


def _below_actions(scope: Scope) -> Iterable[Entry]:
    """Updates and workshops, with the actions they belong to."""
    for page_class, kind in ((ProgressUpdatePage, _("Progress update")), (WorkshopPage, _("Workshop"))):
        rows: Any = page_class._default_manager.filter(live=True)
        rows = rows.alias(place=Substr("path", 1, ACTION_DEPTH * Page.steplen)).filter(place__in=_actions(scope).values("path"))
        latest = list(rows.order_by("-first_published_at")[:ENTRIES])
        actions = above(latest, ActionPage)
        for row in latest:
            title = f"{actions[row.pk].title}: {row.title}"
            first, last = row.first_published_at, row.last_published_at or row.first_published_at
            yield Entry(_id(row), title, _address(row), _said(row), first, last, kind)


def _said(row: Any) -> str:
    return row.what_changed if isinstance(row, ProgressUpdatePage) else day_in_full(row.starts_at)


def _of_meetings(scope: Scope) -> Iterable[Entry]:
    """For each meeting its agenda, and its minutes and resolutions, whichever came first."""
    if scope.page is not None and not scope.is_board:
        return
    meetings = list(public_record.meetings_of(scope.page).order_by("-starts_at", "-pk")[:ENTRIES])
    boards = above(meetings, BoardPage)
    items, minutes, resolutions = (
        _below_meetings(meetings, page_class, steps)
        for page_class, steps in ((AgendaItemPage, 1), (MinutePage, 2), (ResolutionPage, 2))
    )
    for meeting in meetings:
        board, path = boards.get(meeting.pk), meeting.path
        if meeting.agenda_published_at:
            agenda = Below(items[path].titles, [meeting.agenda_published_at], items[path].last)
            yield _part(meeting, board, "agenda", _("Agenda"), agenda)
        if minutes[path].titles or resolutions[path].titles:
            kind = _("Minutes") if minutes[path].titles else _("Decisions")
            yield _part(meeting, board, "record", kind, _together(minutes[path], resolutions[path]))


def _below_meetings(meetings: list[MeetingPage], page_class: Any, steps: int) -> Mapping[str, Below]:
    """What is live so many steps below meetings, by the path of the meeting, in one query."""
    found: Mapping[str, Below] = defaultdict(lambda: Below([], [], []))
    if not meetings:
        return found
    paths = [meeting.path for meeting in meetings]
    rows = page_class._default_manager.filter(live=True).alias(place=Substr("path", 1, len(paths[0])))
    for row in rows.filter(place__in=paths).order_by("path"):
        below = found[path_above(row, steps)]
        below.titles.append(row.title)
        below.first.append(row.first_published_at)
        below.last.append(row.last_published_at or row.first_published_at)
    return found


def _together(minutes: Below, resolutions: Below) -> Below:
    titles = minutes.titles or resolutions.titles
    return Below(titles, minutes.first + resolutions.first, minutes.last + resolutions.last)


def _part(meeting: MeetingPage, board: BoardPage | None, part: str, kind: str, below: Below) -> Entry:
    first = min(below.first)
    updated = max([first, *below.last])
    title = f"{kind}: {board.title if board else meeting.title}, {day(meeting.starts_at)}"
    name = lasting_id(meeting.translation_key, part)
    return Entry(name, title, _address(meeting), "; ".join(below.titles), first, updated, kind)


def _id(page: Any) -> str:
    return lasting_id(page.translation_key)


def _address(page: Any) -> str:
    return permanent_address(page.reference) or absolute(page.get_url())


SOURCES: tuple[Callable[[Scope], Iterable[Entry]], ...] = (_of_actions, _below_actions, _of_meetings)
