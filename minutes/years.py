"""A board's meetings and decisions of one year, page by page: everything there ever was can be reached by plain links."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from governance.models import BoardPage
from minutes import public_record
from minutes.models import MeetingPage, ResolutionPage

ON_A_PAGE = 20
# What the address of a board's page may ask for, such as `?decisions=2025&page=2`.
MEETINGS, DECISIONS = "meetings", "decisions"


@dataclass(frozen=True)
class YearOfBoard:
    """What is shown of one year of a board.

    Attributes:
        kind: meetings or decisions.
        year: the calendar year in which the meetings were held.
        page: the page of the list that is shown.
        numbers: the numbers of pages to offer.
        decisions: the decisions on that page, with all that is shown of them.
    """

    kind: str
    year: int
    page: PageOfList[Any]
    numbers: list[int | str]
    decisions: list[public_record.Decision] = field(default_factory=list)

    @property
    def query(self) -> str:
        """What every page of this list has in its address."""
        return f"{self.kind}={self.year}"


def years_of(board: BoardPage, now: datetime) -> list[int]:
    """The years in which the board has met, the latest first, in one query."""
    held = public_record.meetings_held(now, board).order_by()
    return [moment.year for moment in held.datetimes("starts_at", "year", order="DESC")]


def chosen_year(board: BoardPage, asked: Any, now: datetime) -> YearOfBoard | None:
    """The year that an address asks for; None where it asks for none, or for what is no year.

    Args:
        board: the board.
        asked: the query of the address.
        now: what has been is before this.
    """
    kind = next((kind for kind in (MEETINGS, DECISIONS) if kind in asked), None)
    words = asked.get(kind, "") if kind else ""
    if kind is None or not (words.isascii() and words.isdigit() and len(words) == 4):
        return None
    year = int(words)
    meetings = _held_in(board, year, now)
    rows = meetings if kind == MEETINGS else _decided_at(board, meetings)
    page = Paginator(rows, ON_A_PAGE).get_page(asked.get("page"))
    numbers = list(page.paginator.get_elided_page_range(page.number))
    decisions = public_record.decisions_on(list(page)) if kind == DECISIONS else []
    return YearOfBoard(kind, year, page, numbers, decisions)


def _held_in(board: BoardPage, year: int, now: datetime) -> QuerySet[MeetingPage]:
    # Through datetimes with a zone: SQLite cannot tell the year of the years 0 and 9999 with one.
    first = timezone.make_aware(datetime(max(year, 2), 1, 1))
    last = timezone.make_aware(datetime(min(max(year, 2), 9997) + 1, 1, 1))
    return public_record.meetings_held(now, board).filter(starts_at__gte=first, starts_at__lt=last)


def _decided_at(board: BoardPage, meetings: QuerySet[MeetingPage]) -> QuerySet[ResolutionPage]:
    """The adopted resolutions of those meetings, those of the latest meeting first, each meeting's in their order."""
    placed = public_record.decided_by(board).annotate(meeting_path=public_record.meeting_path())
    held = meetings.order_by().filter(path=OuterRef("meeting_path")).values("starts_at")[:1]
    return placed.annotate(held_at=Subquery(held)).filter(held_at__isnull=False).order_by("-held_at", "path")
