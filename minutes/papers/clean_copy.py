"""Writes the copy of a PDF that is published: what is seen and what is read aloud, and nothing that acts, hides or tells on its makers."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name

from minutes.papers.document_faults import claims_of, language_of
from minutes.papers.objects import ACTING, action_of, dictionaries, leads_to_a_machine, notes_of

KEPT_OF_ROOT = frozenset(
    {
        "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout",
        "/PageMode", "/Outlines", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties", "/OutputIntents",
    }
)  # fmt: skip
KEPT_OF_TRAILER = frozenset({"/Root", "/Size"})
DROPPED = (
    "/AA",
    "/AF",
    "/EF",
    "/JS",
    "/PieceInfo",
    "/LastModified",
    "/Metadata",
    "/Thumb",
    "/B",
    "/PresSteps",
    "/Trans",
    "/Dur",
)
DEEPEST = 60
HEADER_OF_PROFILE = 128
MOMENT_OF_PROFILE = slice(24, 36)
"""Where an ICC profile says when it was made (ICC.1, 7.2.8): six numbers of two bytes."""
NEW_YEAR_OF_2000 = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{language}{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def write_copy(pdf: pikepdf.Pdf, target: Path, title: str) -> None:
    """Write the copy. The same file gives the same bytes.

    Args:
        pdf: opened from the original; it is changed.
        target: where the copy goes.
        title: the paper's, which the copy carries.
    """
    is_ua, _archive = claims_of(pdf)
    gone = _drop_notes(pdf)
    had_form = _flatten_form(pdf)
    if "/StructTreeRoot" in pdf.Root and gone:
        _drop_from_tags(pdf.Root.StructTreeRoot, gone, 0)
    _drop_from_root(pdf)
    _set_day_of_colours(pdf)
    for dictionary in dictionaries(pdf):
        _drop_inside(dictionary)
    _name(pdf, title, is_ua=is_ua and not gone and not had_form)
    with target.open("wb") as file:
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)


def _drop_notes(pdf: pikepdf.Pdf) -> set[Any]:
    """Take away comments, and links that act or lead to somebody's machine; which objects these were."""
    gone: set[Any] = set()
    for page in pdf.pages:
        notes = notes_of(page)
        kept = [note for note in notes if _may_stay(note)]
        gone |= {note.objgen for note in notes if note.is_indirect and not _may_stay(note)}
        if kept:
            page.obj.Annots = Array(kept)
        elif "/Annots" in page.obj:
            del page.obj.Annots
    return gone


def _may_stay(note: Any) -> bool:
    if note.get("/Subtype") == "/Widget":
        return True
    if note.get("/Subtype") != "/Link":
        return False
    action = note.get("/A")
    if not isinstance(action, Dictionary):
        return "/Dest" in note
    return action_of(action) not in ACTING and not leads_to_a_machine(action.get("/URI", ""))


def _flatten_form(pdf: pikepdf.Pdf) -> bool:
    """Make what stands in the fields of a form part of the pages; whether there was a form."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return False
    if isinstance(form, Dictionary) and len(form.get("/Fields", ())):
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
    for page in pdf.pages:
        links = [note for note in notes_of(page) if note.get("/Subtype") == "/Link"]
        if "/Annots" in page.obj:
            page.obj.Annots = Array(links)
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm
    return True


def _drop_from_tags(element: Any, gone: set[Any], depth: int) -> None:
    """Take references to what is gone out of the tags: through them it would stay in the file."""
    if depth > DEEPEST or not isinstance(element, Dictionary) or "/K" not in element:
        return
    kids = list(element.K) if isinstance(element.K, Array) else [element.K]
    kept = [kid for kid in kids if not (isinstance(kid, Dictionary) and "/Obj" in kid and kid.Obj.objgen in gone)]
    if len(kept) != len(kids):
        element.K = Array(kept)
    for kid in kept:
        _drop_from_tags(kid, gone, depth + 1)


def _drop_from_root(pdf: pikepdf.Pdf) -> None:
    """Keep of the catalogue only what reading needs."""
    for name in list(pdf.Root.keys()):
        if name not in KEPT_OF_ROOT:
            del pdf.Root[name]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        for name in list(names.keys()):
            if name != "/Dests":
                del names[name]
    if pdf.Root.get("/PageMode") == "/UseAttachments":
        del pdf.Root.PageMode
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _set_day_of_colours(pdf: pikepdf.Pdf) -> None:
    """Give the profile of the colours a fixed day: LibreOffice writes the moment of its work there, and so other bytes each time."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile") if isinstance(intent, Dictionary) else None
        if isinstance(profile, pikepdf.Stream):
            data = bytearray(profile.read_bytes())
            if len(data) >= HEADER_OF_PROFILE:
                data[MOMENT_OF_PROFILE] = NEW_YEAR_OF_2000
                profile.write(bytes(data))


def _drop_inside(dictionary: Any) -> None:
    """Take out of one dictionary what acts, is attached, or tells who made it."""
    for name in DROPPED:
        if name in dictionary and not (name == "/B" and dictionary.get("/Type") != "/Page"):
            del dictionary[name]
    for name, value in list(dictionary.items()):
        acts = isinstance(value, Dictionary) and name in {"/A", "/PA", "/Next"} and action_of(value) in ACTING
        if acts or (name == "/Next" and "/S" in dictionary and isinstance(value, Array)):
            del dictionary[name]


def _name(pdf: pikepdf.Pdf, title: str, *, is_ua: bool) -> None:
    """Say of the copy its title, its language and that it can be read aloud, and nothing else."""
    for name in list(pdf.trailer.keys()):
        if name not in KEPT_OF_TRAILER:
            del pdf.trailer[name]
    pdf.docinfo[Name.Title] = title
    language = language_of(pdf)
    words = XMP.format(
        title=escape(title),
        language=f"\n<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>" if language else "",
        claim="\n<pdfuaid:part>1</pdfuaid:part>" if is_ua else "",
    )
    pdf.Root.Metadata = pdf.make_stream(words.encode(), Type=Name.Metadata, Subtype=Name.XML)
