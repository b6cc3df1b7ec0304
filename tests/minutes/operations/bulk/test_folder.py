"""A folder of minutes is kept in one command: what can be kept is, what cannot is told, and nothing is kept twice."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command

import pytest

from governance.models import BoardPage, User
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, MeetingPage, MinutesSource
from minutes.operations.bulk.files import files_in, line_with
from minutes.operations.meetings import set_status
from tests import building
from tests.building import london
from tests.minutes.operations.test_importing import PAGE


def put(folder: Path, name: str, text: str) -> None:
    """A file in the folder."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def page(number: int) -> str:
    """The minute of an item."""
    return PAGE.replace("Home Care", f"Home Care {number}")


def imported(folder: Path, *options: str) -> tuple[dict[str, int], int, str]:
    """The counts, the exit code and everything that the command said."""
    out, code = io.StringIO(), 0
    try:
        call_command("import_minutes", str(folder), "--publish", "--processes", "0", *options, stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        code = int(ended.code or 0)
    return json.loads(out.getvalue().splitlines()[-1]), code, out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two meetings with two items each."""
    for number in range(4):
        put(tmp_path, f"HWB/2020-01-0{1 + number // 2}/{number}.txt", page(number))
    return tmp_path


def test_a_folder_is_kept_once(board: BoardPage, clerk: User, folder: Path) -> None:
    assert imported(folder)[:2] == ({"found": 4, "kept": 4, "already_there": 0, "wrong": 0}, 0)
    assert [page.slug for page in MeetingPage.objects.order_by("starts_at")] == ["2020-01-01", "2020-01-02"]
    assert imported(folder)[:2] == ({"found": 4, "kept": 0, "already_there": 4, "wrong": 0}, 0)
    assert MinutesSource.objects.count() == 4


def test_new_files_of_a_meeting_that_is_there_are_added(board: BoardPage, clerk: User, folder: Path) -> None:
    building.make_meeting(board, clerk, london(2020, 1, 2, 14))
    imported(folder)
    put(folder, "HWB/2020-01-01/9.txt", page(9))
    assert imported(folder)[0] == {"found": 5, "kept": 1, "already_there": 4, "wrong": 0}
    meetings = MeetingPage.objects.order_by("starts_at")
    assert [AgendaItemPage.objects.child_of(meeting).count() for meeting in meetings] == [3, 2]


def test_what_cannot_be_kept_is_told_and_the_rest_is_kept(board: BoardPage, clerk: User, folder: Path) -> None:
    put(folder, "HWB/2020-01-01/empty.txt", " ")
    called_off = building.make_meeting(board, clerk, london(2020, 1, 5, 14))
    set_status(meeting=called_off, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    put(folder, "HWB/2020-01-05/1.txt", page(7))
    put(folder, "HWB/notes.txt", "Notes.")
    put(folder, "XYZ/2020-01-01/1.txt", page(8))
    report = folder.parent / "report.txt"
    counts, code, _said = imported(folder, "--report", str(report))
    assert (counts, code) == ({"found": 8, "kept": 4, "already_there": 0, "wrong": 4}, 1)
    wrong = [line for line in report.read_text("utf-8").splitlines() if line.startswith("not kept")]
    assert [line.split("\t")[1].split(": ")[0] for line in wrong] == [
        "HWB/2020-01-01/empty.txt:1",
        "HWB/2020-01-05/1.txt:3",
        "HWB/notes.txt:1",
        "XYZ/2020-01-01/1.txt:1",
    ]


def test_a_board_that_is_given_has_its_meetings_in_the_folder(board: BoardPage, clerk: User, folder: Path) -> None:
    assert imported(folder / "HWB", "--board", "HWB")[0]["kept"] == 4


def test_drafts_are_kept_one_by_one(board: BoardPage, clerk: User, folder: Path) -> None:
    given: Any = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("import_minutes", str(folder), "--processes", "1", **given)
    assert not MeetingPage.objects.live().exists()
    assert MinutesSource.objects.count() == 4


def test_files_are_kept_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("10.txt", "2.txt", ".hidden", "1.txt"):
        put(tmp_path, f"2020-01-01/{name}", "Words.")
    found, problems = files_in(tmp_path, "HWB")
    assert ([file.path.name for file in found], problems) == (["1.txt", "2.txt", "10.txt"], [])
    assert {(file.code, file.day) for file in found} == {("HWB", date(2020, 1, 1))}


def test_the_line_is_found_where_words_stand() -> None:
    assert [line_with("One\n\nTwo  words\n", words) for words in ("Two words", "Three", "")] == [3, 1, 1]
