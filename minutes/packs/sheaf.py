"""A section ready to be bound: a PDF in which all slow work is done once, and what binding wants to know of it without opening it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pikepdf import AccessMode, Array, Dictionary, Object, Pdf

from minutes.packs.foot import Foot
from minutes.packs.outlines import Bookmark, headings_of

LARGE = 8_000_000
"""Bytes."""
SCHEME = b"pack:"
"""Templates link to a section as `pack:` and its key."""


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A link from one section to another.

    Attributes:
        page: the page it stands on, counted from 0.
        number: which of that page's annotations it is.
        key: the section it leads to.
    """

    page: int
    number: int
    key: str


@dataclass(frozen=True, kw_only=True)
class Sheaf:
    """What is known of a section's pages. Made by `describe`, kept beside the PDF.

    Attributes:
        file: the PDF.
        pages: how many there are.
        headings: its bookmarks; pages counted from 0.
        crossings: its links to other sections.
        is_tagged: whether a screen reader reads it in order.
        is_accessible: whether it claims to be PDF/UA-1.
        is_archivable: whether it can be part of a PDF/A-3a.
        feet: of an uploaded paper, where the number of each page is printed; empty for our own pages.
        drawings_have_keys: whether drawings on its pages are tagged by themselves, so that binding has to visit them.
        has_layers: whether it has layers that viewers show or hide.
        findings: what was wrong with its tags, in sentences.
    """

    file: Path
    pages: int
    headings: tuple[Bookmark, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    is_tagged: bool = True
    is_accessible: bool = True
    is_archivable: bool = True
    feet: tuple[Foot, ...] = ()
    drawings_have_keys: bool = False
    has_layers: bool = False
    findings: tuple[str, ...] = field(default=())


def opened(file: Path) -> Pdf:
    """A PDF opened for reading. A large one is read piece by piece: mapped into memory, its photographs would take as much of it."""
    is_large = file.stat().st_size > LARGE
    return Pdf.open(file, access_mode=AccessMode.stream if is_large else AccessMode.default)


def describe(pdf: Pdf, file: Path, **known: Any) -> Sheaf:
    """What binding wants to know of an open PDF that will be kept as `file`; `known` is what it cannot tell by itself."""
    return Sheaf(
        file=file,
        pages=len(pdf.pages),
        headings=headings_of(pdf),
        crossings=tuple(_crossings(pdf)),
        is_tagged="/StructTreeRoot" in pdf.Root,
        drawings_have_keys=any(_has_key(drawing) for page in pdf.pages for drawing in drawings_on(page.obj)),
        has_layers="/OCProperties" in pdf.Root,
        **known,
    )


def keep(sheaf: Sheaf) -> None:
    """Write what is known beside the PDF, whole or not at all."""
    facts = asdict(sheaf)
    del facts["file"]
    unfinished = sheaf.file.with_suffix(".json.part")
    unfinished.write_text(json.dumps(facts), encoding="utf-8")
    unfinished.replace(_beside(sheaf.file))


def kept(file: Path, describe_again: Callable[[], Sheaf] | None = None) -> Sheaf:
    """What is known of a kept section; read from the PDF again if that was thrown away."""
    try:
        facts = json.loads(_beside(file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        with opened(file) as pdf:
            sheaf = describe_again() if describe_again else describe(pdf, file)
        keep(sheaf)
        return sheaf
    facts["headings"] = tuple(map(Bookmark.from_facts, facts["headings"]))
    facts["crossings"] = tuple(Crossing(**crossing) for crossing in facts["crossings"])
    facts["feet"] = tuple(Foot(**foot) for foot in facts["feet"])
    facts["findings"] = tuple(facts["findings"])
    return Sheaf(file=file, **facts)


def drawings_on(page: Object) -> Iterator[Object]:
    """Every form and picture that a page draws, each once, with those inside them."""
    resources, seen = [page.get("/Resources")], set()
    while resources:
        drawings = (resources.pop() or Dictionary()).get("/XObject") or Dictionary()
        for drawing in drawings.values():
            if drawing.objgen not in seen:
                seen.add(drawing.objgen)
                yield drawing
                resources.append(drawing.get("/Resources"))


def _beside(file: Path) -> Path:
    return file.with_suffix(".json")


def _has_key(drawing: Object) -> bool:
    return "/StructParent" in drawing or "/StructParents" in drawing


def _crossings(pdf: Pdf) -> Iterator[Crossing]:
    for number, page in enumerate(pdf.pages):
        annotations = page.obj.get("/Annots")
        for place, annotation in enumerate(annotations if isinstance(annotations, Array) else ()):
            action = annotation.get("/A")
            address = bytes(action.URI) if action is not None and "/URI" in action else b""
            if address.startswith(SCHEME):
                yield Crossing(page=number, number=place, key=address.removeprefix(SCHEME).decode())
