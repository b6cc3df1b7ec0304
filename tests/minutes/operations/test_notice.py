"""Posting a notice: when, where and by whom, once."""

from datetime import timedelta

from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, User
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage
from minutes.operations.meetings import set_status
from minutes.operations.notice import post_notice
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db


def test_when_where_and_by_whom_is_recorded_and_survives_an_edit(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    posted = timezone.now() - timedelta(days=2)
    row = post_notice(meeting=meeting, place=" At the offices ", by=clerk, posted_at=posted)
    assert (row.notice_published_at, row.notice_place, row.notice_by) == (posted, "At the offices", clerk)
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    meeting.venue = "Library"
    meeting.save_revision(user=clerk).publish(user=clerk)
    assert MeetingPage.objects.get(pk=meeting.pk).notice_place == "At the offices"


def test_a_notice_is_posted_once_of_a_public_meeting_that_takes_place(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    with pytest.raises(Refused, match="Say where"):
        post_notice(meeting=meeting, place=" ", by=clerk)
    with pytest.raises(Refused, match="still to come"):
        post_notice(meeting=meeting, place="Here", by=clerk, posted_at=timezone.now() + timedelta(hours=1))
    post_notice(meeting=meeting, place="Here", by=clerk)
    with pytest.raises(Refused, match="posted before"):
        post_notice(meeting=meeting, place="There", by=clerk)
    draft = building.make_meeting(board, clerk, london(2027, 2, 13, 14), publish=False)
    off = building.make_meeting(board, clerk, london(2027, 3, 13, 14))
    set_status(meeting=off, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    for other in (draft, off):
        with pytest.raises(Refused, match="public and takes place"):
            post_notice(meeting=other, place="Here", by=clerk)
