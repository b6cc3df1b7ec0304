"""The tags of an uploaded paper: taken over if they are sound, else taken away with a sentence that says so."""

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

from minutes.packs.structure import entries, is_element, kids
from minutes.packs.tags import make_ids_unique

MOST_ELEMENTS = 500_000
STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)
"""The standard structure types (ISO 32000-1, 14.8.4)."""
NO_TAGS = "It has no tags, so that a screen reader cannot read it in order."
BROKEN = "Its tags are broken, so that a screen reader cannot read it in order."


class TagsBroken(Exception):
    """The structure tree does not fit the pages."""


def take_tags(pdf: Pdf, prefix: bytes) -> tuple[str, ...]:
    """Make the tags of a paper ready to be joined, or take them away. Returns what is wrong with them, in sentences.

    Args:
        pdf: the paper.
        prefix: what makes its identifiers unique in a pack.
    """
    if "/StructTreeRoot" not in pdf.Root:
        return (NO_TAGS,)
    try:
        found = _checked(pdf)
        _use_standard_types(pdf, found)
        make_ids_unique(pdf, found, prefix)
    # Whatever a broken tree makes the reader of trees say: the paper is bound without it.
    except (TagsBroken, ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, NotImplementedError):
        _take_away(pdf)
        return (BROKEN,)
    return ()


def _checked(pdf: Pdf) -> list[Object]:
    """All elements, if each page's marks have owners and each owner is in the tree.

    Raises:
        TagsBroken: they do not fit.
    """
    root = pdf.Root.StructTreeRoot
    found = _walked(root)
    if not found:
        raise TagsBroken
    in_tree = {element.objgen for element in found}
    parents = {int(key): owner for key, owner in entries(root.get("/ParentTree"))}
    for page in pdf.pages:
        key = page.obj.get("/StructParents")
        owners = parents.get(int(key)) if key is not None else None
        if key is not None and not isinstance(owners, Array):
            raise TagsBroken
        if any(owner is not None and owner.objgen not in in_tree for owner in owners or ()):
            raise TagsBroken
    if not any("/StructParents" in page.obj for page in pdf.pages):
        raise TagsBroken
    return found


def _walked(root: Object) -> list[Object]:
    """Every element below the root, each reached once and each knowing who holds it."""
    found: list[Object] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, Any]] = [(root, kid) for kid in kids(root)]
    while waiting:
        holder, element = waiting.pop()
        if not is_element(element):
            if isinstance(element, Dictionary | int):
                continue
            raise TagsBroken
        if element.objgen in seen or not element.is_indirect or len(found) > MOST_ELEMENTS:
            raise TagsBroken
        seen.add(element.objgen)
        element.P = holder
        found.append(element)
        waiting += [(element, kid) for kid in kids(element)]
    return found


def _use_standard_types(pdf: Pdf, found: list[Object]) -> None:
    """Replace a paper's own names of types by what they stand for: another paper may use the same name for something else."""
    root = pdf.Root.StructTreeRoot
    meanings = {str(name): str(meaning) for name, meaning in (root.get("/RoleMap") or {}).items()}
    for element in found:
        name = str(element.S)
        for _step in range(10):
            if name.removeprefix("/") in STANDARD:
                break
            name = meanings.get(name, "/NonStruct")
        element.S = Name(name)
        _say_attributes(element, root.get("/ClassMap") or Dictionary())
    for own in ("/RoleMap", "/ClassMap", "/Namespaces"):
        if own in root:
            del root[own]


def _say_attributes(element: Object, classes: Object) -> None:
    """Let an element say itself what it said through classes, whose names are its paper's own."""
    own = element.get("/A")
    attributes = list(own) if isinstance(own, Array) else [own] if own is not None else []
    named = element.get("/C")
    for name in named if isinstance(named, Array) else [named]:
        meaning = classes.get(str(name)) if isinstance(name, Name) else None
        attributes += list(meaning) if isinstance(meaning, Array) else [meaning] if meaning is not None else []
    if named is not None:
        element.A = Array(attributes)
    for old in ("/C", "/NS"):
        if old in element:
            del element[old]


def _take_away(pdf: Pdf) -> None:
    """Leave no tag, and nothing that points at one."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        notes = [note for note in annotations if isinstance(note, Dictionary)] if isinstance(annotations, Array) else []
        for holder in (page.obj, *notes):
            for name in ("/StructParents", "/StructParent"):
                if name in holder:
                    del holder[name]
