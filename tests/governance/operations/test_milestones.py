"""Steps of an action that people can see done."""

from datetime import date

import pytest

from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Milestone, User
from governance.operations.milestones import complete_milestone
from tests import building


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    return building.make_action(board, clerk, milestones=[Milestone(name="First workshop", due_on=date(2026, 11, 1))])


def test_a_milestone_is_done_in_public_and_in_the_latest_version(action: ActionPage, clerk: User) -> None:
    page = complete_milestone(action=action, name="First workshop", done_on=date(2026, 10, 30), by=clerk)
    assert Milestone.objects.get().done_on == date(2026, 10, 30)
    assert page.get_latest_revision_as_object().milestones.get().done_on == date(2026, 10, 30)


def test_only_a_milestone_of_the_action_is_done_and_only_once(action: ActionPage, clerk: User) -> None:
    with pytest.raises(Refused, match="has no milestone"):
        complete_milestone(action=action, name="Second workshop", done_on=date(2026, 10, 30), by=clerk)
    complete_milestone(action=action, name="First workshop", done_on=date(2026, 10, 30), by=clerk)
    with pytest.raises(Refused, match="is done already"):
        complete_milestone(action=action, name="First workshop", done_on=date(2026, 10, 31), by=clerk)
