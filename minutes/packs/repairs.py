"""What WeasyPrint 70 leaves for PDF/UA-1 (ISO 14289-1), put right once for each rendered section, and what binding can have ready.

Items of lists get one body (7.2); header cells say what they head (7.5); running heads and feet are marked as not being part
of the text, instead of as text that belongs nowhere (7.8).
"""

from pathlib import Path

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf

from minutes.packs.links import make_names_unique
from minutes.packs.saving import save_whole
from minutes.packs.sheaf import Sheaf, describe
from minutes.packs.structure import elements, entries, is_element, kids
from minutes.packs.tags import make_ids_unique


def repair(source: Path, target: Path, *, kept_as: Path) -> Sheaf:
    """Write `source`, a tagged PDF from WeasyPrint, repaired and ready to be bound to `target`.

    Args:
        source: the PDF as it was rendered.
        target: where it is written.
        kept_as: where it will be kept. Its name is that of its content, and makes its identifiers unique in a pack.
    """
    with Pdf.open(source) as pdf:
        root = pdf.Root.StructTreeRoot
        found = list(elements(root))
        for element in found:
            if element.S == Name.L:
                _give_items(pdf, element)
            elif element.S == Name.LI:
                _give_body(pdf, element)
            elif element.S == Name.TH:
                _give_scope(element)
        _mark_running_lines(pdf, {element.objgen for element in found})
        prefix = f"{kept_as.stem[:16]}-".encode()
        make_ids_unique(pdf, found, prefix)
        sheaf = describe(pdf, kept_as)
        make_names_unique(pdf, prefix)
        for name in ("/Outlines", "/Metadata", "/PageMode"):
            if name in pdf.Root:
                del pdf.Root[name]
        save_whole(pdf, target)
    return sheaf


def _give_items(pdf: Pdf, whole: Object) -> None:
    """Let a list hold nothing but items, lists and a caption: whatever else is in it becomes an item."""
    inner = []
    for kid in kids(whole):
        if not (is_element(kid) and kid.S in (Name.LI, Name.L, Name.Caption)):
            item = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LI, P=whole, K=Array([kid])))
            if is_element(kid):
                kid.P = item
            _give_body(pdf, item)
            kid = item
        inner.append(kid)
    whole.K = Array(inner)


def _give_body(pdf: Pdf, item: Object) -> None:
    """Let a list item hold its label and one body, whatever it held."""
    inner = kids(item)
    if all(is_element(kid) and kid.S in (Name.Lbl, Name.LBody) for kid in inner) and sum(Name.LBody == k.S for k in inner) < 2:
        return
    labels = [kid for kid in inner if is_element(kid) and Name.Lbl == kid.S]
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item))
    if "/Pg" in item:
        body.Pg = item.Pg
    contents = [part for kid in inner if kid not in labels for part in _unwrapped(kid)]
    for part in contents:
        if is_element(part):
            part.P = body
    body.K = Array(contents)
    item.K = Array([*labels, body])


def _unwrapped(kid: Object) -> list[Object]:
    """A body inside the new body gives up its contents."""
    return kids(kid) if is_element(kid) and Name.LBody == kid.S else [kid]


def _give_scope(cell: Object) -> None:
    """Say whether a header cell heads its column or its row: in a table's head, the column."""
    attributes = cell.get("/A")
    if attributes is None:
        attributes = cell.A = Dictionary(O=Name.Table)
    if "/Scope" not in attributes:
        group = cell.P.get("/P")
        attributes.Scope = Name.Column if group is not None and group.get("/S") == Name.THead else Name.Row


def _mark_running_lines(pdf: Pdf, in_tree: set[tuple[int, int]]) -> None:
    """Turn marked content whose element is not in the tree into artifacts, page by page."""
    parents = {int(key): value for key, value in entries(pdf.Root.StructTreeRoot.ParentTree)}
    for page in pdf.pages:
        owners = parents.get(int(page.obj.get("/StructParents", -1)))
        if owners is None:
            continue
        stray = {number for number, owner in enumerate(owners) if owner is not None and owner.objgen not in in_tree}
        if stray:
            page.Contents = pdf.make_stream(_without_marks(page, stray))
            for number in stray:
                owners[number] = None


def _without_marks(page: pikepdf.Page, stray: set[int]) -> bytes:
    """The page's content with these marks replaced by artifact marks."""
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        if str(instruction.operator) == "BDC" and isinstance(operands[1], Dictionary) and operands[1].get("/MCID") in stray:
            pagination = [Name.Artifact, Dictionary(Type=Name.Pagination)]
            instruction = ContentStreamInstruction(pagination, Operator("BDC"))
        instructions.append(instruction)
    return pikepdf.unparse_content_stream(instructions)
