"""Building an agenda as an editor meets it, without a script, and who is refused."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from governance.enums import Role, StandingKind
from governance.models import BoardPage, StandingItem, User
from governance.operations.roles import give_role
from minutes.agenda_order import write_order
from minutes.models import AgendaItemPage, AgendaSection, ItemPresenter, MeetingPage, Paper
from minutes.operations.agendas import items_of, order_of
from tests import building
from tests.building import london
from tests.kept import kept

pytestmark = pytest.mark.django_db
FEW, MANY = 5, 40


@pytest.fixture
def client(clerk: User) -> Client:
    """The clerk."""
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting to come with five draft items and a heading."""

    def make() -> MeetingPage:
        made = building.make_meeting(board, clerk, london(2027, 1, 13, 14), ends_at=london(2027, 1, 13, 15))
        for number in range(FEW):
            building.make_item(made, clerk, f"Matter {number}", publish=False, minutes_planned=15)
        AgendaSection.objects.create(meeting=made, title="Business", position=FEW + 1)
        return made

    return kept("meeting with five drafts and a heading", make)


def titles(meeting: MeetingPage) -> list[str]:
    """The agenda by title."""
    return [f"{item.number} {item.title[-1]}" for item in items_of(meeting)]


def move(client: Client, meeting: MeetingPage, how: str, title: str, **more: Any) -> Any:
    """Press a button of the page."""
    line = next(line for line in order_of(meeting) if line.of == (False, AgendaItemPage.objects.get(title=title).pk))
    said = {"seen": write_order(order_of(meeting)), "move": f"{how} {line}"}
    return client.post(reverse("build_agenda", args=[meeting.pk]), {**said, f"below-{line}": more.pop("below", ""), **more})


def test_the_page_shows_times_papers_and_who_presents(client: Client, meeting: MeetingPage, clerk: User) -> None:
    item = AgendaItemPage.objects.get(title="Matter 1")
    item.presenters = [ItemPresenter(name="Sue Wilson")]
    item.title, item.is_urgent, item.late_report_reason = "A new title", True, "Awaiting figures."
    item.save_revision(user=clerk)
    Paper.objects.create(item=item, title="Report")
    shown = BeautifulSoup(client.get(reverse("build_agenda", args=[meeting.pk])).content, "html.parser")
    words = shown.select_one(f"#line-i{item.pk}").get_text(" ", strip=True)  # type: ignore[union-attr]
    for said in (
        "2 A new title",
        "2.15pm",
        "15 minutes",
        "Sue Wilson",
        "1 paper: to follow",
        "Urgent item.",
        "Late report.",
        "Draft.",
    ):
        assert said in words
    assert "That is 15 minutes longer than the meeting." in shown.get_text(" ", strip=True)


def test_buttons_move_items_without_a_script_and_the_page_says_so(client: Client, meeting: MeetingPage) -> None:
    response = move(client, meeting, "up", "Matter 4")
    assert response.status_code == 302
    assert "“Matter 4” is now item 4." in client.get(response.url).content.decode()
    assert titles(meeting) == ["1 0", "2 1", "3 2", "4 4", "5 3"]
    section = order_of(meeting)[-1]
    assert move(client, meeting, "below", "Matter 0", below=str(section)).status_code == 302
    assert move(client, meeting, "part", "Matter 2").status_code == 302
    assert titles(meeting) == ["1 1", "1a 2", "2 4", "3 3", "4 0"]
    assert [line.kind for line in order_of(meeting)][-2:] == ["s", "i"]
    assert move(client, meeting, "whole", "Matter 2").status_code == 302


def test_dragging_sends_the_whole_order(client: Client, meeting: MeetingPage) -> None:
    seen = order_of(meeting)
    said = {"seen": write_order(seen), "order": write_order([*seen[1:], seen[0]]), "line": str(seen[0])}
    assert client.post(reverse("build_agenda", args=[meeting.pk]), said).status_code == 302
    assert titles(meeting)[-1] == "5 0"


def test_a_move_after_somebody_elses_is_refused_with_the_agenda_as_it_is_now(client: Client, meeting: MeetingPage) -> None:
    seen = write_order(order_of(meeting))
    move(client, meeting, "up", "Matter 4")
    response = move(client, meeting, "up", "Matter 3", seen=seen)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Somebody else changed the agenda meanwhile" in shown
    assert f'name="seen" value="{write_order(order_of(meeting))}"' in shown


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"seen": "x"},
        {"move": "up"},
        {"move": "fly i1"},
        {"move": "up i999999"},
        {"move": "below i1"},
        {"order": "i1 i1", "line": "i1"},
    ],
)
def test_a_form_that_means_nothing_is_refused_in_words(client: Client, meeting: MeetingPage, said: dict[str, str]) -> None:
    order = order_of(meeting)
    response = client.post(reverse("build_agenda", args=[meeting.pk]), {"seen": write_order(order), **said})
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    assert order_of(meeting) == order


def test_the_agenda_is_filled_from_the_page(client: Client, meeting: MeetingPage, board: BoardPage) -> None:
    where = reverse("fill_agenda", args=[meeting.pk])
    assert "There is nothing to put on this agenda" in client.get(where).content.decode()
    StandingItem.objects.create(board=board, kind=StandingKind.WELCOME, section="Opening", sort_order=0)
    StandingItem.objects.create(board=board, kind=StandingKind.OTHER, title="Notices", sort_order=1)
    shown = BeautifulSoup(client.get(where).content, "html.parser")
    chosen = [box["value"] for box in shown.select("input[name=chosen]")]
    assert len(chosen) == 2
    assert client.post(where, {"chosen": chosen[:1]}).status_code == 302
    assert items_of(meeting)[0].title == "Welcome and apologies"
    assert "is on the agenda already" in client.get(where).content.decode()
    assert client.post(where, {}).status_code == 302
    assert AgendaItemPage.objects.count() == FEW + 1


def test_headings_are_added_renamed_and_taken_away(client: Client, meeting: MeetingPage) -> None:
    assert client.post(reverse("add_heading", args=[meeting.pk]), {"title": "Opening"}).status_code == 302
    section = AgendaSection.objects.get(title="Opening")
    assert client.post(reverse("add_heading", args=[meeting.pk]), {"title": "opening"}).status_code == 409
    assert client.post(reverse("rename_heading", args=[section.pk]), {"title": ""}).status_code == 400
    assert client.post(reverse("rename_heading", args=[section.pk]), {"title": "First"}).status_code == 302
    assert client.post(reverse("remove_heading", args=[section.pk])).status_code == 302
    assert AgendaSection.objects.count() == 1


def test_the_page_asks_as_much_for_forty_items_as_for_five(client: Client, meeting: MeetingPage, clerk: User) -> None:
    where = reverse("build_agenda", args=[meeting.pk])

    def asked() -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        return len(queries)

    few = asked()
    for number in range(FEW, MANY):
        building.make_item(meeting, clerk, f"Matter {number}", publish=False)
    assert asked() == few
    assert few < 40


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.MEMBER, Role.AUDITOR, Role.PARTNER])
def test_who_does_not_write_for_the_board_is_refused(board: BoardPage, meeting: MeetingPage, role: Role) -> None:
    user = building.make_user(role.value, is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    client = Client()
    client.force_login(user)
    section = AgendaSection.objects.get()
    for name, key in (
        ("build_agenda", meeting.pk),
        ("fill_agenda", meeting.pk),
        ("add_heading", meeting.pk),
        ("rename_heading", section.pk),
        ("remove_heading", section.pk),
    ):
        assert client.post(reverse(name, args=[key]), {"title": "No"}).status_code in {302, 403}
    assert AgendaSection.objects.get().title == "Business"


def test_editors_and_approvers_build_agendas(board: BoardPage, meeting: MeetingPage) -> None:
    for role in (Role.EDITOR, Role.APPROVER):
        user = building.make_user(role.value, is_superuser=False, is_staff=False)
        give_role(user=user, role=role, board=board)
        client = Client()
        client.force_login(user)
        assert client.get(reverse("build_agenda", args=[meeting.pk])).status_code == 200
