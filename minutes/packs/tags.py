"""Joining the structure trees of tagged PDFs into one, so that the pack is read aloud in order and tables keep their headers.

Plain copying of pages loses the tags, or worse: leaves pages pointing at another document's tags, so that the wrong text is
read. The method: copy each tree in one piece, shift its keys behind those already there, and make its names unique.
"""

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from minutes.packs.structure import elements, entries, is_element, kids


class TagsDisagree(Exception):
    """Two sources give one custom tag different meanings."""


class TagJoin:
    """The structure tree of the pack, grown source by source. Each source becomes one Part of one Document."""

    def __init__(self, pack: Pdf) -> None:
        """Start the tree of an empty pack."""
        self._pack = pack
        self._root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array([])))
        self._parents: list[tuple[int, Object]] = []
        self._ids: list[tuple[bytes, Object]] = []
        self._maps: dict[str, dict[str, Object]] = {"/RoleMap": {}, "/ClassMap": {}}
        self._next_key = 0
        self._shifted: set[tuple[int, int]] = set()

    def add(self, source: Pdf, pages: Sequence[Object], *, prefix: str, label: str) -> None:
        """Take over the tags of a source whose pages are already in the pack.

        Args:
            source: the document the pages came from; one without tags adds none.
            pages: its pages as they are in the pack now.
            prefix: set before its identifiers, which are unique in one source only.
            label: the title of its part.

        Raises:
            TagsDisagree: a custom tag has another meaning in an earlier source.
        """
        original = source.Root.get("/StructTreeRoot")
        if original is None:
            return
        # In one call, after the pages: whatever the tree shares or points to stays the same thing.
        tree = self._pack.copy_foreign(original)
        keys = [int(key) for key, _owner in entries(tree.get("/ParentTree"))]
        for page in pages:
            self._shift_page(page)
        self._parents += [(int(key) + self._next_key, owner) for key, owner in entries(tree.get("/ParentTree"))]
        self._next_key += max([*keys, -1]) + 1
        self._document.K.append(self._part(tree, label, source.Root.get("/Lang")))
        self._take_ids(tree, prefix)
        self._take_maps(tree)

    def finish(self) -> None:
        """Give the pack the finished tree."""
        root = self._root
        root.K = Array([self._document])
        nums = [part for key, owner in sorted(self._parents, key=lambda pair: pair[0]) for part in (key, owner)]
        root.ParentTree = self._pack.make_indirect(Dictionary(Nums=Array(nums)))
        root.ParentTreeNextKey = self._next_key
        if self._ids:
            names = [part for name, owner in sorted(self._ids, key=lambda pair: pair[0]) for part in (String(name), owner)]
            root.IDTree = self._pack.make_indirect(Dictionary(Names=Array(names)))
        for name, entries_by_tag in self._maps.items():
            if entries_by_tag:
                root[name] = Dictionary(entries_by_tag)
        self._pack.Root.StructTreeRoot = root
        self._pack.Root.MarkInfo = Dictionary(Marked=True)

    def _shift_page(self, page: Object) -> None:
        """Move the keys of a page, its annotations and its drawings behind those of earlier sources, each once."""
        for holder in _key_holders(page):
            if holder.is_indirect:
                if holder.objgen in self._shifted:
                    continue
                self._shifted.add(holder.objgen)
            for name in ("/StructParents", "/StructParent"):
                if name in holder:
                    holder[name] = int(holder[name]) + self._next_key

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

    def _take_ids(self, tree: Object, prefix: str) -> None:
        """Make the identifiers of elements, and the references of table cells to them, unique in the pack."""
        for element in elements(tree):
            if "/ID" in element:
                name = prefix.encode() + bytes(element.ID)
                element.ID = String(name)
                self._ids.append((name, element))
            attributes = element.get("/A")
            for group in attributes if isinstance(attributes, Array) else [attributes]:
                if isinstance(group, Dictionary) and "/Headers" in group:
                    group.Headers = Array([String(prefix.encode() + bytes(name)) for name in group.Headers])

    def _take_maps(self, tree: Object) -> None:
        for name, known in self._maps.items():
            for tag, meaning in (tree.get(name) or {}).items():
                if tag in known and known[tag] != meaning:
                    raise TagsDisagree(f"The tag {tag} has another meaning in an earlier part of the pack.")
                known[tag] = meaning


def _key_holders(page: Object) -> Iterator[Object]:
    """Everything on a page that may point into the parent tree."""
    yield page
    yield from page.get("/Annots", [])
    resources, seen = [page.get("/Resources")], set()
    while resources:
        drawings = (resources.pop() or Dictionary()).get("/XObject") or Dictionary()
        for drawing in drawings.values():
            if drawing.objgen not in seen:
                seen.add(drawing.objgen)
                yield drawing
                resources.append(drawing.get("/Resources"))
