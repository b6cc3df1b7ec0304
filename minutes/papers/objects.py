"""Walks through everything a PDF holds, and knows which of it acts or leads elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

SCRIPTS = frozenset({"/JavaScript"})
STARTING = frozenset(
    {
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/ResetForm",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/GoToE",
        "/GoToR",
        "/RichMediaExecute",
    }
)
"""Actions that start something, send something or open another file."""
ACTING = SCRIPTS | STARTING | {"/Hide", "/Named", "/SetOCGState", "/Trans", "/GoTo3DView"}
KEPT_NOTES = frozenset({"/Link", "/Widget"})
"""What may lie on a page besides its content: links, and the fields of forms, which become content."""
_LOCAL = re.compile(r"^(?:file:|\\\\|[a-z]:[\\/]|https?://(?:localhost|127\.|\[::1\]|[^./]+(?:[/:]|$)))", flags=re.IGNORECASE)


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file, those inside others too, and the dictionaries of streams."""
    for found in pdf.objects:
        waiting = [found]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting.extend(entry for entry in one if _is_inside(entry))
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one
                waiting.extend(value for _key, value in one.items() if _is_inside(value))


def _is_inside(value: Any) -> bool:
    """Whether a value is written inside another, so that the list of objects does not hold it."""
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def action_of(dictionary: Any) -> str:
    """What kind of action a dictionary is; empty where it is none."""
    kind = dictionary.get("/S")
    name = str(kind) if isinstance(kind, pikepdf.Name) else ""
    if name in ACTING or name in {"/GoTo", "/URI", "/Thread"}:
        return name
    return "/JavaScript" if "/JS" in dictionary else ""


def leads_to_a_machine(address: Any) -> bool:
    """Whether an address means something only on somebody's own machine or network."""
    return bool(_LOCAL.match(str(address)))


def notes_of(page: pikepdf.Page) -> list[Any]:
    """What lies on a page: links, fields, comments."""
    notes = page.obj.get("/Annots")
    return [note for note in notes if isinstance(note, pikepdf.Dictionary)] if isinstance(notes, pikepdf.Array) else []


def hidden_layers(pdf: pikepdf.Pdf) -> set[Any]:
    """The layers that are switched off when the file is opened."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return set()
    usual = properties.get("/D", pikepdf.Dictionary())
    off = {layer.objgen for layer in usual.get("/OFF", ())}
    if usual.get("/BaseState") == "/OFF":
        on = {layer.objgen for layer in usual.get("/ON", ())}
        off |= {layer.objgen for layer in properties.get("/OCGs", ())} - on
    return off
