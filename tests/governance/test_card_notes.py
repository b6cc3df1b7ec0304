"""What a card of an action says when the decision that ordered it is not in effect."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from minutes.models import ResolutionPage
from minutes.operations.adoption import link_action
from minutes.operations.ending import record_call_in
from minutes.waiting_decisions import waiting_decisions
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolution(board: BoardPage, clerk: User) -> ResolutionPage:
    """A decision of an executive board that was published today and orders an action."""
    BoardPage.objects.filter(pk=board.pk).update(is_executive=True, call_in_days=5)
    meeting = building.make_meeting(board, clerk, timezone.now() - timedelta(days=2))
    made = building.make_resolution(building.make_item(meeting, clerk), clerk)
    link_action(resolution=made, action=building.make_action(board, clerk), kind="orders", by=clerk)
    return ResolutionPage.objects.get(pk=made.pk)


def cards(board: BoardPage) -> dict[str, str]:
    """The lists on which the card stands."""
    found: dict[str, Any] = {"progress": "/progress/", "board": board.get_url()}
    return {name: Client().get(address).content.decode() for name, address in found.items()}


def test_lists_say_that_the_decision_waits_and_then_no_more(board: BoardPage, resolution: ResolutionPage, clerk: User) -> None:
    for name, page in cards(board).items():
        assert "This decision is not in effect yet." in page, name
    record_call_in(resolution=resolution, state="called_in", who="Four councillors", reason="It was rushed.", by=clerk)
    for name, page in cards(board).items():
        assert "This decision is not in effect: called in." in page, name
    record_call_in(resolution=resolution, state="stands", who="The committee", reason="It was not.", by=clerk)
    later = timezone.localdate() + timedelta(days=30)
    assert waiting_decisions(later) == {}
    for name, page in cards(board).items():
        assert "not in effect" not in page, name


def test_a_board_that_is_not_executive_says_nothing(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, timezone.now() - timedelta(days=2))
    made = building.make_resolution(building.make_item(meeting, clerk), clerk)
    link_action(resolution=made, action=building.make_action(board, clerk), kind="orders", by=clerk)
    assert waiting_decisions(timezone.localdate()) == {}


def test_many_cards_ask_once(board: BoardPage, resolution: ResolutionPage, clerk: User) -> None:
    client = Client()
    client.get("/progress/")
    with CaptureQueriesContext(connection) as few:
        client.get("/progress/")
    for number in range(4):
        building.make_action(board, clerk, title=f"Action {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/progress/")
    asked = [len([one for one in each if "minutes_resolutionaction" in one["sql"]]) for each in (few, many)]
    assert asked == [1, 1]
