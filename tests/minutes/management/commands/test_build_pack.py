"""`manage.py build_pack` builds any pack of a meeting, and tells what each stage took."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

import pytest

from governance.models import BoardPage, User
from minutes.models import Pack
from tests.minutes.packing_stage import build_at_once, make_meeting

pytestmark = pytest.mark.django_db
MEETING = "HWB/2026-10-08"


@pytest.fixture(autouse=True)
def meeting(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A meeting whose packs are built at once."""
    build_at_once(monkeypatch)
    return make_meeting(board, clerk)


def said(**options: Any) -> dict[str, Any]:
    """What the command prints."""
    lines = StringIO()
    call_command("build_pack", MEETING, stdout=lines, **options)
    answer: dict[str, Any] = json.loads(lines.getvalue())
    return answer


def test_it_tells_the_seconds_of_each_stage() -> None:
    told = said(profile=True)
    assert told["reference"] == f"{MEETING}/AGENDA/v1" and told["new"]
    assert told["stages"].keys() >= {"gather", "sections", "store"}
    assert "stages" not in said(kind="actions")


def test_it_builds_other_kinds_audiences_and_editions() -> None:
    assert said(audience="members", edition="large_print")["reference"] == f"{MEETING}/AGENDA-MEMBERS-LARGE-PRINT/v1"
    assert said(kind="item", item=f"{MEETING}/I1")["reference"] == f"{MEETING}/I1/v1"


def test_a_pack_that_says_the_same_is_copied_and_not_made_again(tmp_path: Path) -> None:
    said()
    told = said(output=tmp_path / "copy.pdf")
    assert (told["reference"], told["new"]) == (f"{MEETING}/AGENDA/v1", False)
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "minutes"}, "Publish the minutes first"),
        ({"kind": "item", "item": "HWB/2026-10-08/I9"}, "This meeting has no agenda item HWB/2026-10-08/I9"),
        ({"kind": "supplement", "supplement": 4}, "This meeting has no supplement 4"),
        ({"kind": "supplement"}, "which supplement"),
    ],
)
def test_what_is_not_there_is_refused_in_words(options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        said(**options)


def test_a_meeting_that_is_not_there_and_a_failure_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="no meeting"):
        call_command("build_pack", "HWB/1999-01-01")

    def stumble(number: int) -> None:
        raise OSError(28, "No space left on device")

    build_at_once(monkeypatch, at_section=stumble)
    with pytest.raises(CommandError, match="could not be built: There is no room left"):
        said()
    assert Pack.objects.get().state == "failed"
