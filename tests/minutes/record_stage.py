"""A meeting with draft minutes and the ordinary meeting after it, for tests of confirming and what follows."""

from dataclasses import dataclass
from typing import Any

from governance.models import BoardPage, User
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, Attendance, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import publish_minutes
from tests import building
from tests.building import london
from tests.kept import kept

TEXT = "<p>Ten people spoke of <b>home</b> care. Visits are too short.</p><p>Dr Lee will write to them.</p>"


@dataclass
class Stage:
    """The records of both meetings."""

    clerk: User
    board: BoardPage
    meeting: MeetingPage
    item: AgendaItemPage
    minute: MinutePage
    resolution: ResolutionPage
    following: MeetingPage
    confirming: AgendaItemPage

    def fresh(self) -> MinutePage:
        """The minute as the database has it now."""
        return MinutePage.objects.get(pk=self.minute.pk)


def make_stage(clerk: User, **board_fields: Any) -> Stage:
    """Draft minutes of September, and the meeting of October that can confirm them."""
    # One attendance is recorded, so one makes a quorum here.
    board = building.make_board(clerk, **{"quorum": 1, **board_fields})
    meeting = building.make_meeting(board, clerk, london(2026, 9, 10, 14))
    item = building.make_item(meeting, clerk, publish=False)
    publish_agenda(meeting=meeting, by=clerk, at=london(2026, 9, 1, 9))
    minute = building.make_minute(item, clerk, publish=False, text=TEXT, mover="Councillor Rao", seconder="Dr Lee")
    resolution = building.make_resolution(item, clerk, publish=False)
    publish_minutes(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk, at=london(2026, 9, 17, 9))
    following = building.make_meeting(board, clerk, london(2026, 10, 8, 14))
    confirming = building.make_item(following, clerk, "Minutes of the last meeting", publish=False)
    following = publish_agenda(meeting=following, by=clerk)
    set_status(meeting=following, status=MeetingStatus.HELD, by=clerk)
    Attendance.objects.create(meeting=following, name="Councillor Siân Ŵyn", presided=True)
    return Stage(
        clerk,
        board,
        MeetingPage.objects.get(pk=meeting.pk),
        AgendaItemPage.objects.get(pk=item.pk),
        MinutePage.objects.get(pk=minute.pk),
        ResolutionPage.objects.get(pk=resolution.pk),
        MeetingPage.objects.get(pk=following.pk),
        AgendaItemPage.objects.get(pk=confirming.pk),
    )


def kept_stage(clerk: User) -> Stage:
    """The stage, made once for a run."""
    return kept("record stage", lambda: make_stage(clerk))
