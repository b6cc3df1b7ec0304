"""Publishing minutes: numbered in the order of the agenda, and only of meetings that took place."""

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, User
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage, MinutePage, ResolutionPage
from minutes.operations.meetings import reorder_items, set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting with two items, each with a minute and a resolution that are drafts."""
    meeting = building.make_meeting(board, clerk)
    for title in ("Home care", "Transport"):
        item = building.make_item(meeting, clerk, title=title)
        building.make_minute(item, clerk, publish=False)
        building.make_resolution(item, clerk, publish=False)
    return meeting


def test_minutes_are_numbered_in_the_order_of_the_agenda(meeting: MeetingPage, clerk: User) -> None:
    first, second = (minute.item for minute in MinutePage.objects.order_by("path"))
    reorder_items(meeting=meeting, order=[second.pk, first.pk], by=clerk)
    publish_minutes(meeting=meeting, by=clerk)
    assert dict(MinutePage.objects.values_list("title", "reference")) == {
        "Transport": "HWB/2026-27/1",
        "Home care": "HWB/2026-27/2",
    }
    cited = {page.item.title: page.reference for page in ResolutionPage.objects.all()}
    assert cited == {"Transport": "HWB/2026-27/1(1)", "Home care": "HWB/2026-27/2(1)"}


def test_a_meeting_that_was_called_off_publishes_no_minutes(meeting: MeetingPage, clerk: User) -> None:
    set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    with pytest.raises(Refused, match="Cancelled"):
        publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    assert not MinutePage.objects.live().exists()


def test_the_notes_of_a_meeting_without_a_quorum_are_published_and_confirmed(meeting: MeetingPage, clerk: User) -> None:
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    set_status(meeting=meeting, status=MeetingStatus.INQUORATE, by=clerk, reason="Two members were ill.")
    publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    assert MeetingPage.objects.get().status == MeetingStatus.DRAFT_MINUTES
    confirm_minutes(meeting=meeting, by=clerk)
    confirmed = MeetingPage.objects.get()
    assert (confirmed.status, confirmed.status_reason) == (MeetingStatus.CONFIRMED, "Two members were ill.")
