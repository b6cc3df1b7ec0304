"""The members' area in its simplest form: the meetings and packs of one's own boards."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from governance.models import BoardPage, Membership
from minutes.models import MeetingPage, Pack


@never_cache
@login_required
def area(request: HttpRequest) -> HttpResponse:
    """What a board member needs: the meetings ahead, the latest ones, and their packs."""
    boards = own_boards(request.user)
    meetings = MeetingPage.objects.live().filter(path__in=_paths_below(boards)).order_by("starts_at")
    now = timezone.now()
    packs = {pack.meeting_id: pack for pack in Pack.objects.public().filter(meeting__in=meetings).order_by("version")}
    ahead = [(meeting, packs.get(meeting.pk)) for meeting in meetings if meeting.starts_at >= now]
    past = [(meeting, packs.get(meeting.pk)) for meeting in meetings.reverse() if meeting.starts_at < now][:10]
    return render(request, "home/members_area.html", {"boards": boards, "ahead": ahead, "past": past})


def own_boards(user: Any) -> list[BoardPage]:
    """The live boards that the person sits on today."""
    today = timezone.localdate()
    seats = Membership.objects.public().filter(Q(to_date=None) | Q(to_date__gte=today), from_date__lte=today)
    return list(BoardPage.objects.live().filter(pk__in=seats.filter(person__user=user).values("board")).order_by("title"))


def _paths_below(boards: list[BoardPage]) -> list[str]:
    return [path for board in boards for path in board.get_children().values_list("path", flat=True)]
