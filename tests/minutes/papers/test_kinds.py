"""A file is known by its bytes: what is no document is refused with the reason, whatever it is called."""

import io
import zipfile

import pytest

from minutes.papers import kinds
from minutes.papers.kinds import FileKind, NotTaken, kind_of
from tests.minutes.papers import samples


def told(data: bytes) -> FileKind:
    """What the bytes are."""
    return kind_of(io.BytesIO(data), len(data))


def encrypted_zip() -> bytes:
    """A document whose parts need a password."""
    data = bytearray(samples.docx())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


def swollen() -> bytes:
    """An archive that unpacks to far more than it seems."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "[Content_Types].xml", samples.TYPES.format(part="word/document.xml", kind="wordprocessingml.document.main+xml")
        )
        with made.open("word/document.xml", "w") as part:
            for _ in range(70):
                part.write(b" " * 10_000_000)
    return file.getvalue()


def test_documents_are_taken_whatever_their_names() -> None:
    assert told(samples.pdf()) is FileKind.PDF
    assert told(b"\n\n" + samples.pdf()) is FileKind.PDF
    assert told(samples.docx()) is FileKind.DOCX
    assert told(samples.odt()) is FileKind.ODT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (samples.office("spreadsheetml.sheet.main+xml", "xl/workbook.xml"), kinds.SPREADSHEET),
        (samples.odt(kind="spreadsheet"), kinds.SPREADSHEET),
        (samples.office("presentationml.presentation.main+xml", "ppt/presentation.xml"), kinds.PRESENTATION),
        (samples.odt(kind="presentation"), kinds.PRESENTATION),
        (samples.odt(kind="graphics"), kinds.PICTURE),
        (samples.odt(kind="chart"), kinds.OTHER),
        (samples.office("drawingml.diagram+xml", "x.xml"), kinds.OTHER),
        (samples.docx(word__vbaProject_bin=b"macro"), kinds.WITH_MACROS),
        (
            samples.archive({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
            kinds.WITH_MACROS,
        ),
        (samples.archive({"a.txt": "a", "b.exe": b"MZ"}), kinds.ARCHIVE),
        (b"Rar!\x1a\x07", kinds.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, kinds.OLD_OFFICE),
        (b"{\\rtf1 hello}", kinds.RICH_TEXT),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, kinds.PICTURE),
        (b"\x89PNG\r\n\x1a\n", kinds.PICTURE),
        (b"\x00\x00\x00\x18ftypheic", kinds.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", kinds.PICTURE),
        (b"<?xml version='1.0'?><svg/>", kinds.PICTURE),
        (b"MZ\x90\x00", kinds.PROGRAM),
        (b"\x7fELF\x02", kinds.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", kinds.PROGRAM),
        (b"<!DOCTYPE html><p>Hello", kinds.WEB_PAGE),
        (b"Name,Salary\nAnn,12\n", kinds.TEXT),
        (b"", kinds.EMPTY),
        (b"\x01\x00\x02", kinds.OTHER),
        (samples.docx()[:-30], kinds.DAMAGED),
        (b"PK\x03\x04 and nothing else", kinds.DAMAGED),
        (encrypted_zip(), kinds.PASSWORD),
    ],
)
def test_everything_else_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotTaken) as refused:
        told(data)
    assert refused.value.sentence == reason


def test_a_document_with_a_password_is_refused() -> None:
    manifest = "<manifest:encryption-data/>"
    with pytest.raises(NotTaken, match="password"):
        told(samples.odt(**{"META-INF/manifest.xml": manifest}))


def test_what_unpacks_too_far_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(NotTaken, match="far more than it seems"):
        told(swollen())


def test_a_list_of_too_many_parts_is_refused_before_it_is_read() -> None:
    data = samples.archive({f"{number}.xml": "" for number in range(kinds.MOST_ENTRIES + 1)})
    with pytest.raises(NotTaken, match="far more than it seems"):
        told(data)
    hidden = bytearray(samples.docx())
    end = hidden.rfind(b"PK\x05\x06")
    hidden[end:end] = b"PK\x06\x07" + b"\x00" * 16
    with pytest.raises(NotTaken, match="far more than it seems"):
        told(bytes(hidden))


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(NotTaken, match="150 MB"):
        kind_of(io.BytesIO(b"%PDF-1.7"), kinds.MOST_BYTES + 1)


def test_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(samples.docx())
    kind_of(file, len(file.getvalue()))
    assert file.tell() == 0
