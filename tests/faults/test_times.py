"""The hours that come twice or never, and midnight in London, for what is scheduled and for what is numbered."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from governance.models import ActionPage, BoardPage, User
from governance.operations.scheduled import publish_due
from minutes.enums import MeetingStatus
from minutes.models import MinutePage
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import publish_minutes
from tests import building

pytestmark = pytest.mark.django_db
FIRST_OF_TWO = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""01:30 of the night in which the clocks go back, the first time."""
SECOND_OF_TWO = FIRST_OF_TWO + timedelta(hours=1)
NEVER_SHOWN = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
"""02:30 by a clock in London: half an hour after it jumped from one to two."""


@pytest.mark.parametrize("due", [FIRST_OF_TWO, SECOND_OF_TWO, NEVER_SHOWN, NEVER_SHOWN - timedelta(hours=1)])
def test_what_is_scheduled_in_a_night_of_changing_clocks_becomes_public_once_and_not_before(
    due: datetime, board: BoardPage, clerk: User
) -> None:
    action = building.make_action(board, clerk, publish=False)
    with time_machine.travel(due - timedelta(days=2), tick=False):
        action.go_live_at = due
        action.save_revision(user=clerk, approved_go_live_at=due)
    with time_machine.travel(due - timedelta(minutes=1), tick=False):
        assert publish_due() == 0 and not ActionPage.objects.get(pk=action.pk).live
    with time_machine.travel(due + timedelta(minutes=1), tick=False):
        assert publish_due() == 1 and ActionPage.objects.get(pk=action.pk).live
        assert publish_due() == 0
        assert action.ledger_entries.filter(event="published").count() == 1


@pytest.mark.parametrize(
    ("starts_at", "day", "year"),
    [
        (datetime(2027, 4, 30, 22, 30, tzinfo=UTC), "2027-04-30", "2026-27"),
        (datetime(2027, 4, 30, 23, 30, tzinfo=UTC), "2027-05-01", "2027-28"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2026-12-31", "2026-27"),
        (datetime(2027, 1, 1, 0, 30, tzinfo=UTC), "2027-01-01", "2026-27"),
    ],
)
def test_a_meeting_about_midnight_has_the_day_and_the_year_of_london(
    starts_at: datetime, day: str, year: str, board: BoardPage, clerk: User
) -> None:
    with time_machine.travel(starts_at - timedelta(days=20), tick=True):
        meeting = building.make_meeting(board, clerk, starts_at)
        item = building.make_item(meeting, clerk, publish=False)
        publish_agenda(meeting=meeting, by=clerk)
    assert meeting.reference == f"HWB/{day}"
    with time_machine.travel(starts_at + timedelta(days=1), tick=True):
        set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
        building.make_minute(item, clerk, publish=False)
        publish_minutes(meeting=meeting, by=clerk)
    assert MinutePage.objects.get().reference == f"HWB/{year}/1"
