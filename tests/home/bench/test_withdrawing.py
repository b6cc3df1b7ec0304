"""How long a withdrawal at once takes, measured on a small agenda that stays as it was."""

import pytest

from governance.models import BoardPage, LedgerEntry, User
from home.bench import withdrawing
from home.bench.measuring import WrongAnswer
from home.bench.withdrawing import withdrawal_times
from minutes.models import AgendaItemPage, EmergencyWithdrawal
from minutes.operations.meetings import publish_agenda
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(board: BoardPage, clerk: User) -> AgendaItemPage:
    """An item of a published agenda."""
    meeting = building.make_meeting(board, clerk)
    made = building.make_item(meeting, clerk)
    publish_agenda(meeting=meeting, by=clerk)
    return made


@pytest.mark.usefixtures("look")
def test_it_is_timed_beside_a_plain_withdrawal_and_taken_back(item: AgendaItemPage, clerk: User) -> None:
    entries = LedgerEntry.objects.count()
    seconds, ratio = withdrawal_times(by=clerk, times=1).values()
    assert seconds > 0 and ratio > 0
    assert AgendaItemPage.objects.get(pk=item.pk).live
    assert not EmergencyWithdrawal.objects.exists() and LedgerEntry.objects.count() == entries


@pytest.mark.usefixtures("look", "item")
def test_a_channel_that_is_not_empty_is_no_figure(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withdrawing, "look_at_channels", lambda emergency: emergency)
    with pytest.raises(WrongAnswer, match="was not out of every channel"):
        withdrawal_times(by=clerk, times=1)
