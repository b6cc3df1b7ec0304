"""Uploaded papers made ready to be bound: only what prints is taken over, and each page has room for its number: on its own empty
foot, else in a strip below.

The checked copy of a paper is trusted to be harmless, not to be well made: pages may be turned, cut, or lack what they need, and
tags may be broken. What is wrong with the tags makes the paper untagged, with a finding, and never fails the pack.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError

from minutes.packs.content_papers import PaperLine
from minutes.packs.foot import MM, Foot, inherited, scale_of, shown_box, turn_of, with_strip
from minutes.packs.outlines import named_places, place_led_to
from minutes.packs.render import SectionFailed
from minutes.packs.saving import save_whole
from minutes.packs.sheaf import Sheaf, describe, keep, kept, opened
from minutes.packs.upload_tags import take_tags

RECIPE = 2
"""Raised when this package makes different bytes from the same upload."""
STRIP = 12 * MM
"""The height of the strip below an A4 page, in points."""
KEPT_OF_A_PAGE = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Annots", "/Rotate", "/StructParents", "/UserUnit", "/Group"}
)
KEPT_OF_A_FILE = frozenset({"/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties", "/OutputIntents"})
NOT_PRINTED = frozenset({"/Widget", "/Popup", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D", "/FileAttachment"})
ADDRESSES = (b"http://", b"https://", b"mailto:", b"tel:")

Opener = Callable[[str], IO[bytes]]
"""Opens a stored file by its name."""


def take_paper(paper: PaperLine, *, cache: Path, open_stored: Opener) -> Sheaf:
    """A paper ready to be bound, from the cache if it was made ready before.

    Args:
        paper: what is bound.
        cache: where prepared papers are kept.
        open_stored: opens its checked copy.

    Raises:
        SectionFailed: its file is missing, or is no PDF with pages.
    """
    named = f"{RECIPE} {pikepdf.__version__} {paper.key} {paper.sha256} {paper.is_archivable} {paper.free_feet}"
    place = cache / f"{hashlib.sha256(named.encode()).hexdigest()}.pdf"
    if place.is_file():
        os.utime(place)
        return kept(place)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        source, finished = Path(folder) / "stored.pdf", Path(folder) / "ready.pdf"
        try:
            with open_stored(paper.stored) as stored, source.open("wb") as copy:
                shutil.copyfileobj(stored, copy)
            sheaf = _prepare(source, finished, place, paper)
        except FileNotFoundError:
            raise SectionFailed(paper.title, "Its file is missing. Upload it again or withdraw the paper.") from None
        except (PdfError, RuntimeError) as error:
            raise SectionFailed(paper.title, f"Its file cannot be read as a PDF ({str(error)[:200]}).") from error
        keep(sheaf)
        finished.replace(place)
    return sheaf


def _prepare(source: Path, target: Path, place: Path, paper: PaperLine) -> Sheaf:
    """Write the prepared paper to `target`, to be kept at `place`."""
    with opened(source) as pdf:
        if not len(pdf.pages):
            raise SectionFailed(paper.title, "It has no pages.")
        findings = take_tags(pdf, f"{place.stem[:16]}-".encode())
        is_tagged = "/StructTreeRoot" in pdf.Root
        is_accessible = is_tagged and _claims_accessible(pdf)
        is_archivable = is_tagged and paper.is_archivable and _has_plain_colours(pdf)
        named = named_places(pdf)
        free = frozenset(paper.free_feet)
        feet = tuple(_prepare_page(pdf, page, named, is_free=number in free) for number, page in enumerate(pdf.pages))
        sheaf = describe(pdf, place, feet=feet, is_accessible=is_accessible, is_archivable=is_archivable, findings=findings)
        for name in set(pdf.Root.keys()) - KEPT_OF_A_FILE:
            del pdf.Root[name]
        save_whole(pdf, target)
    return sheaf


def _prepare_page(pdf: Pdf, page: Page, named: Mapping[bytes, Array], *, is_free: bool) -> Foot:
    """Cut a page to what is shown, add a strip unless its foot is empty, and keep only what prints. Returns where its number goes."""
    node = page.obj
    box, turn = shown_box(node), turn_of(node)
    resources = inherited(node, "/Resources")
    for name in set(node.keys()) - KEPT_OF_A_PAGE:
        del node[name]
    width, height = box[2] - box[0], box[3] - box[1]
    foot = Foot(scale_of(box), is_strip=not is_free)
    edges = " ".join(f"{edge:.3f}" for edge in (box[0], box[1], width, height))
    # A page that leaves its state open, or closes too much, must not reach the number.
    page.contents_add(pdf.make_stream(f"/Artifact BMC q {edges} re W n EMC\n".encode()), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ"))
    node.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    strip = STRIP * foot.scale if foot.is_strip else 0.0
    node.MediaBox = Array([round(edge, 3) for edge in with_strip(box, turn, strip)])
    node.Rotate = turn
    annotations = node.get("/Annots")
    if annotations is not None:
        node.Annots = Array([note for note in _notes(annotations) if _is_printed(note, named)])
    return foot


def _notes(annotations: Object) -> list[Object]:
    found = list(annotations) if isinstance(annotations, Array) else []
    return [note for note in found if isinstance(note, Dictionary)]


def _is_printed(note: Any, named: Mapping[bytes, Array]) -> bool:
    """Whether an annotation is taken over; a link leads to a place in the paper or to an address, or to nothing."""
    if str(note.get("/Subtype")) in NOT_PRINTED:
        return False
    note.F = 4
    action = note.get("/A")
    target = note.get("/Dest")
    for name in ("/AA", "/A", "/Dest", "/PA"):
        if name in note:
            del note[name]
    if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        target = action.get("/D")
    place = place_led_to(target, named)
    if place is not None:
        note.Dest = place
    elif isinstance(action, Dictionary) and "/URI" in action and bytes(action.URI).lower().startswith(ADDRESSES):
        note.A = Dictionary(S=Name.URI, URI=action.URI)
    return True


def _claims_accessible(pdf: Pdf) -> bool:
    """Whether the paper says of itself that it is PDF/UA-1."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return str(metadata.get("pdfuaid:part", "")) == "1"


def _has_plain_colours(pdf: Pdf) -> bool:
    """Whether its colours mean the same in the pack, whose output intent is red, green and blue."""
    profiles = [intent.get("/DestOutputProfile") for intent in pdf.Root.get("/OutputIntents", Array())]
    return all(profile is None or int(profile.get("/N", 0)) == 3 for profile in profiles)
