"""The work programme: from an entry to an item, and the steps of a report ticked off."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

import pytest

from governance.enums import Purpose
from governance.exceptions import Refused
from governance.models import BoardPage, PreparationStep, User
from minutes.enums import MeetingStatus, PaperState
from minutes.models import MeetingPage, Paper, ProgrammeEntry
from minutes.operations.meetings import set_status
from minutes.operations.programme import put_on_agenda, tick_step
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting to come."""
    return building.make_meeting(board, clerk, london(2027, 1, 13, 14))


def entry_for(board: BoardPage, **fields: Any) -> ProgrammeEntry:
    """An entry of the board's programme."""
    return ProgrammeEntry.objects.create(board=board, **{"title": "Winter plan", "purpose": Purpose.DECISION, **fields})


def test_an_entry_becomes_a_draft_item_with_its_report_to_follow(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    entry = entry_for(board, about="What <winter> asks of us.", lead="Director of Adult Care")
    item = put_on_agenda(entry=entry, meeting=meeting, by=clerk)
    assert (item.title, item.purpose, item.number, item.live) == ("Winter plan", Purpose.DECISION, "1", False)
    assert item.body == "<p>What &lt;winter&gt; asks of us.</p>"
    paper = Paper.objects.get(item=item)
    assert (paper.state, item.report_author) == (PaperState.TO_FOLLOW, "Director of Adult Care")
    entry.refresh_from_db()
    assert (entry.item, entry.meeting) == (item, meeting)
    assert not ProgrammeEntry.objects.waiting().exists()
    with pytest.raises(Refused, match="on an agenda already"):
        put_on_agenda(entry=entry, meeting=meeting, by=clerk)


def test_what_comes_back_is_carried_over_from_the_item_that_sent_it(
    board: BoardPage, clerk: User, meeting: MeetingPage
) -> None:
    before = building.make_item(building.make_meeting(board, clerk), clerk)
    resolution = building.make_resolution(before, clerk, publish=False)
    item = put_on_agenda(entry=entry_for(board, because_of=resolution), meeting=meeting, by=clerk)
    assert item.carried_from == before
    assert not Paper.objects.filter(item=item).exists()


def test_only_onto_an_agenda_of_the_same_board_that_is_to_come(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    elsewhere = building.make_meeting(other, clerk, london(2027, 1, 13, 14))
    off = set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    for wrong in (elsewhere, off):
        with pytest.raises(Refused, match="that is still to come"):
            put_on_agenda(entry=entry_for(board), meeting=wrong, by=clerk)
    with pytest.raises(Refused, match="was dropped"):
        put_on_agenda(entry=entry_for(board, dropped_because="No longer needed."), meeting=meeting, by=clerk)
    with pytest.raises(ValidationError, match="a meeting of the same board"):
        entry_for(board, meeting=elsewhere).full_clean()


def test_an_entry_is_public_where_its_board_shows_what_is_coming(board: BoardPage) -> None:
    entry = entry_for(board, is_public=True)
    assert entry.public_since == timezone.localdate()
    entry_for(board, title="Quisquilian", wanted_by=date(2027, 1, 1))
    assert not ProgrammeEntry.objects.public().exists()
    BoardPage.objects.filter(pk=board.pk).update(publishes_programme=True)
    assert [row.title for row in ProgrammeEntry.objects.public()] == ["Winter plan"]


def test_a_step_is_ticked_off_once_by_somebody(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    PreparationStep.objects.create(board=board, name="Cleared by finance", days_before=5)
    item = building.make_item(meeting, clerk)
    done = tick_step(item=item, step="Cleared by finance", by=clerk, note=" seen ")
    assert (done.by, done.note) == (clerk, "seen")
    with pytest.raises(Refused, match="ticked off before"):
        tick_step(item=item, step="Cleared by finance", by=clerk)
    with pytest.raises(Refused, match="has no step"):
        tick_step(item=item, step="Cleared by nobody", by=clerk)
