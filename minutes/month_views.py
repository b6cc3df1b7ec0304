"""The meetings of a month, for the public and for editors."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wagtail.permissions import policy_registry

from governance.board_rights import WORKING
from governance.models import BoardPage
from minutes import public_record
from minutes.models import MeetingPage
from minutes.month import Month


@dataclass(frozen=True)
class Cell:
    """A day of the calendar with its meetings; no day where it belongs to another month."""

    day: date | None
    meetings: tuple[tuple[MeetingPage, BoardPage | None], ...] = ()


def current(request: HttpRequest) -> HttpResponse:
    """To this month."""
    return redirect("month", written=str(Month.of(timezone.localdate())))


def month(request: HttpRequest, written: str) -> HttpResponse:
    """The public meetings of a month, of all boards.

    Raises:
        Http404: it is no month.
    """
    found = _month(written)
    rows = public_record.meetings_of(None)
    return render(request, "minutes/month.html", _context(found, _within(rows, found)))


def admin_month(request: HttpRequest, written: str = "") -> HttpResponse:
    """The meetings of a month that a person sees in the explorer, drafts among them.

    Raises:
        Http404: it is no month.
    """
    found = _month(written) if written else Month.of(timezone.localdate())
    seen = policy_registry.get_by_type(MeetingPage).instances_user_has_any_permission_for(request.user, WORKING)
    rows = MeetingPage.objects.filter(pk__in=seen.values("pk"))
    return render(request, "minutes/admin/month.html", _context(found, _within(rows, found)))


def _month(written: str) -> Month:
    found = Month.read(written)
    if found is None:
        raise Http404
    return found


def _within(rows: QuerySet[MeetingPage], of: Month) -> list[MeetingPage]:
    first = timezone.make_aware(datetime.combine(of.first, time.min))
    after = timezone.make_aware(datetime.combine(of.last + timedelta(days=1), time.min))
    return list(rows.filter(starts_at__gte=first, starts_at__lt=after).order_by("starts_at", "path"))


def _context(of: Month, meetings: Sequence[MeetingPage]) -> dict[str, Any]:
    by_day: dict[date, list[tuple[MeetingPage, BoardPage | None]]] = defaultdict(list)
    for meeting, board in public_record.with_boards(meetings):
        by_day[meeting.day].append((meeting, board))
    weeks = [[Cell(day, tuple(by_day.get(day, ())) if day else ()) for day in week] for week in of.weeks]
    return {"month": of, "weeks": weeks, "days": [cell for week in weeks for cell in week if cell.meetings]}
