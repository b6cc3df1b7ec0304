"""Planning a year in one step, and moving a meeting with its trace kept."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User, YearlyBusiness
from minutes.enums import MeetingStatus
from minutes.models import FormerDate, MeetingPage, ProgrammeEntry
from minutes.operations import planning
from minutes.operations.meetings import set_status
from minutes.operations.planning import move_meeting, plan_meetings
from minutes.planning import Monthly, days_of, moment_of
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
EVERY_MONTH = frozenset(range(1, 13))


def moments(first: date = date(2027, 1, 1), last: date = date(2027, 6, 30)) -> list[datetime]:
    """The second Wednesdays at two o'clock."""
    return [moment_of(day, time(14)) for day in days_of(Monthly(2, 2, EVERY_MONTH), first, last)]


def test_a_year_is_made_at_once_public_and_numbered_by_its_days(board: BoardPage, clerk: User) -> None:
    planned = plan_meetings(board=board, moments=moments(), by=clerk, length=timedelta(hours=2), venue="Town Hall")
    assert [meeting.reference for meeting in planned.made] == [
        f"HWB/2027-{day}" for day in ("01-13", "02-10", "03-10", "04-14", "05-12", "06-09")
    ]
    assert all(meeting.live and meeting.venue == "Town Hall" for meeting in planned.made)
    assert {meeting.ends_at - meeting.starts_at for meeting in planned.made if meeting.ends_at} == {timedelta(hours=2)}


def test_planned_twice_nothing_is_made_twice(board: BoardPage, clerk: User) -> None:
    YearlyBusiness.objects.create(board=board, month=3, title="Annual review")
    first = plan_meetings(board=board, moments=moments(), by=clerk)
    again = plan_meetings(board=board, moments=moments(), by=clerk)
    assert not again.made
    assert [meeting.pk for meeting in again.there] == [meeting.pk for meeting in first.made]
    assert MeetingPage.objects.count() == len(first.made)
    entry = ProgrammeEntry.objects.get()
    assert (entry.title, entry.meeting, entry.wanted_by) == ("Annual review", first.made[2], date(2027, 3, 10))


def test_a_plan_that_fails_half_way_makes_nothing(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = planning.schedule_meeting, []

    def failing(**given: Any) -> MeetingPage:
        asked.append(given)
        if len(asked) == 4:
            raise RuntimeError("the power failed")
        return real(**given)

    monkeypatch.setattr(planning, "schedule_meeting", failing)
    with pytest.raises(RuntimeError):
        plan_meetings(board=board, moments=moments(), by=clerk)
    assert len(asked) == 4
    assert not MeetingPage.objects.exists()


def test_no_day_too_many_days_and_an_ended_board_are_refused(board: BoardPage, clerk: User) -> None:
    with pytest.raises(Refused, match="Choose between 1 and 120 days"):
        plan_meetings(board=board, moments=[], by=clerk)
    with pytest.raises(Refused, match="Choose between 1 and 120 days"):
        plan_meetings(board=board, moments=moments() * 21, by=clerk)
    BoardPage.objects.filter(pk=board.pk).update(ended_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="has ended"):
        plan_meetings(board=board, moments=moments(), by=clerk)


def test_a_moved_meeting_keeps_its_reference_address_and_former_date(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14), ends_at=london(2027, 1, 13, 16, 30))
    moved = move_meeting(meeting=meeting, starts_at=london(2027, 1, 20, 10), reason="The room floods.", by=clerk)
    assert (moved.reference, moved.get_url()) == (meeting.reference, meeting.get_url())
    assert (moved.starts_at, moved.ends_at) == (london(2027, 1, 20, 10), london(2027, 1, 20, 12, 30))
    assert moved.title == "Wednesday 20 January 2027"
    former = FormerDate.objects.public().get()
    assert (former.starts_at, former.reason, former.by) == (london(2027, 1, 13, 14), "The room floods.", clerk)
    assert moved.calendar_sequence == meeting.calendar_sequence + 1
    assert LedgerEntry.objects.filter(note__startswith="Moved to Wednesday 20 January 2027, 10am. The room floods.").exists()


def test_a_postponed_meeting_is_scheduled_again_by_giving_it_a_day(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    set_status(meeting=meeting, status=MeetingStatus.POSTPONED, by=clerk, reason="Snow.")
    before = MeetingPage.objects.get(pk=meeting.pk).calendar_sequence
    moved = move_meeting(meeting=meeting, starts_at=london(2027, 2, 3, 14), reason="The roads are clear.", by=clerk)
    assert moved.status == MeetingStatus.SCHEDULED
    assert moved.reference == "HWB/2027-01-13"
    assert MeetingPage.objects.get(pk=meeting.pk).calendar_sequence > before


def test_a_time_changed_in_the_editor_leaves_its_trace_too(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    meeting.starts_at = london(2027, 1, 14, 9)
    meeting.save_revision(user=clerk).publish(user=clerk)
    assert [row.starts_at for row in FormerDate.objects.all()] == [london(2027, 1, 13, 14)]
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    meeting.save_revision(user=clerk).publish(user=clerk)
    assert FormerDate.objects.count() == 1


def test_what_cannot_be_moved_is_refused_in_plain_words(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    soon = london(2027, 1, 20, 14)
    for changed, words in (
        ({"reason": " "}, "Give the reason"),
        ({"starts_at": timezone.now() - timedelta(days=1)}, "That time is past"),
        ({"starts_at": meeting.starts_at}, "starts at that time already"),
    ):
        given: dict[str, Any] = {"meeting": meeting, "starts_at": soon, "reason": "Snow.", "by": clerk, **changed}
        with pytest.raises(Refused, match=words):
            move_meeting(**given)
    draft = building.make_meeting(board, clerk, london(2027, 3, 13, 14), publish=False)
    with pytest.raises(Refused, match="not public yet"):
        move_meeting(meeting=draft, starts_at=soon, reason="Snow.", by=clerk)
    meeting.venue = "Library"
    meeting.save_revision()
    with pytest.raises(Refused, match="changes that are not published"):
        move_meeting(meeting=meeting, starts_at=soon, reason="Snow.", by=clerk)
    set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    with pytest.raises(Refused, match="so it is not moved"):
        move_meeting(meeting=meeting, starts_at=soon, reason="Snow.", by=clerk)
    assert not FormerDate.objects.exists()
