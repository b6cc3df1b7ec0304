"""Making a year of meetings in one step, and moving one of them with its trace kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import publish_record
from governance.publication import Publication
from governance.wording import clock, day_in_full
from minutes.enums import UPCOMING, MeetingStatus
from minutes.models import FormerDate, MeetingPage, ProgrammeEntry
from minutes.operations.meetings import meeting_on, schedule_meeting, set_status

MOST_AT_ONCE = 120


@dataclass(frozen=True)
class Planned:
    """What planning made.

    Attributes:
        made: the new meetings in their order.
        there: meetings of those days that were there before, left as they are.
    """

    made: tuple[MeetingPage, ...]
    there: tuple[MeetingPage, ...]


@transaction.atomic
def plan_meetings(
    *,
    board: BoardPage,
    moments: Sequence[datetime],
    by: Any,
    at: datetime | None = None,
    length: timedelta | None = None,
    publish: bool = True,
    **fields: Any,
) -> Planned:
    """Make meetings for a board, all of them or none. A day on which the board has a meeting already gets no second one.

    Business of every year is put on the work programme for the meeting of its month.

    Args:
        moments: when they start, with their time zone.
        length: how long each is planned to take.
        fields: further fields of every meeting.

    Raises:
        Refused: the board has ended, or no day or too many days are given.
    """
    row = BoardPage.objects.select_for_update(of=("self",)).get(pk=board.pk)
    if row.ended_on:
        raise Refused(_("“%(board)s” has ended, so it has no more meetings.") % {"board": row})
    if not moments or len(moments) > MOST_AT_ONCE:
        raise Refused(_("Choose between 1 and %(most)s days.") % {"most": MOST_AT_ONCE})
    made, there = [], []
    for starts_at in sorted(moments):
        found = meeting_on(row, timezone.localdate(starts_at))
        if found is not None:
            there.append(found)
            continue
        ends_at = starts_at + length if length else None
        made.append(schedule_meeting(board=row, starts_at=starts_at, ends_at=ends_at, by=by, at=at, publish=publish, **fields))
    _bring_yearly_business(row, made)
    return Planned(tuple(made), tuple(there))


def _bring_yearly_business(board: BoardPage, meetings: Sequence[MeetingPage]) -> None:
    """Entries of the work programme for the first new meeting of their month in each year."""
    for business in board.yearly_business.all():
        years = set()
        for meeting in meetings:
            if meeting.day.month == business.month and meeting.day.year not in years:
                years.add(meeting.day.year)
                ProgrammeEntry.objects.get_or_create(
                    board=board, title=business.title, meeting=meeting, defaults={"wanted_by": meeting.day}
                )


@transaction.atomic
def move_meeting(
    *,
    meeting: MeetingPage,
    starts_at: datetime,
    reason: str,
    by: Any,
    ends_at: datetime | None = None,
    at: datetime | None = None,
) -> MeetingPage:
    """Give a meeting another time. Its reference and address stay, and the time it was announced for stays to be read.

    Args:
        starts_at: when it is to start, with its time zone.
        reason: why, shown on its page.
        ends_at: its planned end; as long after its start as before unless said.

    Raises:
        Refused: it has taken place, was cancelled or is not public, no reason is given, the time is the same or past, or
            it has changes that are not published.
    """
    at = at or timezone.now()
    row = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    _check_moves(row, starts_at, reason, at)
    if row.starts_at == starts_at:
        raise Refused(_("The meeting starts at that time already."))
    FormerDate.objects.create(meeting=row, starts_at=row.starts_at, reason=reason.strip(), moved_at=at, by=by)
    page = row.get_latest_revision_as_object()
    if page.title == MeetingPage.usual_title(row.starts_at):
        page.title = MeetingPage.usual_title(starts_at)
    page.ends_at = ends_at or (starts_at + (row.ends_at - row.starts_at) if row.ends_at else None)
    page.starts_at = starts_at
    # Set beforehand, so that publishing does not take it for a move that nobody explained.
    MeetingPage.objects.filter(pk=row.pk).update(announced_starts_at=starts_at)
    note = _("Moved to %(day)s, %(time)s. %(reason)s")
    words = {"day": day_in_full(starts_at), "time": clock(starts_at), "reason": reason.strip()}
    moved = publish_record(page=page, by=by, at=at)
    enter(page=moved, event=LedgerEvent.STATUS, by=by, at=at, note=note % words)
    if row.status == MeetingStatus.POSTPONED:
        moved = set_status(meeting=moved, status=MeetingStatus.SCHEDULED, by=by, at=at)
    return moved


def _check_moves(meeting: MeetingPage, starts_at: datetime, reason: str, at: datetime) -> None:
    if meeting.status not in UPCOMING | {MeetingStatus.POSTPONED}:
        raise Refused(
            _("The meeting of %(meeting)s is “%(state)s”, so it is not moved.")
            % {"meeting": meeting, "state": meeting.get_status_display()}
        )
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown on the meeting's page."))
    if not meeting.live:
        raise Refused(_("This meeting is not public yet. Change its time in the editor."))
    if starts_at <= at:
        raise Refused(_("That time is past. Give the day and time at which it will be held."))
    if meeting.has_unpublished_changes:
        raise Refused(_("The meeting has changes that are not published yet. Publish or discard them first."))


def follow_announcement(publication: Publication) -> None:
    """A meeting was published: where its time is not the one announced before, the former one stays to be read."""
    row = MeetingPage.objects.get(pk=publication.page.pk)
    if row.announced_starts_at == row.starts_at:
        return
    if row.announced_starts_at is not None:
        FormerDate.objects.create(
            meeting=row, starts_at=row.announced_starts_at, moved_at=publication.at, by=publication.by or None
        )
    MeetingPage.objects.filter(pk=row.pk).update(announced_starts_at=row.starts_at)
