"""The reports of a board's work: what is outstanding, what became of nothing, who came, what was taken in private.

Each report is a table of plain cells, made of a number of queries that does not grow with its rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.enums import OPEN_STATUSES
from governance.lineage import each_above
from governance.models import ActionPage, BoardPage, Membership, Service
from governance.numbering import board_year, year_span
from minutes import public_record
from minutes.annual.gather import attendance_at
from minutes.enums import NOT_HELD
from minutes.models import AgendaItemPage, MeetingPage, ResolutionAction, ResolutionPage


@dataclass(frozen=True)
class Asked:
    """What a report is asked of.

    Attributes:
        boards: whose work it tells; only boards that the person may look at.
        year: the board's year, such as “2026-27”; empty for all.
        today: the day by which something is late.
    """

    boards: Sequence[BoardPage]
    year: str
    today: date

    def span(self, board: BoardPage) -> tuple[date, date] | None:
        """The first and the last day of the year for a board; None where every year is asked for."""
        return year_span(self.year, board.year_starts_in) if self.year else None

    def has(self, board: BoardPage, day: date | None) -> bool:
        """Whether a day lies in the year that is asked for; what has no day is in every year."""
        span = self.span(board)
        return span is None or day is None or span[0] <= day <= span[1]


Cells = list[list[Any]]


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes:
        name: its place in the address.
        title, explanation: what it says.
        headings: of the columns.
        rows: makes the table.
        years: whether it can be asked of one year.
    """

    name: str
    title: Any
    explanation: Any
    headings: tuple[Any, ...]
    rows: Callable[[Asked], Cells]
    years: bool = True


def outstanding_actions(asked: Asked) -> Cells:
    """Every public action that is open, what is longest overdue first."""
    boards = {board.pk: board for board in asked.boards}
    actions = ActionPage.objects.live().filter(board__in=boards, status__in=OPEN_STATUSES).select_related("lead_organisation")
    rows = sorted(actions, key=lambda action: (action.due_on is None, action.due_on or asked.today, action.title))
    return [
        [
            boards[action.board_id].title,
            action.reference or "",
            action.title,
            str(action.lead_organisation or ""),
            action.get_status_display(),
            action.get_confidence_display(),
            action.first_due_on,
            action.due_on,
            (asked.today - action.due_on).days if action.due_on and action.due_on < asked.today else None,
            action.next_news_on,
        ]
        for action in rows
        if asked.has(boards[action.board_id], action.due_on)
    ]


def without_action(asked: Asked) -> Cells:
    """Every adopted resolution of which nobody has said what came: no action, and not that none is needed."""
    linked = ResolutionAction.objects.values("resolution")
    rows = _below(ResolutionPage.objects.live(), asked.boards).filter(adopted_at__isnull=False, no_action_needed=False)
    found = public_record.decisions_on(list(rows.exclude(pk__in=linked).order_by("adopted_at", "path")))
    return [
        [one.board.title, one.meeting.day, one.resolution.reference or "", one.item.title, one.resolution.full_text]
        for one in found
        if one.board and one.meeting and one.item and asked.has(one.board, one.meeting.day)
    ]


def attendance(asked: Asked) -> Cells:
    """How often the members of each organisation came to the meetings of each board. What was called off is never counted."""
    rows: Cells = []
    for board, meetings in _meetings_by_board(asked).items():
        for line in attendance_at(board, meetings):
            whose = line.organisation or str(_("Not recorded"))
            rows.append([board.title, whose, line.attended, line.apologies, line.absent, len(meetings)])
    return rows


def services_due(asked: Asked) -> Cells:
    """Services of the organisations on the boards, with the day by which each is looked at again, the longest overdue first."""
    seats = Membership.objects.filter(board__in=[board.pk for board in asked.boards]).values("organisation")
    rows = Service.objects.filter(organisation__in=seats, ended_on=None).select_related("organisation")
    return [
        [
            str(row.organisation),
            row.name,
            row.next_review_on,
            (asked.today - row.next_review_on).days if row.next_review_on and row.next_review_on < asked.today else None,
        ]
        for row in rows.order_by("next_review_on", "name")
    ]


def private_business(asked: Asked) -> Cells:
    """What was taken in private, by its public title, on what ground and why, and when that is looked at again."""
    rows = _below(AgendaItemPage.objects.live(), asked.boards).filter(exempt_ground__isnull=False)
    items = list(rows.select_related("exempt_ground").order_by("path"))
    meetings, boards = each_above(items, {1: MeetingPage, 2: BoardPage}).values()
    found = [(boards[item.pk], meetings[item.pk], item) for item in items if item.pk in boards and item.pk in meetings]
    return [
        [
            board.title,
            meeting.day,
            item.reference or "",
            item.title,
            item.exempt_ground.short_name if item.exempt_ground else "",
            item.exempt_reason,
            item.exempt_review_on,
        ]
        for board, meeting, item in sorted(found, key=lambda row: (row[0].title, row[1].starts_at, row[2].position))
        if asked.has(board, meeting.day)
    ]


REPORTS = (
    Report(
        "outstanding-actions",
        _("Outstanding actions"),
        _("Every public action that is open, what is longest overdue first. The year is that of the date."),
        (
            *(_("Board"), _("Reference"), _("Action"), _("Lead"), _("Status"), _("Confidence")),
            *(_("First date"), _("Date"), _("Days late"), _("Next news")),
        ),
        outstanding_actions,
    ),
    Report(
        "without-action",
        _("Resolutions without action"),
        _("Adopted resolutions with no action and without “No action needed”."),
        (_("Board"), _("Meeting"), _("Reference"), _("Item"), _("Resolution")),
        without_action,
    ),
    Report(
        "attendance",
        _("Attendance"),
        _("By organisation, over the meetings whose minutes are public. Meetings that were called off are never counted."),
        (_("Board"), _("Organisation"), _("Came"), _("Apologies"), _("Absent"), _("Meetings held")),
        attendance,
    ),
    Report(
        "services",
        _("Services due for review"),
        _("Services of the organisations on the boards, and when each is looked at again."),
        (_("Organisation"), _("Service"), _("Next review"), _("Days late")),
        services_due,
        years=False,
    ),
    Report(
        "private-business",
        _("Business taken in private"),
        _("By public title, with the ground, the reason and when it is looked at again."),
        (
            *(_("Board"), _("Meeting"), _("Reference"), _("Public title"), _("Ground")),
            *(_("Why the public interest is served by that"), _("Looked at again")),
        ),
        private_business,
    ),
)


def report_named(name: str) -> Report | None:
    """The report of that name."""
    return next((report for report in REPORTS if report.name == name), None)


def years_to_choose(today: date, starts_in: int) -> list[str]:
    """The years a report offers: this one and the five before it."""
    this = board_year(today, starts_in)
    first = year_span(this, starts_in)[0]
    return [board_year(date(first.year - back, starts_in, 1), starts_in) for back in range(6)]


def _below(pages: QuerySet[Any], boards: Sequence[BoardPage]) -> QuerySet[Any]:
    found = Q(pk__in=[])
    for board in boards:
        found |= Q(path__startswith=board.path)
    return pages.filter(found)


def _meetings_by_board(asked: Asked) -> dict[BoardPage, list[MeetingPage]]:
    """The meetings held, by the board they stand under."""
    held = _below(MeetingPage.objects.live(), asked.boards).exclude(status__in=NOT_HELD)
    found: dict[BoardPage, list[MeetingPage]] = {board: [] for board in asked.boards}
    for meeting in held.filter(starts_at__lte=timezone.now()).order_by("starts_at"):
        board = next(board for board in asked.boards if meeting.path.startswith(board.path))
        if asked.has(board, meeting.day):
            found[board].append(meeting)
    return found
