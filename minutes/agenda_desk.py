"""An agenda as its editor sees it while it is built: items and headings, times, who presents, and how far the papers are."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes.agenda_facts import facts_of_agenda
from minutes.agenda_order import Kind, Line, write_order
from minutes.completeness import ItemFacts
from minutes.enums import UPCOMING, PaperState
from minutes.models import AgendaSection, MeetingPage
from minutes.operations.agendas import order_of
from minutes.time_plan import Planned, TimePlan, time_plan


@dataclass
class DeskLine:
    """One line of the agenda on the desk.

    Attributes:
        item, section: one of the two.
        starts: when the item is to start.
        is_first, is_last: whether it can go no higher or lower.
    """

    line: Line
    item: ItemFacts | None = None
    section: AgendaSection | None = None
    starts: Planned | None = None
    is_first: bool = False
    is_last: bool = False

    @property
    def title(self) -> str:
        """Its words."""
        return self.item.title if self.item else str(self.section)

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the item before it."""
        return self.line.kind == Kind.PART

    @property
    def standing(self) -> str:
        """Whether the public can read it."""
        if self.item is None:
            return _("Public") if self.section and self.section.published_at else _("Draft")
        if not self.item.live:
            return _("Draft")
        return _("Public, with changes that are not") if self.item.has_changes else _("Public")

    @property
    def papers(self) -> list[str]:
        """How many papers are in which state, in words."""
        counted = Counter(state for _title, state in self.item.papers) if self.item else Counter()
        return [_papers_in(state, counted[state]) for state in PaperState if counted[state]]


@dataclass
class AgendaDesk:
    """An agenda on the desk.

    Attributes:
        order: as the form sends it back.
        may_move: whether its order can still be changed.
    """

    lines: list[DeskLine]
    plan: TimePlan
    order: str
    may_move: bool

    @property
    def sections(self) -> list[DeskLine]:
        """Its headings."""
        return [line for line in self.lines if line.section]

    @property
    def minutes_over(self) -> int:
        """By how many minutes the plan is longer than the meeting."""
        return int(self.plan.over.total_seconds() // 60) if self.plan.over else 0


def desk_of(meeting: MeetingPage) -> AgendaDesk:
    """The agenda of a meeting on the desk, in five queries however long it is."""
    order = order_of(meeting)
    items = {item.key: item for item in facts_of_agenda(meeting)}
    sections = {row.pk: row for row in AgendaSection.objects.filter(meeting=meeting.pk)}
    lines = [
        DeskLine(line, section=sections[line.key]) if line.kind == Kind.SECTION else DeskLine(line, item=items[line.key])
        for line in order
    ]
    for place, line in enumerate(lines):
        line.is_first, line.is_last = place == 0, place == len(lines) - 1
    return AgendaDesk(lines, _timed(meeting, lines), write_order(order), meeting.status in UPCOMING)


def _timed(meeting: MeetingPage, lines: list[DeskLine]) -> TimePlan:
    items: list[Any] = [line for line in lines if line.item]
    ends_at = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
    plan = time_plan(timezone.localtime(meeting.starts_at), [line.item.minutes_planned for line in items], ends_at)
    for line, planned in zip(items, plan.items, strict=True):
        line.starts = planned
    return plan


def _papers_in(state: PaperState, number: int) -> str:
    words = ngettext("%(number)d paper: %(state)s", "%(number)d papers: %(state)s", number)
    return words % {"number": number, "state": str(state.label).lower()}
