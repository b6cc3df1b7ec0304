"""Joining the structure trees of tagged PDFs into one, so that the pack is read aloud in order and tables keep their headers.

Plain copying of pages loses the tags, or worse: leaves pages pointing at another document's tags, so that the wrong text is
read. The method: copy each tree in one piece, shift its keys behind those already there, and make its names unique. What touches
each element is done once for each section (`make_ids_unique`); what is left for each pack touches pages and links only.
"""

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from minutes.packs.sheaf import drawings_on
from minutes.packs.structure import elements, entries, is_element, kids, leaves_of


class TagsDisagree(Exception):
    """Two sources give one custom tag different meanings."""


class TagJoin:
    """The structure tree of the pack, grown source by source. Each source becomes one Part of one Document."""

    def __init__(self, pack: Pdf) -> None:
        """Start the tree of an empty pack."""
        self._pack = pack
        self._root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array([])))
        self._leaves: list[Object] = []
        self._ids: list[tuple[bytes, Object]] = []
        self._maps: dict[str, dict[str, Object]] = {"/RoleMap": {}, "/ClassMap": {}}
        self._next_key = 0
        self._shifted: set[tuple[int, int]] = set()

    def add(self, source: Pdf, pages: Sequence[Object], *, label: str, drawings: bool) -> None:
        """Take over the tags of a source whose pages are already in the pack.

        Args:
            source: the document the pages came from; one without tags adds none.
            pages: its pages as they are in the pack now.
            label: the title of its part.
            drawings: whether drawings on its pages are tagged by themselves.

        Raises:
            TagsDisagree: a custom tag has another meaning in an earlier source.
        """
        original = source.Root.get("/StructTreeRoot")
        if original is None:
            return
        # In one call, after the pages: whatever the tree shares or points to stays the same thing.
        tree = self._pack.copy_foreign(original)
        for page in pages:
            self._shift_page(page, drawings=drawings)
        self._take_parents(tree)
        self._document.K.append(self._part(tree, label, source.Root.get("/Lang")))
        if "/IDTree" in tree:
            self._ids += [(bytes(leaf.Limits[0]), leaf) for leaf in leaves_of(tree.IDTree)]
        self._take_maps(tree)

    def finish(self) -> None:
        """Give the pack the finished tree."""
        root = self._root
        root.K = Array([self._document])
        root.ParentTree = self._pack.make_indirect(Dictionary(Kids=Array(self._leaves)))
        root.ParentTreeNextKey = self._next_key
        if self._ids:
            leaves = Array([leaf for _name, leaf in sorted(self._ids, key=lambda pair: pair[0])])
            root.IDTree = self._pack.make_indirect(Dictionary(Kids=leaves))
        for name, entries_by_tag in self._maps.items():
            if entries_by_tag:
                root[name] = Dictionary(entries_by_tag)
        self._pack.Root.StructTreeRoot = root
        self._pack.Root.MarkInfo = Dictionary(Marked=True)

    def _take_parents(self, tree: Object) -> None:
        """The source's keys behind those already there, as one leaf of the tree of keys."""
        found = sorted(((int(key), owner) for key, owner in entries(tree.get("/ParentTree"))), key=lambda pair: pair[0])
        if found:
            nums = Array([part for key, owner in found for part in (key + self._next_key, owner)])
            limits = Array([found[0][0] + self._next_key, found[-1][0] + self._next_key])
            self._leaves.append(self._pack.make_indirect(Dictionary(Nums=nums, Limits=limits)))
            self._next_key += found[-1][0] + 1

    def _shift_page(self, page: Object, *, drawings: bool) -> None:
        """Move the keys of a page, its annotations and its drawings behind those of earlier sources, each once."""
        for holder in _key_holders(page, drawings=drawings):
            if holder.is_indirect:
                if holder.objgen in self._shifted:
                    continue
                self._shifted.add(holder.objgen)
            for name in ("/StructParents", "/StructParent"):
                key = holder.get(name)
                if key is not None:
                    holder[name] = int(key) + self._next_key

    def _part(self, tree: Object, label: str, language: Object | None) -> Object:
        """The source's own Document as a Part of ours."""
        part = self._pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, P=self._document, T=String(label)))
        if language is not None:
            part.Lang = String(str(language))
        inner: list[Object] = []
        for kid in kids(tree):
            dissolved = kid.get("/S") == Name.Document and "/A" not in kid and all(map(is_element, kids(kid)))
            inner += kids(kid) if dissolved else [kid]
        for kid in inner:
            kid.P = part
            if Name.Document == kid.S:
                kid.S = Name.Div
        part.K = Array(inner)
        return part

    def _take_maps(self, tree: Object) -> None:
        for name, known in self._maps.items():
            for tag, meaning in (tree.get(name) or {}).items():
                if tag in known and known[tag] != meaning:
                    raise TagsDisagree(f"The tag {tag} has another meaning in an earlier part of the pack.")
                known[tag] = meaning


def make_ids_unique(source: Pdf, found: Sequence[Object], prefix: bytes) -> None:
    """Put a prefix before the identifiers of elements and before what table cells say of them: they are unique in one source only.

    Args:
        source: a tagged PDF.
        found: all its elements.
        prefix: what no other source has.
    """
    names: dict[bytes, Object] = {}
    for element in found:
        own = element.get("/ID")
        if own is not None:
            names[prefix + bytes(own)] = element
            element.ID = String(prefix + bytes(own))
        attributes = element.get("/A")
        for group in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(group, Dictionary) and "/Headers" in group:
                group.Headers = Array([String(prefix + bytes(name)) for name in group.Headers])
    root = source.Root.StructTreeRoot
    if names:
        leaf = Dictionary(
            Names=Array([part for name in sorted(names) for part in (String(name), names[name])]),
            Limits=Array([String(min(names)), String(max(names))]),
        )
        root.IDTree = source.make_indirect(leaf)
    elif "/IDTree" in root:
        del root["/IDTree"]


def elements_of(source: Pdf) -> list[Object]:
    """Every element of a tagged PDF."""
    return list(elements(source.Root.StructTreeRoot))


def _key_holders(page: Object, *, drawings: bool) -> Iterator[Object]:
    """Everything on a page that may point into the tree of keys."""
    yield page
    yield from page.get("/Annots", [])
    if drawings:
        yield from drawings_on(page)
