"""The process that looks through one file of a paper, with limits, and writes the copy that may be published.

It runs by itself and never inside the site: a file that somebody else made must not be able to take the site's memory, time, files
or network. It reads one job in JSON on standard input and writes its answer into a file that the job names.
"""

import errno
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The project that this file belongs to, wherever that is.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pikepdf

from minutes.packs.foot import free_zone
from minutes.papers.artifacts import mark_artifacts
from minutes.papers.bombs import unpacks_too_far
from minutes.papers.clean_copy import write_copy
from minutes.papers.codes import Code, Fault
from minutes.papers.document_faults import claims_of, faults_of_document, is_tagged, language_of
from minutes.papers.objects import KEPT_NOTES, hidden_layers, notes_of
from minutes.papers.office_faults import Unreadable, faults_of_docx, faults_of_odt
from minutes.papers.page_reader import PageReader, TooMuchOnAPage
from minutes.papers.painted import Painted, covered, outside, unseen

FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
OPEN_FILES = 64
LONGEST_DETAIL = 160
MOST_TEXT = 3_000_000
MOST_OF_ONE_CODE = 20
"""So many findings of one sort are told with their page; further ones say nothing new."""
MARKING = frozenset({"/Square", "/Circle", "/Polygon", "/Stamp", "/Redact", "/FreeText", "/Ink", "/Line"})
"""Notes that can lie over words like a black box. The copy is written without them, so what is under them would show."""


def limit_process(memory: int, seconds: int, file_bytes: int) -> None:
    """Bound what the process can take for as long as it lives."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def forbid_network_and_programs(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, which once set cannot be taken away: no connection, no other program."""
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"The check of a paper tried to use {event}.")


class Stop(Exception):
    """The file can be looked at no further."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def main() -> None:
    """Do one job and answer."""
    job = json.loads(sys.stdin.readline())
    limit_process(job["memory"], job["seconds"], job["file_bytes"])
    sys.addaudithook(forbid_network_and_programs)
    answer: dict[str, Any]
    try:
        answer = _look(job)
    except Stop as stop:
        answer = {"faults": [(stop.code, None, "")]}
    except (MemoryError, RecursionError, TooMuchOnAPage):
        answer = {"faults": [(Code.TOO_HEAVY, None, "")]}
    except OSError as problem:
        if problem.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        answer = {"disk_full": True}
    Path(job["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def _look(job: dict[str, Any]) -> dict[str, Any]:
    source = Path(job["source"])
    if job["kind"] == "pdf":
        return _look_at_pdf(source, job)
    faults_of = {"docx": faults_of_docx, "odt": faults_of_odt}[job["kind"]]
    try:
        return {"faults": list(faults_of(source))}
    except Unreadable:
        raise Stop(Code.DAMAGED) from None


def _look_at_pdf(source: Path, job: dict[str, Any]) -> dict[str, Any]:
    with _opened(source) as pdf:
        if len(pdf.pages) > job["pages"]:
            raise Stop(Code.TOO_MANY_PAGES)
        if unpacks_too_far(pdf):
            raise Stop(Code.TOO_HEAVY)
        faults, texts, free_feet = _read(pdf, source)
        _ua, archive = claims_of(pdf)
        if job["own_export"]:
            mark_artifacts(pdf)
        blank_font = any(code == Code.FONTS_NOT_EMBEDDED for code, _page, _detail in faults)
        answer = {
            "faults": faults,
            "pages": len(pdf.pages),
            "is_tagged": is_tagged(pdf),
            "is_archivable": bool(archive) and archive != "1" and not blank_font,
            "language": language_of(pdf),
            "free_feet": free_feet,
            "text": "\f".join(texts)[:MOST_TEXT].replace("\x00", ""),
        }
        _write(pdf, Path(job["copy"]), job["title"])
    return answer


def _write(pdf: pikepdf.Pdf, target: Path, title: str) -> None:
    try:
        write_copy(pdf, target, title)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as problem:
        raise Stop(Code.DAMAGED) from problem


def _opened(source: Path) -> pikepdf.Pdf:
    """The PDF, opened.

    Raises:
        Stop: it cannot be.
    """
    whole = has_its_end(source)
    try:
        pdf = pikepdf.open(source)
        if len(pdf.pages) == 0:
            raise Stop(Code.TRUNCATED if not whole else Code.DAMAGED)
    except pikepdf.PasswordError:
        raise Stop(Code.ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise Stop(Code.DAMAGED if whole else Code.TRUNCATED) from None
    if not whole:
        pdf.close()
        raise Stop(Code.TRUNCATED)
    return pdf


def has_its_end(source: Path) -> bool:
    """Whether the mark that ends a PDF stands near its end."""
    with source.open("rb") as file:
        file.seek(max(source.stat().st_size - 4096, 0))
        return b"%%EOF" in file.read()


def _read(pdf: pikepdf.Pdf, source: Path) -> tuple[list[Fault], list[str], list[int]]:
    """Everything found, the text of each page, and the pages whose foot is empty."""
    try:
        faults = list(faults_of_document(pdf, source))
        texts: list[str] = []
        free_feet: list[int] = []
        for number, (found, painted) in enumerate(_pages(pdf)):
            faults += found
            texts.append(painted.text)
            if painted.foot_is_empty:
                free_feet.append(number)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as problem:
        raise Stop(Code.DAMAGED) from problem
    if pdf.get_warnings():
        faults.append((Code.REPAIRED, None, ""))
    return list(_not_too_often(faults)), texts, free_feet


def _pages(pdf: pikepdf.Pdf) -> Iterator[tuple[list[Fault], Painted]]:
    layers, fonts = hidden_layers(pdf), dict[Any, Any]()
    for number, page in enumerate(pdf.pages, start=1):
        reader = PageReader(page, layers, fonts, free_zone(page.obj))
        painted = reader.read()
        for note in notes_of(page):
            reader.ink(sorted_box(note.Rect) if "/Rect" in note else None)
        yield list(_faults_of_page(number, page, painted)), painted


def _faults_of_page(number: int, page: pikepdf.Page, painted: Painted) -> Iterator[Fault]:
    notes = [note for note in notes_of(page) if note.get("/Subtype") in MARKING and note.get("/Subtype") not in KEPT_NOTES]
    boxes = [tuple(sorted_box(note.Rect)) for note in notes if "/Rect" in note]
    for code, words in (
        (Code.COVERED_TEXT, covered(painted, boxes)),  # type: ignore[arg-type]
        (Code.INVISIBLE_TEXT, unseen(painted)),
        (Code.OUTSIDE_TEXT, outside(painted)),
    ):
        if words:
            yield code, number, words[:LONGEST_DETAIL]
    if painted.is_scanned:
        yield Code.SCANNED, number, ""


def sorted_box(rectangle: Any) -> tuple[float, float, float, float]:
    """A rectangle as left, bottom, right and top, however it was drawn."""
    left, bottom, right, top = (float(side) for side in rectangle)
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _not_too_often(faults: list[Fault]) -> Iterator[Fault]:
    told: dict[Code, int] = {}
    for fault in faults:
        told[fault[0]] = told.get(fault[0], 0) + 1
        if told[fault[0]] <= MOST_OF_ONE_CODE:
            yield fault


if __name__ == "__main__":
    main()
