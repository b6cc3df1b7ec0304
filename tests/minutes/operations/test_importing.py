"""Keeping minutes that were read."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

import pytest

from governance.enums import ActionKind, ActionStatus
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Commitment, Point, User, WorkstreamPage
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage, MinutePage, ResolutionPage
from minutes.operations.importing import keep_minutes
from minutes.operations.minuting import confirm_minutes
from minutes.proposal import propose
from minutes.reading import read
from tests import building

PAGE = """Agenda item

Co-designing Home Care in Ashmere

Minutes:

Consideration was given to a report presented by Petra Lindqvist, Quality Lead, which explained how the Living Well work stream of the Ashmere Wellbeing Strategy planned home care.

\u00a0

A key action was:-

\u00a0

“We will co-produce home care with the people who use it.”

\u00a0

Some of the partners expressed concern about duplication of work and asked for reassurances.

\u00a0

Resolved:-  (1)  That the report be received and the contents noted.

\u00a0

(2)  That principles be noted and partner organisations cascade the report within their organisations.

\u00a0

(3)  That a workshop be arranged for the most appropriate people.

Supporting documents:
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The file of one item."""
    file = tmp_path / "item.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def keep(page: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    """What the command says it kept."""
    call_command("import_minutes", str(page), "--board", "HWB", "--date", "2025-09-10", *options)
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


@pytest.mark.django_db
def test_everything_the_page_says_is_kept(board: BoardPage, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = keep(page, capsys, "--publish")
    clauses = list(ResolutionPage.objects.order_by("position"))
    assert [clause.label for clause in clauses] == ["(1)", "(2)", "(3)"]
    assert (
        clauses[1].text == "That principles be noted and partner organisations cascade the report within their organisations."
    )
    assert clauses[1].verbs == ["note", "cascade"]
    assert [clause.reference for clause in clauses] == [f"HWB/2025-09-10/I1({n})" for n in (1, 2, 3)]
    assert all(clause.is_frozen and clause.live for clause in clauses)
    item = clauses[0].item
    assert [str(presenter) for presenter in item.presenters.all()] == ["Petra Lindqvist, Quality Lead"]
    workstream = WorkstreamPage.objects.get()
    assert (workstream.title, workstream.get_parent().title) == ("Living Well", "Ashmere Wellbeing Strategy")
    assert Commitment.objects.get(workstream=workstream).text == "We will co-produce home care with the people who use it."
    assert Point.objects.public().get().text.startswith("Some of the partners expressed concern")
    assert "Petra Lindqvist" in MinutePage.objects.get().source.text
    assert isinstance(said["actions"], list)
    assert len(said["actions"]) == 2


@pytest.mark.django_db
def test_no_owner_and_no_date_is_invented(board: BoardPage, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(page, capsys, "--publish")
    for action in ActionPage.objects.all():
        assert (action.lead_role, action.lead_organisation, action.first_due_on, action.due_words) == ("", None, None, "")
        assert (action.status, action.kind) == (ActionStatus.AGREED, ActionKind.COPRODUCTION)


@pytest.mark.django_db
def test_kept_twice_is_kept_once(board: BoardPage, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = keep(page, capsys, "--publish")
    second = keep(page, capsys, "--publish")
    assert (first.pop("already_there"), second.pop("already_there")) == (False, True)
    assert first == second
    assert (MeetingPage.objects.count(), ResolutionPage.objects.count(), ActionPage.objects.count()) == (1, 3, 2)


@pytest.mark.django_db
def test_without_publish_nothing_is_public(board: BoardPage, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = keep(page, capsys)
    assert not MinutePage.objects.live().exists()
    assert not ResolutionPage.objects.live().exists()
    assert not ActionPage.objects.live().exists()
    assert not Point.objects.public().exists()
    assert said["minute"] == {
        "reference": None,
        "address": MinutePage.objects.get().get_url(),
        "title": "Co-designing Home Care in Ashmere",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--board", "XYZ", "--date", "2025-09-10"), "no board with the code XYZ"),
        (("--board", "HWB", "--date", "10 September"), "is no date"),
        (("--board", "HWB", "--date", "2025-02-30"), "is no date"),
        (("--board", "HWB", "--date", "2025-09-10", "--by", "nobody"), "no active user nobody"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_plain_words(
    board: BoardPage, page: Path, options: tuple[str, ...], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_minutes", str(page), *options)
    assert not MeetingPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 ...", b"PK\x03\x04\x00\x00", b"\x00\x00\x00", b"Agenda item\n\nSupporting documents:\n"]
)
def test_an_unreadable_file_is_named_and_nothing_is_written(board: BoardPage, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"bad\.txt: "):
        call_command("import_minutes", str(file), "--board", "HWB", "--date", "2025-09-10")
    assert not MeetingPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("long", "words"),
    [
        ({"presenters": ("Sue " + "W" * 150 + ", Director",)}, r"The name “Sue W+ …” is longer than 150 characters"),
        ({"presenters": ("Sue Wilson, " + "W" * 201,)}, r"The role “W+ …” is longer than 200 characters"),
        ({"documents": ("Report " + "W" * 250,)}, r"The title “Report W+ …” is longer than 250 characters"),
    ],
)
def test_words_that_have_no_room_are_refused_and_not_cut(
    board: BoardPage, clerk: User, long: dict[str, Any], words: str
) -> None:
    proposal = replace(propose(read(PAGE)), **long)
    with pytest.raises(Refused, match=words):
        keep_minutes(board=board, day=date(2025, 9, 10), proposal=proposal, source=PAGE, by=clerk, file_name="a.txt")
    assert not MeetingPage.objects.exists()


@pytest.mark.django_db
def test_a_confirmed_meeting_takes_no_more_minutes(
    board: BoardPage, clerk: User, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(page, capsys, "--publish")
    meeting = MeetingPage.objects.get()
    assert meeting.status == MeetingStatus.DRAFT_MINUTES
    confirm_minutes(meeting=meeting, by=clerk, at=building.london(2025, 10, 8))
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("Home Care", "Day Care"), encoding="utf-8")
    with pytest.raises(CommandError, match="are confirmed"):
        call_command("import_minutes", str(other), "--board", "HWB", "--date", "2025-09-10")
    assert MinutePage.objects.count() == 1
