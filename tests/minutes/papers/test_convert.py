"""Word processors' documents become tagged PDF; a LibreOffice that is missing, hangs or lies is told in a sentence."""

from pathlib import Path

import pikepdf
import pytest

from minutes.papers.check import look
from minutes.papers.convert import MISSING, NOT_READ, TOOK_TOO_LONG, NotConverted, convert, is_installed
from minutes.papers.kinds import FileKind
from tests.minutes.papers import samples
from tests.pdf.verapdf import validate

TABLE = (
    '<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/>'
    '<w:insideH w:val="single" w:sz="8"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Service</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Waiting</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>Home care</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12 days</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>Nobody waits longer.</w:t></w:r></w:p>"
)


def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A LibreOffice that does what the script says."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def refusal(tmp_path: Path, seconds: float = 10) -> str:
    """What is said of a document that is not converted."""
    source, target = tmp_path / "source", tmp_path / "made.pdf"
    source.write_bytes(samples.docx())
    with pytest.raises(NotConverted) as problem:
        convert(source, FileKind.DOCX, target, seconds=seconds)
    assert not target.exists()
    assert {entry.name for entry in tmp_path.iterdir()} <= {"bin", "source"}, "something was left behind"
    return str(problem.value.sentence)


def test_a_missing_libreoffice_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert not is_installed()
    assert refusal(tmp_path) == str(MISSING)


def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, monkeypatch, "sleep 600 & sleep 600")
    assert refusal(tmp_path, seconds=0.3) == str(TOOK_TOO_LONG)


@pytest.mark.parametrize(
    "script", ["exit 0", "mkdir made; : > made/paper.pdf", "mkdir made; echo hello > made/paper.pdf", "exit 77"]
)
def test_one_that_says_all_is_well_and_made_nothing_is_not_believed(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, monkeypatch, script)
    assert refusal(tmp_path) == str(NOT_READ)


def test_it_is_told_what_the_file_is_and_where_to_keep_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, monkeypatch, 'mkdir made; printf "%%PDF-1.7 %s\\n" "$*" > made/paper.pdf')
    source, target = tmp_path / "source", tmp_path / "made.pdf"
    source.write_bytes(samples.odt())
    convert(source, FileKind.ODT, target)
    said = target.read_text()
    assert "--infilter=writer8" in said and "-env:UserInstallation=file:///" in said and '"UseTaggedPDF"' in said
    assert '"SelectPdfVersion": {"type": "long", "value": "3"}' in said
    assert said.strip().endswith("paper.odt")


@pytest.mark.pdf
def test_documents_become_pdf_that_passes_as_accessible(tmp_path: Path) -> None:
    documents = {
        FileKind.DOCX: samples.docx(TABLE),
        FileKind.ODT: samples.odt('<text:h text:outline-level="1">Report</text:h>'),
    }
    copies = []
    for kind, data in documents.items():
        source, made, copy = (tmp_path / f"{kind}{ending}" for ending in (".source", ".pdf", ".copy.pdf"))
        source.write_bytes(data)
        convert(source, kind, made)
        found = look(made, FileKind.PDF, copy=copy, title="Home care", own_export=True)
        assert found.is_tagged and found.is_archivable
        copies.append(copy)
    assert [verdict.broken for verdict in validate(copies)] == [(), ()]
    with pikepdf.open(copies[0]) as written:
        assert written.docinfo.Title == "Home care"


@pytest.mark.pdf
def test_rubbish_is_not_made_into_a_pdf(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"PK\x03\x04" + b"rubbish" * 100)
    with pytest.raises(NotConverted, match="could not read"):
        convert(source, FileKind.DOCX, tmp_path / "made.pdf")
