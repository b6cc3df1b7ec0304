"""Links within a pack: from one section to another, and within a section, once its pages stand in the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from minutes.packs.outlines import named_places
from minutes.packs.sheaf import Crossing
from minutes.packs.structure import leaves_of


@dataclass(frozen=True)
class Target:
    """Where a section starts."""

    page: Object
    words: str
    """Read aloud for the link: title and page."""


class LinkLeadsNowhere(Exception):
    """A template links to a section that the pack has not."""


class NamedPlaces:
    """The named places of all sources, whose names are unique in the pack. Each source is one leaf of the tree of names."""

    def __init__(self, pack: Pdf) -> None:
        """Start without places."""
        self._pack = pack
        self._leaves: list[tuple[bytes, Object]] = []

    def add(self, source: Pdf) -> None:
        """Take over a source's named places. Its pages are already in the pack."""
        names = source.Root.get("/Names")
        if names is not None and "/Dests" in names:
            tree = self._pack.copy_foreign(source.make_indirect(names.Dests))
            self._leaves += [(bytes(leaf.Limits[0]), leaf) for leaf in leaves_of(tree)]

    def finish(self) -> None:
        """Give the pack the places, in the order of their names."""
        if self._leaves:
            kids = Array([leaf for _name, leaf in sorted(self._leaves, key=lambda pair: pair[0])])
            self._pack.Root.Names = Dictionary(Dests=self._pack.make_indirect(Dictionary(Kids=kids)))


def make_names_unique(source: Pdf, prefix: bytes) -> None:
    """Put a prefix before the names of places and let links follow: names are unique in one source only."""
    places = {prefix + name: place for name, place in sorted(named_places(source).items())}
    for name in ("/Dests", "/Names"):
        if name in source.Root:
            del source.Root[name]
    if not places:
        return
    for page in source.pages:
        for annotation in page.obj.get("/Annots", []):
            target = annotation.get("/Dest")
            if isinstance(target, String) and prefix + bytes(target) in places:
                annotation.Dest = String(prefix + bytes(target))
    leaf = Dictionary(
        Names=Array([part for name, place in places.items() for part in (String(name), place)]),
        Limits=Array([String(min(places)), String(max(places))]),
    )
    source.Root.Names = Dictionary(Dests=source.make_indirect(leaf))


def point_to_sections(pages: Sequence[Object], crossings: Sequence[Crossing], targets: Mapping[str, Target]) -> None:
    """Turn links that name a section into links to its first page.

    Args:
        pages: of the section that the links stand in, as they are in the pack.
        crossings: its links.
        targets: where each section starts.

    Raises:
        LinkLeadsNowhere: there is no such section.
    """
    for crossing in crossings:
        if crossing.key not in targets:
            raise LinkLeadsNowhere(f"A link leads to “{crossing.key}”, which is not a section of this pack.")
        annotation = pages[crossing.page].Annots[crossing.number]
        del annotation["/A"]
        annotation.Dest = Array([targets[crossing.key].page, Name.Fit])
        annotation.Contents = String(targets[crossing.key].words)
