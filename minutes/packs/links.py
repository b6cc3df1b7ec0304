"""Links within a pack: from one section to another, and within a section, once its pages stand in the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from minutes.packs.structure import entries

SCHEME = b"pack:"
"""Templates link to a section as `pack:` and its key."""


@dataclass(frozen=True)
class Target:
    """Where a section starts."""

    page: Object
    words: str
    """Read aloud for the link: title and page."""


class LinkLeadsNowhere(Exception):
    """A template links to a section that the pack has not."""


class NamedPlaces:
    """The named places of all sources under names that are unique in the pack."""

    def __init__(self, pack: Pdf) -> None:
        """Start without places."""
        self._pack = pack
        self._places: list[tuple[bytes, Array]] = []

    def add(self, source: Pdf, pages: Sequence[Object], *, prefix: str) -> None:
        """Take over a source's named places, and point its links at their new names."""
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(source.pages)}
        names = source.Root.get("/Names")
        renamed: dict[bytes, bytes] = {}
        for name, value in entries(names.get("/Dests") if names is not None else None):
            place = value if isinstance(value, Array) else value.D
            renamed[bytes(name)] = prefix.encode() + bytes(name)
            self._places.append((renamed[bytes(name)], Array([pages[numbers[place[0].objgen]], *list(place)[1:]])))
        for page in pages:
            for annotation in page.get("/Annots", []):
                target = annotation.get("/Dest")
                if isinstance(target, String) and bytes(target) in renamed:
                    annotation.Dest = String(renamed[bytes(target)])

    def finish(self) -> None:
        """Give the pack the places, in the order of their names."""
        if self._places:
            places = [part for name, place in sorted(self._places, key=lambda pair: pair[0]) for part in (String(name), place)]
            self._pack.Root.Names = Dictionary(Dests=self._pack.make_indirect(Dictionary(Names=Array(places))))


def point_to_sections(pack: Pdf, targets: Mapping[str, Target]) -> None:
    """Turn links that name a section into links to its first page.

    Raises:
        LinkLeadsNowhere: there is no such section.
    """
    for page in pack.pages:
        for annotation in page.obj.get("/Annots", []):
            action = annotation.get("/A")
            address = bytes(action.URI) if action is not None and "/URI" in action else b""
            if address.startswith(SCHEME):
                key = address.removeprefix(SCHEME).decode()
                if key not in targets:
                    raise LinkLeadsNowhere(f"A link leads to “{key}”, which is not a section of this pack.")
                del annotation["/A"]
                annotation.Dest = Array([targets[key].page, Name.Fit])
                annotation.Contents = String(targets[key].words)
