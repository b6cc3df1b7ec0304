"""Publishing what was decided before the minutes are written."""

from datetime import timedelta

from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, User
from minutes.enums import MeetingStatus, MotionOutcome, PackKind, PackState, ResolutionStanding
from minutes.meeting_steps import next_steps
from minutes.models import MeetingPage, MinutePage, Pack, ResolutionPage
from minutes.operations.deciding import publish_decisions
from minutes.operations.meetings import set_status
from tests import building
from tests.minutes.packing_stage import make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting of today with two resolutions in draft."""
    meeting = make_meeting(board, clerk, starts_at=timezone.now() - timedelta(hours=1))
    for page in meeting.get_children():
        building.make_resolution(page.specific, clerk, publish=False)
    return meeting


def test_decisions_are_public_and_their_sheet_is_asked_for_before_the_minutes(meeting: MeetingPage, clerk: User) -> None:
    ResolutionPage.objects.filter(pk=ResolutionPage.objects.first().pk).update(outcome=MotionOutcome.LOST)
    assert "publish-decisions" in [step.name for step in next_steps(meeting)]
    published = publish_decisions(meeting=meeting, by=clerk)
    assert len(published) == 2 and all(ResolutionPage.objects.values_list("live", flat=True))
    assert not MinutePage.objects.live().exists()
    fresh = MeetingPage.objects.get(pk=meeting.pk)
    assert fresh.status == MeetingStatus.HELD
    assert "publish-decisions" not in [step.name for step in next_steps(fresh)]
    sheet = Pack.objects.get()
    assert (sheet.kind, sheet.state) == (PackKind.DECISIONS, PackState.QUEUED)
    assert ResolutionStanding.ADOPTED in set(ResolutionPage.objects.values_list("standing", flat=True))


def test_nothing_is_published_twice_or_of_nothing(meeting: MeetingPage, clerk: User) -> None:
    publish_decisions(meeting=meeting, by=clerk)
    with pytest.raises(Refused, match="no decisions left"):
        publish_decisions(meeting=meeting, by=clerk)


def test_a_meeting_that_was_called_off_or_is_to_come_decided_nothing(
    board: BoardPage, meeting: MeetingPage, clerk: User
) -> None:
    coming = make_meeting(board, clerk, starts_at=timezone.now() + timedelta(days=3))
    building.make_resolution(coming.get_children().first().specific, clerk, publish=False)
    with pytest.raises(Refused, match="has not taken place"):
        publish_decisions(meeting=coming, by=clerk)
    set_status(meeting=meeting, status=MeetingStatus.CANCELLED, reason="Flooding.", by=clerk)
    with pytest.raises(Refused, match="has no minutes"):
        publish_decisions(meeting=meeting, by=clerk)
    assert not ResolutionPage.objects.live().exists()
    assert [step.name for step in next_steps(MeetingPage.objects.get(pk=coming.pk))] == ["publish-agenda"]
