"""Carrying items over and referring them, with a link both ways."""

from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, User
from governance.operations.roles import give_role
from minutes.models import AgendaItemPage, ItemPresenter, MeetingPage, ProgrammeEntry
from minutes.operations.carrying import carry_all, carry_to_meeting, refer_to_board
from minutes.operations.meetings import publish_agenda
from minutes.operations.programme import put_on_agenda
from tests import building
from tests.building import london
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(board: BoardPage, clerk: User) -> AgendaItemPage:
    """A public item of a meeting in October, and a meeting in January."""

    def make() -> AgendaItemPage:
        meeting = building.make_meeting(board, clerk)
        made = building.make_item(meeting, clerk, publish=False, body="<p>How care is planned.</p>", minutes_planned=20)
        made.presenters = [ItemPresenter(name="Sue Wilson", role="Manager")]
        made.save_revision(user=clerk).publish(user=clerk)
        publish_agenda(meeting=meeting, by=clerk)
        building.make_meeting(board, clerk, london(2027, 1, 13, 14))
        return AgendaItemPage.objects.get()

    return kept("item to carry", make)


@pytest.fixture
def later(item: AgendaItemPage) -> MeetingPage:
    """The meeting in January."""
    return MeetingPage.objects.latest("starts_at")


def test_an_item_is_carried_over_with_its_words_and_both_pages_link(
    item: AgendaItemPage, later: MeetingPage, clerk: User
) -> None:
    carried = carry_to_meeting(item=item, meeting=later, by=clerk)
    assert (carried.title, carried.body, carried.minutes_planned, carried.live) == (item.title, item.body, 20, False)
    assert [str(row) for row in carried.presenters.all()] == ["Sue Wilson, Manager"]
    assert "Carried over" not in Client().get(item.get_url()).content.decode()
    publish_agenda(meeting=later, by=clerk)
    carried.refresh_from_db()
    before, after = (Client().get(page.get_url()).content.decode() for page in (item, carried))
    assert f'href="{carried.get_url()}"' in before
    assert "Item 1 of the meeting of 13 January 2027" in before
    assert "Carried over from" in after
    assert f'href="{item.get_url()}"' in after
    assert "Carried over to the meeting of" in item.ledger_entries.latest("pk").note


def test_an_item_is_carried_once_and_only_forward(item: AgendaItemPage, later: MeetingPage, clerk: User) -> None:
    carried = carry_to_meeting(item=item, meeting=later, by=clerk)
    with pytest.raises(Refused, match="carried over to that meeting before"):
        carry_to_meeting(item=item, meeting=later, by=clerk)
    with pytest.raises(Refused, match="Choose a meeting after that of"):
        carry_to_meeting(item=carried, meeting=item.meeting, by=clerk)
    MeetingPage.objects.filter(pk=later.pk).update(status="held")
    with pytest.raises(Refused, match="still to come"):
        carry_to_meeting(item=item, meeting=later, by=clerk)


def test_everything_of_a_meeting_is_carried_over_but_what_stands_on_every_agenda(
    item: AgendaItemPage, later: MeetingPage, clerk: User
) -> None:
    building.make_item(item.meeting, clerk, "Welcome", standing_kind="welcome", standing_title="Welcome")
    building.make_item(item.meeting, clerk, "Transport")
    assert [row.title for row in carry_all(meeting=item.meeting, to=later, by=clerk)] == ["Home care", "Transport"]
    assert carry_all(meeting=item.meeting, to=later, by=clerk) == []


def test_an_item_is_referred_to_a_board_without_a_meeting(item: AgendaItemPage, board: BoardPage, clerk: User) -> None:
    other = building.make_board(clerk, "PLACE", "Place Partnership Board", publishes_programme=True)
    entry = refer_to_board(item=item, board=other, by=clerk)
    with pytest.raises(Refused, match="on the work programme of that board already"):
        refer_to_board(item=item, board=other, by=clerk)
    assert "Referred" not in Client().get(item.get_url()).content.decode()
    ProgrammeEntry.objects.update(is_public=True)
    assert "Referred to the Place Partnership Board." in Client().get(item.get_url()).content.decode()
    there = building.make_meeting(other, clerk, london(2027, 2, 1, 10))
    referred = put_on_agenda(entry=entry, meeting=there, by=clerk)
    assert referred.carried_from == item
    publish_agenda(meeting=there, by=clerk)
    assert "Referred by the Health and Wellbeing Board:" in Client().get(referred.get_url()).content.decode()
    assert "Item 1 of the meeting of 1 February 2027" in Client().get(item.get_url()).content.decode()
    BoardPage.objects.filter(pk=board.pk).update(ended_on=london(2026, 1, 1).date())
    with pytest.raises(Refused, match="has ended"):
        refer_to_board(item=item, board=board, by=clerk)


def test_the_step_offers_own_meetings_and_every_board(
    item: AgendaItemPage, later: MeetingPage, board: BoardPage, clerk: User
) -> None:
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    elsewhere = building.make_meeting(other, clerk, london(2027, 2, 1, 10))
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    client = Client()
    client.force_login(editor)
    where = reverse("carry_item", args=[item.pk])
    shown = client.get(where).content.decode()
    for offered in (f"meeting-{later.pk}", f"board-{other.pk}", f"board-{board.pk}"):
        assert f'value="{offered}"' in shown
    assert f"meeting-{elsewhere.pk}" not in shown
    assert client.post(where, {"to": f"meeting-{elsewhere.pk}"}).status_code == 400
    assert client.post(where, {"to": f"meeting-{later.pk}"}).status_code == 302
    assert client.post(where, {"to": f"meeting-{later.pk}"}).status_code == 409
    assert client.post(where, {"to": f"board-{other.pk}"}).status_code == 302
    author = building.make_user("author", is_superuser=False, is_staff=False)
    give_role(user=author, role=Role.AUTHOR, board=board)
    client.force_login(author)
    assert client.post(where, {"to": f"board-{board.pk}"})["Location"] == "/admin/"
    assert ProgrammeEntry.objects.count() == 1
