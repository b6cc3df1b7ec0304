"""A board's meetings and decisions by year: all of them can be reached, and more of them ask no more of the database."""

from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from governance.models import BoardPage, User
from minutes.operations.minuting import publish_minutes
from minutes.years import ON_A_PAGE, chosen_year, years_of
from tests import building
from tests.kept import kept

NOW = building.london(2026, 11, 22, 12)
ADDRESS = "/boards/hwb/"


@pytest.fixture
def years(board: BoardPage, clerk: User) -> BoardPage:
    """Two meetings in 2025, one of them with three decisions; one in 2026; one to come; a draft; and another board's."""
    kept("years", lambda: make_years(board, clerk))
    return board


def make_years(board: BoardPage, clerk: User) -> None:
    """Make them."""
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    building.make_meeting(other, clerk, building.london(2024, 5, 1, 14))
    first = building.make_meeting(board, clerk, building.london(2025, 1, 1, 0))
    building.make_meeting(board, clerk, building.london(2025, 12, 31, 23, 59))
    building.make_meeting(board, clerk, building.london(2026, 10, 8, 14))
    building.make_meeting(board, clerk, building.london(2030, 1, 8, 14))
    building.make_meeting(board, clerk, building.london(2023, 1, 8, 14), publish=False)
    item = building.make_item(first, clerk)
    building.make_minute(item, clerk, publish=False)
    for number in range(1, 4):
        building.make_resolution(item, clerk, number=number, publish=False)
    publish_minutes(meeting=first, by=clerk)


def asked(board: BoardPage, query: str) -> Any:
    """The list that an address asks for."""
    return chosen_year(board, QueryDict(query), NOW)


def test_the_years_are_those_in_which_the_board_has_met(years: BoardPage) -> None:
    assert years_of(years, NOW) == [2026, 2025]


def test_a_year_has_its_meetings_and_its_decisions(years: BoardPage) -> None:
    assert [meeting.slug for meeting in asked(years, "meetings=2025").page] == ["2025-12-31", "2025-01-01"]
    decided = asked(years, "decisions=2025")
    assert [row.resolution.label for row in decided.decisions] == ["(1)", "(2)", "(3)"]
    assert asked(years, "decisions=2026").decisions == []
    assert list(asked(years, "meetings=2030").page) == []
    assert list(asked(years, "meetings=2023").page) == []


@pytest.mark.parametrize(
    "query", ["", "meetings=", "meetings=last", "decisions=20255", "meetings=-202", "meetings=%D9%A1%D9%A2%D9%A3%D9%A4"]
)
def test_what_is_no_year_is_not_asked_for(years: BoardPage, query: str) -> None:
    assert asked(years, query) is None


@pytest.mark.parametrize(
    "query",
    ["meetings=0000", "meetings=9999", "decisions=9999", "meetings=2025&page=999", "meetings=2025&page=x", "meetings=%00"],
)
def test_any_address_is_answered(years: BoardPage, client: Client, query: str) -> None:
    assert client.get(f"{ADDRESS}?{query}").status_code == 200


def test_the_boards_page_leads_to_every_year(years: BoardPage, client: Client) -> None:
    shown = client.get(ADDRESS).content.decode()
    for query in ("meetings=2025", "decisions=2025", "meetings=2026"):
        assert f'href="{ADDRESS}?{query}"' in shown
    meetings = client.get(f"{ADDRESS}?meetings=2025").content.decode()
    assert f"{ADDRESS}2025-01-01/" in meetings
    assert "Next meetings" not in meetings
    decisions = client.get(f"{ADDRESS}?decisions=2025").content.decode()
    assert f"{ADDRESS}2025-01-01/home-care/resolution-3/" in decisions


def test_a_long_year_is_shown_page_by_page(years: BoardPage, clerk: User, client: Client) -> None:
    for number in range(ON_A_PAGE):
        building.make_meeting(years, clerk, building.london(2025, 3, 1 + number, 10))
    first, second = (client.get(f"{ADDRESS}?meetings=2025&page={page}").content.decode() for page in (1, 2))
    assert "?meetings=2025&amp;page=2" in first
    assert f"{ADDRESS}2025-01-01/" not in first
    assert f"{ADDRESS}2025-01-01/" in second


def test_more_of_a_year_asks_no_more_of_the_database(years: BoardPage, clerk: User, client: Client) -> None:
    counts = []
    for more in (2, 12):
        for number in range(more):
            meeting = building.make_meeting(years, clerk, building.london(2025, 2 + more // 2, 1 + number, 10))
            item = building.make_item(meeting, clerk)
            building.make_resolution(item, clerk)
        for query in ("meetings=2025", "decisions=2025"):
            client.get(f"{ADDRESS}?{query}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{ADDRESS}?{query}")
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
