"""How long a save at the desk takes, measured on a small agenda."""

import pytest

from governance.models import BoardPage, User
from home.bench.autosave import autosave_times
from minutes.models import MinutePage
from minutes.operations.meetings import publish_agenda
from tests import building


@pytest.mark.django_db
def test_each_save_at_the_desk_is_kept_and_timed(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk)
    publish_agenda(meeting=meeting, by=clerk)

    times = autosave_times(by=clerk, saves=4)

    median, slowest = times.values()
    assert 0 < median <= slowest
    assert "Sentence 4 follows." in MinutePage.objects.get().latest_revision.content["text"]
