"""What stands against a day besides bank holidays: other meetings of the board, of boards with the same members, in the same place."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import BoardPage, Membership
from governance.wording import clock, listed
from minutes.clock_facts import rule_book
from minutes.enums import NOT_HELD
from minutes.models import MeetingPage
from minutes.public_record import with_boards


def clashes(board: BoardPage, first: date, last: date, venue: str) -> dict[date, list[str]]:
    """What stands against the days from one to another, in words, in a number of queries that does not grow.

    Args:
        venue: where the meetings are to be; empty where that is not known.
    """
    found: dict[date, list[str]] = defaultdict(list)
    for day, name in rule_book(board).counting.more.items():
        found[day].append(name)
    sharing = _sharing_members(board, first)
    start = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.max))
    rows = MeetingPage.objects.filter(starts_at__range=(start, end)).exclude(status__in=NOT_HELD).order_by("starts_at")
    for meeting, other in with_boards(list(rows)):
        if other is None:
            continue
        when = {"board": other.title, "time": clock(meeting.starts_at)}
        if other.pk == board.pk:
            found[meeting.day].append(_("This board meets at %(time)s already") % when)
        elif other.pk in sharing:
            people = listed(sharing[other.pk][:3])
            found[meeting.day].append(_("%(board)s meets at %(time)s, with %(people)s") % {**when, "people": people})
        elif venue.strip() and meeting.venue.strip().lower() == venue.strip().lower():
            found[meeting.day].append(_("%(board)s meets in the same place at %(time)s") % when)
    return found


def _sharing_members(board: BoardPage, day: date) -> dict[int, list[Any]]:
    """The names of people who sit on this board and on another, by the key of the other."""
    seats = Membership.objects.public().filter(Q(to_date=None) | Q(to_date__gte=day))
    own = seats.filter(board=board.pk).values("person")
    found: dict[int, list[Any]] = defaultdict(list)
    for seat in seats.filter(person__in=own).exclude(board=board.pk).select_related("person").order_by("person__name"):
        found[seat.board_id].append(str(seat.person))
    return found
