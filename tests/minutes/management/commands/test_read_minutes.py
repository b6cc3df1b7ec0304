"""The command prints a reading a line, in the order of the files, and names what it could not read."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

from minutes.reading import LIMIT


def run(*files: Path) -> tuple[list[dict[str, object]], str]:
    out, errors = StringIO(), StringIO()
    try:
        call_command("read_minutes", *map(str, files), stdout=out, stderr=errors)
    except CommandError as error:
        errors.write(str(error))
    return [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    path = tmp_path / "pond.txt"
    path.write_text("Agenda item\n\nPond\n\nResolved:- That the pond\u2019s edge be mended.", encoding="utf-8")
    return path


def test_readings_in_the_order_of_the_files(pond: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text("Agenda item\n\nGate\n\nAGREED: That it be shut.", encoding="utf-8")

    readings, errors = run(pond, other)

    assert [reading["title"] for reading in readings] == ["Pond", "Gate"]
    assert readings[0]["resolutions"] == ["That the pond\u2019s edge be mended."]
    assert errors == ""


def test_letters_are_printed_as_they_are(pond: Path) -> None:
    out = StringIO()
    call_command("read_minutes", str(pond), stdout=out)

    assert "pond\u2019s" in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_bad_files_are_named_and_the_others_read(pond: Path, tmp_path: Path) -> None:
    pdf, empty, missing = tmp_path / "a.pdf", tmp_path / "empty.txt", tmp_path / "missing.txt"
    pdf.write_bytes(b"%PDF-1.7")
    empty.write_bytes(b"")

    readings, errors = run(pdf, empty, pond, missing, tmp_path)

    assert [reading["title"] for reading in readings] == ["Pond"]
    assert f"{pdf}: This is a PDF" in errors
    assert f"{empty}: The file is empty." in errors
    assert f"{missing}: The file cannot be opened" in errors
    assert f"{tmp_path}: The file cannot be opened" in errors
    assert "4 of 5 files" in errors


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(25 * LIMIT)

    readings, errors = run(huge)

    assert readings == []
    assert "larger than 2 MB" in errors


def test_a_guessed_encoding_is_told(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes("RESOLVED \u2013 That \u00a35 be spent.".encode("cp1252"))

    readings, _ = run(old)

    assert "Windows-1252" in str(readings[0]["warnings"])
