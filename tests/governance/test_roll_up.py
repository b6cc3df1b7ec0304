"""Boards, strategies and workstreams say how many promises they have, where those stand and what is new."""

from datetime import date
from urllib.parse import parse_qsl

from django.test import Client

import pytest

from governance.enums import ActionStatus
from governance.models import BoardPage, User
from governance.progress_list import listing
from governance.roll_up import NEWS, roll_up
from tests import building
from tests.small_site import SmallSite

TODAY = date(2026, 11, 22)


@pytest.fixture
def promises(clerk: User, board: BoardPage) -> None:
    """Five promises of a board, one of another, and a draft."""
    late = building.make_action(board, clerk, "Late", first_due_on=date(2026, 11, 1))
    building.make_update(late, clerk, date(2026, 11, 20))
    for number in range(3):
        done = building.make_action(board, clerk, f"Done {number}")
        building.make_update(done, clerk, date(2026, 9, 1))
        building.make_update(done, clerk, date(2026, 10, 1 + number), title=f"Done {number}", status=ActionStatus.COMPLETED)
    building.make_action(board, clerk, "No news")
    building.make_action(building.make_board(clerk, "SCR", "Scrutiny"), clerk, "Elsewhere")
    building.make_action(board, clerk, "Draft", publish=False)


@pytest.mark.django_db
def test_every_number_leads_to_as_many_actions(promises: None) -> None:
    found = roll_up("board", "HWB", TODAY)
    assert (found.total, found.every.words) == (5, "5 promises")
    assert [line.words for line in found.standing] == ["1 proposed", "1 under way", "3 completed"]
    assert [line.words for line in found.late] == ["1 is late"]
    for line in (found.every, *found.standing, *found.late):
        assert listing(dict(parse_qsl(line.query)), TODAY).total == int(line.words.split()[0])


@pytest.mark.django_db
def test_the_latest_news_comes_first_and_names_its_action(promises: None) -> None:
    news = roll_up("board", "HWB", TODAY).news
    assert [action.title for _update, action in news] == ["Late", "Done 2", "Done 1"]
    assert [update.date for update, _action in news] == [date(2026, 11, 20), date(2026, 10, 3), date(2026, 10, 2)]
    assert len(news) == NEWS


@pytest.mark.django_db
def test_where_there_is_nothing_there_are_no_numbers(promises: None) -> None:
    found = roll_up("strategy", "999999", TODAY)
    assert (found.total, found.standing, found.late, found.news) == (0, (), (), ())


def test_board_strategy_and_workstream_show_theirs(small_site: SmallSite, client: Client) -> None:
    addresses = small_site.addresses()
    for kind, words in (("BoardPage", "2 promises"), ("StrategyPage", "1 promise<"), ("WorkstreamPage", "1 promise<")):
        text = client.get(addresses[kind]).content.decode()
        assert words in text, kind
        assert "The plan takes longer" in text, kind
