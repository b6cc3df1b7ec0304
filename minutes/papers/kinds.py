"""Which files are taken as papers. A file is known by its bytes, never by its name; what is refused is refused with the reason."""

import zipfile
from enum import StrEnum
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

MOST_BYTES = 150_000_000
"""A paper of more is refused before it is read."""
MOST_ENTRIES = 5_000
MOST_DIRECTORY = 2_000_000
MOST_INSIDE = 600_000_000
"""What a document may hold when it is unpacked, in bytes."""
HEAD, TAIL = 4096, 65_557
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_WORD = "wordprocessingml.document.main+xml"
_OPEN_TEXT = "application/vnd.oasis.opendocument.text"


class FileKind(StrEnum):
    """The files that are taken."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"


class NotTaken(Exception):
    """The file is of no kind that is taken; the sentence says why and what to do."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


SPREADSHEET = _(
    "This is a spreadsheet. Spreadsheets are not published as papers: hidden rows and sheets have made councils give away people's "
    "details. Put the table that people need into the report, or save that sheet alone as a PDF."
)
PRESENTATION = _("This is a presentation. Save it as a PDF; notes and hidden slides stay behind.")
PICTURE = _("This is a picture. Put it into a document with a description, so that everybody can read it.")
PROGRAM = _("This is a program. A paper is a document: PDF, Word (.docx) or OpenDocument text (.odt).")
ARCHIVE = _("This is an archive of files. Upload each paper by itself.")
OLD_OFFICE = _("This is a file of an old office program, or one with a password. Save it as .docx or PDF, without a password.")
WITH_MACROS = _("This document holds macros. Save it as .docx without them.")
PASSWORD = _("This document opens only with a password. Save it without one.")
WEB_PAGE = _("This is a web page. Print it as a PDF.")
RICH_TEXT = _("This is a file in rich text. Save it as .docx, .odt or PDF.")
TEXT = _("This is plain text. Put it into a document, so that it has headings and a title.")
EMPTY = _("The file is empty.")
DAMAGED = _("The file is damaged. Make it again from the original document.")
TOO_LARGE = _("The file is larger than 150 MB. Make its pictures smaller, or split it into parts.")
UNPACKS_TOO_FAR = _("The document holds far more than it seems. Save it anew in the word processor.")
OTHER = _("This is no document that we know. A paper is a PDF, a Word document (.docx) or an OpenDocument text (.odt).")

BEGINNINGS: tuple[tuple[bytes, Any], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", RICH_TEXT),
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"BM", PICTURE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
)
CONTENTS: tuple[tuple[str, Any], ...] = (
    ("macroEnabled", WITH_MACROS),
    ("spreadsheetml", SPREADSHEET),
    ("presentationml", PRESENTATION),
)
OPEN_DOCUMENTS: tuple[tuple[str, Any], ...] = (
    ("spreadsheet", SPREADSHEET),
    ("presentation", PRESENTATION),
    ("graphics", PICTURE),
)


def kind_of(file: IO[bytes], size: int) -> FileKind:
    """What sort of file this is. Reads its ends and, of a document, its list of parts; never the whole.

    Args:
        file: open for reading, at any place; it is left at its beginning.
        size: in bytes.

    Raises:
        NotTaken: it is none that is taken, empty or too large.
    """
    if size > MOST_BYTES:
        raise NotTaken(TOO_LARGE)
    file.seek(0)
    head = file.read(HEAD)
    try:
        if not head:
            raise NotTaken(EMPTY)
        if b"%PDF-" in head[:1024]:
            return FileKind.PDF
        if head.startswith(b"PK"):
            return _kind_of_archive(file, size)
        raise NotTaken(_why_not(head))
    finally:
        file.seek(0)


def _why_not(head: bytes) -> Any:
    """The reason that a file which is no document is refused with."""
    for beginning, reason in BEGINNINGS:
        if head.startswith(beginning):
            return reason
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypavif", b"ftypmif1"} or head[8:12] == b"WEBP":
        return PICTURE
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return WEB_PAGE
    if b"<svg" in start[:1024]:
        return PICTURE
    return OTHER if b"\x00" in head else TEXT


def _kind_of_archive(file: IO[bytes], size: int) -> FileKind:
    """What sort of document an archive is."""
    _check_directory(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            return _kind_of_parts(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
        EOFError,
        OSError,
    ):
        raise NotTaken(DAMAGED) from None


def _check_directory(file: IO[bytes], size: int) -> None:
    """Refuse an archive whose list of parts alone would fill the memory."""
    file.seek(max(size - TAIL, 0))
    tail = file.read(TAIL)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise NotTaken(DAMAGED)
    entries, directory = (
        int.from_bytes(tail[end + 10 : end + 12], "little"),
        int.from_bytes(tail[end + 12 : end + 16], "little"),
    )
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY or _END_64 in tail[max(end - 20, 0) : end]:
        raise NotTaken(UNPACKS_TOO_FAR)


def _kind_of_parts(archive: zipfile.ZipFile) -> FileKind:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > MOST_INSIDE:
        raise NotTaken(UNPACKS_TOO_FAR)
    if any(part.flag_bits & 0x1 for part in parts):
        raise NotTaken(PASSWORD)
    if "[Content_Types].xml" in names:
        return _kind_of_office(_part(archive, "[Content_Types].xml"), names)
    if "mimetype" in names:
        return _kind_of_open_document(_part(archive, "mimetype").strip(), archive, names)
    raise NotTaken(ARCHIVE)


def _kind_of_office(types: str, names: set[str]) -> FileKind:
    for words, reason in CONTENTS:
        if words in types:
            raise NotTaken(reason)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise NotTaken(WITH_MACROS)
    if _WORD in types:
        return FileKind.DOCX
    raise NotTaken(OTHER)


def _kind_of_open_document(said: str, archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    for words, reason in OPEN_DOCUMENTS:
        if said.startswith(f"application/vnd.oasis.opendocument.{words}"):
            raise NotTaken(reason)
    if said != _OPEN_TEXT:
        raise NotTaken(OTHER)
    if "META-INF/manifest.xml" in names and "encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise NotTaken(PASSWORD)
    return FileKind.ODT


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(1_000_000).decode("utf-8", errors="replace")
