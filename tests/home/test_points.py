"""The one list of everything people raised: by group, never by name, with its answer or since when it waits."""

from datetime import date, timedelta

from django.test import Client

import pytest

from governance.models import BoardPage, Point, User
from governance.operations.points import answer_point, record_point
from governance.operations.publishing import withdraw_record
from home.points import ON_A_PAGE, Points, listing
from minutes.operations.questions import answer_question, receive_question
from tests import building
from tests.kept import kept
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 8)


@pytest.fixture
def said(clerk: User, board: BoardPage) -> None:
    """Points of two boards from every source, one that waits, one that is not shown, and questions to a meeting."""
    kept("points", lambda: make_points(clerk, board))


def make_points(clerk: User, board: BoardPage) -> None:
    """Make them."""
    other = building.make_board(clerk, "SCR", "Scrutiny")
    action, item = building.make_action(board, clerk), building.make_item(building.make_meeting(board, clerk), clerk)
    elsewhere = building.make_action(other, clerk, "Elsewhere")
    for number, (about, source, kind) in enumerate(
        [
            (action, "workshop", "done"),
            (item, "minuted", "waiting"),
            (elsewhere, "comment", "cannot"),
            (action, "workshop", "waiting"),
        ]
    ):
        on = DAY + timedelta(days=number)
        point = record_point(about=about, text=f"Said {number}", source=source, raised_on=on, by=clerk, publish=True)
        if kind != "waiting":
            answer_point(point=point, kind=kind, answer="Because.", on=on, by=clerk)
    record_point(about=action, text="Not shown", source="comment", raised_on=DAY, by=clerk)
    meeting = item.get_parent().specific
    for number, declined in enumerate((False, True)):
        question = receive_question(
            meeting=meeting, asked_by="Ms Jo Bloggs", text=f"Asked {number}", received_on=DAY - timedelta(days=1), by=clerk
        )
        answer_question(question=question, answer="Soon.", on=DAY, by=clerk, declined=declined)
    receive_question(meeting=meeting, asked_by="Ms Jo Bloggs", text="Not answered", received_on=DAY, by=clerk)


def _texts(view: Points) -> list[str]:
    return [one.text for one in view.said]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["Said 3", "Said 2", "Said 1", "Said 0", "Asked 1", "Asked 0"]),
        ({"board": "SCR"}, ["Said 2"]),
        ({"board": "HWB", "source": "question"}, ["Asked 1", "Asked 0"]),
        ({"answer": "waiting"}, ["Said 1", "Said 3"]),
        ({"answer": "declined"}, ["Asked 1"]),
        ({"answer": "cannot", "source": "comment"}, ["Said 2"]),
        ({"answer": "cannot", "board": "HWB"}, []),
    ],
)
def test_filters_leave_what_they_say(said: None, asked: dict[str, str], left: list[str]) -> None:
    view = listing(asked)
    assert _texts(view) == left
    assert (view.total, view.every) == (len(left), 6)
    assert (view.waiting, view.waiting_since) == (2, DAY + timedelta(days=1))


def test_every_count_is_what_its_link_leaves(said: None) -> None:
    for asked in ({}, {"board": "HWB"}, {"answer": "waiting"}, {"source": "workshop", "board": "HWB"}):
        for one in listing(asked).filters:
            for choice in one.choices:
                if not choice.chosen:
                    assert listing({**asked, one.name: choice.value}).total == choice.count, (asked, choice)


@pytest.mark.parametrize("value", ["", "nonsense", "-1", "9" * 40, "\x00", "²", "' OR 1=1", "x" * 5000])
@pytest.mark.parametrize("name", ["board", "answer", "source", "page"])
def test_a_value_that_means_nothing_is_no_filter(said: None, client: Client, name: str, value: str) -> None:
    assert listing({name: value}).total == 6
    assert client.get("/points/", {name: value}).status_code == 200


def test_nobody_is_named_and_what_waits_says_since_when(said: None, client: Client) -> None:
    shown = client.get("/points/").content.decode()
    assert "Jo Bloggs" not in shown
    assert "A member of the public" in shown
    assert "Not shown" not in shown and "Not answered" not in shown.replace("Not answered yet", "")
    assert "waiting since 9 October 2026" in shown
    assert "2 wait for an answer, the first of them since 9 October 2026" in shown


def test_what_is_about_a_withdrawn_record_is_not_listed(said: None, clerk: User) -> None:
    withdraw_record(page=Point.objects.get(text="Said 2").about.specific, by=clerk, reason="Published too early.")
    assert "Said 2" not in _texts(listing({}))


def test_a_long_list_has_pages(board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk)
    for number in range(ON_A_PAGE + 1):
        Point.objects.create(about=action, text=f"Said {number}", source="comment", raised_on=DAY, published=True)
    assert len(listing({"page": "2"}).said) == 1
    assert "?board=HWB&amp;page=2" in client.get("/points/?board=HWB").content.decode()


def test_a_point_knows_its_board_wherever_its_record_lives(small_site: SmallSite) -> None:
    assert set(Point.objects.values_list("board__code", flat=True)) == {"HWB"}


def test_the_list_is_one_step_from_where_people_look(small_site: SmallSite, client: Client) -> None:
    for address in (
        small_site.action.get_url(),
        small_site.item.get_url(),
        small_site.board.get_url(),
        small_site.held.get_url(),
    ):
        assert 'href="/points/?board=HWB"' in client.get(address).content.decode(), address
    assert 'href="/points/"' in client.get("/").content.decode()


def test_an_empty_list_says_what_will_be_there(board: BoardPage, client: Client) -> None:
    assert "Each will be here with its answer." in client.get("/points/").content.decode()
