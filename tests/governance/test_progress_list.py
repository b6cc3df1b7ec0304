"""The progress list: filters that are plain addresses, counts that agree with what they leave."""

from datetime import date
from urllib.parse import parse_qsl

from django.test import Client

import pytest

from governance.enums import ActionStatus
from governance.models import BoardPage, User
from governance.progress_list import Listing, listing
from tests import building

TODAY = date(2026, 11, 22)


@pytest.fixture
def actions(clerk: User, board: BoardPage) -> None:
    """Three actions: one late, one paused, one of another board; and a draft."""
    other = building.make_board(clerk, "SCR", "Scrutiny")
    led = building.make_organisation()
    late = building.make_action(board, clerk, "Late", first_due_on=date(2026, 11, 1), lead_organisation=led)
    building.make_update(late, clerk, date(2026, 11, 3), confidence="at_risk", reason="Snow.", recovery_step="Salt.")
    paused = building.make_action(board, clerk, "Paused")
    building.make_update(paused, clerk, date(2026, 11, 4), status=ActionStatus.PAUSED, reason="Snow.")
    building.make_action(other, clerk, "Elsewhere")
    building.make_action(board, clerk, "Draft", publish=False)


def _titles(view: Listing) -> list[str]:
    return [action.title for action in view.page]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["Paused", "Late", "Elsewhere"]),
        ({"status": "paused"}, ["Paused"]),
        ({"board": "SCR"}, ["Elsewhere"]),
        ({"late": "date"}, ["Late"]),
        ({"confidence": "at_risk", "board": "HWB"}, ["Late"]),
        ({"board": "SCR", "status": "paused"}, []),
        ({"sort": "title"}, ["Elsewhere", "Late", "Paused"]),
    ],
)
def test_filters_leave_what_they_say(actions: None, asked: dict[str, str], left: list[str]) -> None:
    view = listing(asked, TODAY)
    assert sorted(_titles(view)) == sorted(left)
    assert view.total == len(left)
    assert view.every == 3


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "nonsense", "-1", "1e9", "9" * 40, "\x00", '"', "²", "' OR 1=1", "x" * 5000])
@pytest.mark.parametrize("name", ["status", "board", "confidence", "workstream", "organisation", "late", "sort", "page"])
def test_a_value_that_means_nothing_is_no_filter(actions: None, name: str, value: str) -> None:
    assert listing({name: value}, TODAY).total == 3


@pytest.mark.django_db
def test_every_choice_leaves_as_many_as_it_says(actions: None) -> None:
    for asked in ({}, {"board": "HWB"}, {"status": "under_way"}):
        for one in listing(asked, TODAY).filters:
            for choice in one.choices:
                if not choice.chosen:
                    assert listing(dict(parse_qsl(choice.query)), TODAY).total == choice.count, (asked, one.name, choice)


@pytest.mark.django_db
def test_a_chosen_filter_can_be_taken_away(actions: None) -> None:
    view = listing({"board": "HWB", "status": "paused"}, TODAY)
    assert {one.name: choice.query for one, choice in view.chosen} == {"board": "status=paused", "status": "board=HWB"}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["1e9", "-1", "0", "999999999999999999999", "x", "\x00"])
def test_any_page_number_is_answered(actions: None, client: Client, page: str) -> None:
    response = client.get("/progress/", {"page": page})
    assert response.status_code == 200
    assert "Elsewhere" in response.content.decode()


@pytest.mark.django_db
def test_the_empty_list_says_what_will_be_there(clerk: User, board: BoardPage, client: Client) -> None:
    assert "Nothing has been promised here yet." in client.get("/progress/").content.decode()
