"""What the public reads of an agenda besides its items: headings, and where an item came from and went to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from governance.lineage import each_above
from governance.models import BoardPage
from governance.seldom_filled import is_empty
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage, ProgrammeEntry


@dataclass(frozen=True)
class Carried:
    """Where an item went.

    Attributes:
        item: the later item; None while it waits on a work programme.
        meeting: of that item.
        board: whose meeting or programme it is.
        is_referred: whether that is another board.
    """

    board: BoardPage
    is_referred: bool
    item: AgendaItemPage | None = None
    meeting: MeetingPage | None = None


def headings_of(meeting: MeetingPage) -> list[AgendaSection]:
    """The public headings of an agenda, in its order."""
    if is_empty(meeting, "agenda_sections"):
        return []
    return list(AgendaSection.objects.public().filter(meeting=meeting.pk).order_by("position", "pk"))


def headings_before(items: Sequence[AgendaItemPage], headings: Sequence[AgendaSection]) -> dict[int, str]:
    """The heading that stands directly before an item, by its key. One with no item below it is not shown."""
    found: dict[int, str] = {}
    ordered = sorted(items, key=lambda item: item.position)
    for heading in headings:
        below = next((item for item in ordered if item.position > heading.position), None)
        if below is not None:
            found[below.pk] = heading.title
    return found


def carried_to(item: AgendaItemPage) -> list[Carried]:
    """Where an item was carried over or referred to, as far as that is public, in five queries at most."""
    if not item.pk:
        return []
    items = AgendaItemPage.objects.live().filter(carried_from=item.pk).order_by("path")
    later = [] if is_empty(item, "carried_to") else list(items)
    entries = ProgrammeEntry.objects.public().waiting().filter(carried_from=item.pk).select_related("board")
    waiting = [] if is_empty(item, "carried_to_programme") else list(entries)
    meetings, boards = each_above(later, {1: MeetingPage, 2: BoardPage}).values() if later else ({}, {})
    found = [_carried(item, boards.get(row.pk), row, meetings.get(row.pk)) for row in later]
    return [each for each in [*found, *(_carried(item, entry.board) for entry in waiting)] if each is not None]


def carried_from(item: AgendaItemPage) -> Carried | None:
    """Where an item comes from, where that is public."""
    before = AgendaItemPage.objects.live().filter(pk=item.carried_from_id).first() if item.carried_from_id else None
    if before is None:
        return None
    meetings, boards = each_above([before], {1: MeetingPage, 2: BoardPage}).values()
    return _carried(item, boards.get(before.pk), before, meetings.get(before.pk))


def _carried(item: AgendaItemPage, board: Any, other: Any = None, meeting: Any = None) -> Carried | None:
    if board is None:
        return None
    return Carried(board, not item.path.startswith(board.path), other, meeting)
