"""What is wrong with a PDF as a document: what acts, what is attached, who made it, whether it can be read aloud."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from minutes.papers.codes import Code, Fault
from minutes.papers.objects import (
    KEPT_NOTES,
    SCRIPTS,
    STARTING,
    action_of,
    dictionaries,
    hidden_layers,
    leads_to_a_machine,
    notes_of,
)

PAPER_SIZES = ((595.3, 841.9), (841.9, 1190.6))
"""A4 and A3, in points."""
NEAR = 12.0
STANDARD_ATTACHMENTS = ("/EF", "/EmbeddedFiles")
PERSONAL = ("/Author", "/Creator", "/Producer", "/Subject", "/Keywords", "/Manager", "/Company", "/SourceModified")
BLOCK = 1 << 20
_PATHS = re.compile(r"[A-Za-z]:\\|/home/|/Users/|file:|\\\\")
_UA = re.compile(rb"pdfuaid:part(?:>|=[\"'])\s*1")
_ARCHIVE = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*([1-4])")
_TITLE = re.compile(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", flags=re.DOTALL)


def faults_of_document(pdf: pikepdf.Pdf, source: Path) -> Iterator[Fault]:
    """Everything found outside the content of the pages."""
    if pdf.is_encrypted:
        yield Code.PROTECTED, None, ""
    yield from _acting(pdf)
    yield from _on_pages(pdf)
    if hidden_layers(pdf):
        yield Code.HIDDEN_LAYERS, None, ""
    if has_earlier_revisions(source):
        yield Code.EARLIER_REVISIONS, None, ""
    if words := personal_words(pdf):
        yield Code.PERSONAL_METADATA, None, words
    if not is_tagged(pdf):
        yield Code.UNTAGGED, None, ""
    if not language_of(pdf):
        yield Code.NO_LANGUAGE, None, ""
    if not title_of(pdf):
        yield Code.NO_TITLE, None, ""


def _acting(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    """What a file does besides being read, each sort once."""
    seen: set[Code] = set()
    for dictionary in dictionaries(pdf):
        action = action_of(dictionary)
        found = [
            (Code.JAVASCRIPT, action in SCRIPTS),
            (Code.LAUNCH, action in STARTING),
            (Code.EMBEDDED_FILES, "/EF" in dictionary or "/EmbeddedFiles" in dictionary),
            (Code.FONTS_NOT_EMBEDDED, _is_font_without_file(dictionary)),
        ]
        seen |= {code for code, is_there in found if is_there}
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and (len(form.get("/Fields", ())) or "/XFA" in form):
        seen.add(Code.FORM)
    yield from ((code, None, "") for code in Code if code in seen)


def _is_font_without_file(dictionary: Any) -> bool:
    """Whether a dictionary describes a font that the file does not bring."""
    if dictionary.get("/Type") != "/Font" or dictionary.get("/Subtype") in ("/Type0", "/Type3"):
        return False
    described = dictionary.get("/FontDescriptor")
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return not isinstance(described, pikepdf.Dictionary) or not any(name in described for name in files)


def _on_pages(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    odd: list[int] = []
    for number, page in enumerate(pdf.pages, start=1):
        notes = notes_of(page)
        if any(note.get("/Subtype") not in KEPT_NOTES and note.get("/Subtype") != "/Popup" for note in notes):
            yield Code.COMMENTS, number, ""
        local = [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A and leads_to_a_machine(note.A.URI)]
        if local:
            yield Code.LOCAL_LINKS, number, ", ".join(local)[:200]
        if not has_usual_size(page):
            odd.append(number)
    if odd:
        yield Code.ODD_SIZES, odd[0], ", ".join(map(str, odd[:20]))


def has_usual_size(page: pikepdf.Page) -> bool:
    """Whether a page is A4 or A3, upright or on its side."""
    left, bottom, right, top = (float(side) for side in page.cropbox)
    sides = sorted((abs(right - left), abs(top - bottom)))
    return any(abs(sides[0] - short) < NEAR and abs(sides[1] - long) < NEAR for short, long in PAPER_SIZES)


def has_earlier_revisions(source: Path) -> bool:
    """Whether a file was added to after it was finished: it then ends more than once."""
    ends, tail, is_linearized = 0, b"", False
    with source.open("rb") as file:
        while block := file.read(BLOCK):
            is_linearized = is_linearized or (not ends and b"/Linearized" in block[:1024])
            ends += (tail + block).count(b"%%EOF") - tail.count(b"%%EOF")
            tail = block[-4:]
    return ends > (2 if is_linearized else 1)


def personal_words(pdf: pikepdf.Pdf) -> str:
    """Who and what made the file, as far as it says so."""
    said = [str(pdf.docinfo[name]) for name in PERSONAL if name in pdf.docinfo and str(pdf.docinfo[name]).strip()]
    said += [str(value) for _key, value in pdf.docinfo.items() if _PATHS.search(str(value)) and str(value) not in said]
    return "; ".join(said)[:300]


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """Whether the file says how it is to be read aloud."""
    marks, tree = pdf.Root.get("/MarkInfo"), pdf.Root.get("/StructTreeRoot")
    return bool(
        isinstance(marks, pikepdf.Dictionary)
        and marks.get("/Marked", False)
        and isinstance(tree, pikepdf.Dictionary)
        and "/K" in tree
    )


def language_of(pdf: pikepdf.Pdf) -> str:
    """The language that the whole file is said to be in, such as `en-GB`."""
    said = str(pdf.Root.get("/Lang", ""))
    return said if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", said) and len(said) <= 20 else ""


def title_of(pdf: pikepdf.Pdf) -> str:
    """The title that the file gives itself."""
    named = str(pdf.docinfo.get("/Title", "")).strip()
    found = _TITLE.search(metadata_of(pdf))
    return named or (found[1].decode("utf-8", errors="ignore").strip() if found else "")


def metadata_of(pdf: pikepdf.Pdf) -> bytes:
    """What the file says of itself in XML, no more than a megabyte; empty where that cannot be read."""
    try:
        return bytes(pdf.Root.Metadata.read_bytes()[:1_000_000])
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError):
        return b""


def claims_of(pdf: pikepdf.Pdf) -> tuple[bool, str]:
    """Whether the file says that it is PDF/UA-1, and the part of PDF/A it says it follows (empty for none)."""
    said = metadata_of(pdf)
    archive = _ARCHIVE.search(said)
    return bool(_UA.search(said)), archive[1].decode() if archive else ""
