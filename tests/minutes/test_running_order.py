"""The chair's running order and the notes in it: for the chair and the clerk, and for nobody else anywhere."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

import pikepdf
import pytest
from bs4 import BeautifulSoup

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, Membership, Person, User
from governance.operations.roles import give_role
from minutes.models import AgendaItemPage, ChairNote, MeetingPage
from minutes.operations.chair_notes import LONGEST, WHOLE_MEETING, Written, notes_of, write_notes
from minutes.operations.meetings import publish_agenda
from minutes.permissions import may_read_running_order, may_write_running_order
from tests import building
from tests.building import london
from tests.kept import kept

pytestmark = pytest.mark.django_db
PRIVATE = "Quisquilian remark"


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting whose agenda is public, with a note for the chair on the whole and on its item."""

    def make() -> MeetingPage:
        made = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
        item = building.make_item(made, clerk, publish=False, minutes_planned=20)
        made = publish_agenda(meeting=made, by=clerk)
        words = {WHOLE_MEETING: Written("", f"{PRIVATE} on all"), item.pk: Written("", f"{PRIVATE} on one\nand more")}
        write_notes(meeting=made, written=words, by=clerk)
        return made

    return kept("meeting with notes for the chair", make)


def somebody(board: BoardPage, role: Role | None = None, seat: str = "", **dates: Any) -> User:
    """Somebody with a role, a seat on the board, or neither."""
    person = Person.objects.create(name="Siân Ŵyn")
    user = building.make_user("somebody", is_superuser=False, is_staff=False, person=person)
    if role:
        give_role(user=user, role=role, **building.holder_of(role, board))
    if seat:
        Membership.objects.create(person=person, board=board, role=seat, **{"from_date": date(2026, 1, 1), **dates})
    return User.objects.get(pk=user.pk)


def page(user: User | None, meeting: MeetingPage) -> Any:
    """The running order as somebody asks for it."""
    client = Client()
    if user:
        client.force_login(user)
    return client.get(reverse("running_order", args=[meeting.pk]))


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUTHOR, Role.PARTNER, Role.MEMBER, Role.AUDITOR])
def test_no_other_role_reads_or_writes_it(board: BoardPage, meeting: MeetingPage, role: Role) -> None:
    user = somebody(board, role)
    assert not may_read_running_order(user, meeting)
    response = page(user, meeting)
    assert response.status_code == 403
    client = Client()
    client.force_login(user)
    assert client.post(reverse("chair_notes", args=[meeting.pk]), {"note-0": "No"}).status_code in {302, 403}
    assert notes_of(meeting)[WHOLE_MEETING] == f"{PRIVATE} on all"


def test_the_clerk_writes_and_the_chair_reads(board: BoardPage, meeting: MeetingPage) -> None:
    chair = somebody(board, seat="chair")
    assert may_read_running_order(chair, meeting)
    assert not may_write_running_order(chair, meeting)
    shown = BeautifulSoup(page(chair, meeting).content, "html.parser").get_text(" ", strip=True)
    for words in (f"{PRIVATE} on all", f"{PRIVATE} on one", "2pm", "20 minutes", "Not for publication"):
        assert words in shown
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    assert page(editor, meeting).status_code == 200
    assert page(None, meeting).status_code == 302


@pytest.mark.parametrize(
    ("seat", "dates", "presided_by", "reads"),
    [
        ("chair", {"to_date": date(2026, 2, 1)}, "", False),
        ("chair", {"from_date": date(2030, 2, 1)}, "", False),
        ("vice_chair", {}, "", False),
        ("vice_chair", {}, "Councillor Siân Ŵyn", True),
        ("member", {}, "Councillor Siân Ŵyn", False),
        ("", {}, "Councillor Siân Ŵyn", False),
    ],
)
def test_who_chairs_is_told_by_the_seat(
    board: BoardPage, meeting: MeetingPage, seat: str, dates: dict[str, Any], presided_by: str, reads: bool
) -> None:
    meeting.presided_by = presided_by
    assert may_read_running_order(somebody(board, seat=seat, **dates), meeting) is reads


def test_the_chair_of_another_board_does_not_read_it(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    assert not may_read_running_order(somebody(other, seat="chair"), meeting)


def test_no_public_page_shows_a_note(meeting: MeetingPage) -> None:
    item = AgendaItemPage.objects.get()
    for address in (
        meeting.get_url(),
        item.get_url(),
        f"{meeting.get_url()}notice/",
        "/search/?q=Quisquilian",
        meeting.board.get_url(),
    ):
        assert PRIVATE not in Client().get(address).content.decode()


def test_nothing_but_the_running_order_knows_the_notes() -> None:
    knowing = {
        str(file.relative_to(settings.ROOT))
        for app in ("governance", "minutes", "home")
        for file in Path(settings.ROOT, app).rglob("*.py")
        if "migrations" not in file.parts and ("ChairNote" in (text := file.read_text()) or "chair_notes" in text)
    }
    assert knowing == {
        "minutes/agenda_urls.py",
        "minutes/models/__init__.py",
        "minutes/models/running_order.py",
        "minutes/operations/chair_notes.py",
        "minutes/running_order_views.py",
    }


def test_notes_are_written_on_one_page_and_nothing_is_lost(meeting: MeetingPage, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    where = reverse("chair_notes", args=[meeting.pk])
    item = AgendaItemPage.objects.get()
    one = f"{PRIVATE} on one\nand more"
    said = {
        "before-0": f"{PRIVATE} on all",
        "note-0": "Mine",
        f"before-{item.pk}": one.replace("\n", "\r\n"),
        f"note-{item.pk}": "New",
    }
    assert client.get(where).status_code == 200
    assert client.post(where, said).status_code == 302
    assert notes_of(meeting) == {WHOLE_MEETING: "Mine", item.pk: "New"}
    response = client.post(where, {**said, "note-0": "Other words"})
    assert response.status_code == 409
    assert "Other words" in response.content.decode()
    assert "Somebody else wrote in the same note meanwhile" in response.content.decode()
    assert client.post(where, said).status_code == 302
    for written in ({item.pk: Written("New", "x" * (LONGEST + 1))}, {10**6: Written("", "x")}):
        with pytest.raises(Refused):
            write_notes(meeting=meeting, written=written, by=clerk)
    assert ChairNote.objects.count() == 2


def test_the_chair_prints_it_from_their_area_and_nothing_of_it_is_kept(
    meeting: MeetingPage, board: BoardPage, look: None, tmp_path: Any, settings: Any
) -> None:
    settings.VAR = tmp_path
    chair = somebody(board, seat="chair")
    client = Client()
    client.force_login(chair)
    area = client.get("/members/").content.decode()
    where = reverse("running_order_file", args=[meeting.pk])
    assert (reverse("running_order", args=[meeting.pk]) in area, where in area) == (True, True)
    answer = client.get(where)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    with pikepdf.open(BytesIO(answer.content)) as file:
        assert str(file.docinfo["/Title"]) == "Running order, Health and Wellbeing Board, 13 January 2027"
        assert file.Root.MarkInfo.Marked
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(answer.content)
    text = subprocess.run(["pdftotext", printed, "-"], capture_output=True, text=True, check=True).stdout
    printed.unlink()
    for words in (f"{PRIVATE} on all", f"{PRIVATE} on one", "Home care", "20 minutes", "2pm", "Ends at"):
        assert words in text, words
    assert [kept for kept in tmp_path.rglob("*") if kept.is_file()] == []


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUTHOR, Role.PARTNER, Role.MEMBER, Role.AUDITOR])
def test_nobody_else_is_given_the_file_or_offered_it(role: Role, meeting: MeetingPage, board: BoardPage) -> None:
    client = Client()
    where = reverse("running_order_file", args=[meeting.pk])
    assert client.get(where).status_code == 302
    client.force_login(somebody(board, role, seat="member"))
    assert client.get(where).status_code == 403
    assert "running-order" not in client.get("/members/").content.decode()


def test_where_it_cannot_be_printed_the_page_says_so(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.ROOT, settings.VAR = tmp_path, tmp_path
    client = Client()
    client.force_login(clerk)
    answer = client.get(reverse("running_order_file", args=[meeting.pk]))
    assert (answer.status_code, "Print this page instead" in answer.content.decode()) == (503, True)
