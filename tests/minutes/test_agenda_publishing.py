"""Publishing an agenda as an editor meets it: what it lacks, what changed meanwhile, and the same form sent twice."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from governance.models import BoardPage, LedgerEntry, User
from minutes.models import AgendaItemPage, MeetingPage, Paper
from tests import building
from tests.building import london
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(clerk: User) -> Client:
    """The clerk."""
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting to come with a draft item that lacks most things."""

    def make() -> MeetingPage:
        made = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
        item = building.make_item(made, clerk, publish=False, is_urgent=True, body="<p>Ask jo@example.org</p>")
        Paper.objects.create(item=item, title="Figures")
        return made

    return kept("meeting with a poor item", make)


def where(meeting: MeetingPage) -> str:
    """The address of the step."""
    return reverse("meeting_step", args=[meeting.pk, "publish-agenda"])


def shown(client: Client, meeting: MeetingPage) -> tuple[str, str]:
    """The words of the page, and what its form says was shown."""
    soup = BeautifulSoup(client.get(where(meeting)).content, "html.parser")
    return soup.get_text(" ", strip=True), str(soup.select_one("input[name=shown]")["value"])  # type: ignore[index]


def test_what_is_missing_is_listed_and_publishing_anyway_is_noted_without_the_words_found(
    client: Client, meeting: MeetingPage, clerk: User
) -> None:
    words, token = shown(client, meeting)
    for said in (
        "the chair's reason is not given",
        "nobody who presents it",
        "still to follow. Figures",
        "address. jo@example.org",
    ):
        assert said in words
    assert "Publish anyway" in words
    assert client.post(where(meeting), {"shown": token}).status_code == 302
    note = LedgerEntry.objects.get(note__startswith="The agenda was published although")
    assert "an e-mail address" in note.note
    assert "jo@" not in note.note
    assert note.by == clerk
    # Sent twice, it does nothing more.
    entries = LedgerEntry.objects.count()
    assert client.post(where(meeting), {"shown": token}).status_code == 302
    assert LedgerEntry.objects.count() == entries


def test_what_somebody_else_changes_meanwhile_is_told_and_not_published(client: Client, meeting: MeetingPage) -> None:
    _words, token = shown(client, meeting)
    other = building.make_user("sue")
    item = AgendaItemPage.objects.get()
    item.title = "Another title"
    item.save_revision(user=other)
    response = client.post(where(meeting), {"shown": token})
    assert response.status_code == 409
    assert "was last changed by sue" in response.content.decode()
    assert not AgendaItemPage.objects.live().exists()
    _words, token = shown(client, meeting)
    assert client.post(where(meeting), {"shown": token}).status_code == 302
    assert AgendaItemPage.objects.live().get().title == "Another title"


def test_an_agenda_without_items_is_refused_in_words(client: Client, board: BoardPage, clerk: User) -> None:
    empty = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    response = client.post(where(empty), {"shown": ""})
    assert response.status_code == 409
    assert "has no items yet" in response.content.decode()


def test_the_list_asks_as_much_for_many_items_as_for_few(client: Client, meeting: MeetingPage, clerk: User) -> None:
    def asked() -> int:
        client.get(where(meeting))
        with CaptureQueriesContext(connection) as queries:
            client.get(where(meeting))
        return len(queries)

    building.make_item(meeting, clerk, "More", publish=False, body="<a linktype='page' id='1'>x</a>")
    few = asked()
    for number in range(8):
        building.make_item(meeting, clerk, f"More {number}", publish=False, body="<a linktype='page' id='1'>x</a>")
    assert asked() == few
