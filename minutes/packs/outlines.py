"""The bookmarks of a pack: one for each section, nested by level, its own headings below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pikepdf import Array, Name, Object, OutlineItem, Pdf, String

from minutes.packs.structure import entries

DEEPEST = 30
"""Bookmarks nested deeper than this are left out."""


@dataclass(frozen=True)
class Bookmark:
    """A line of the bookmark panel and the place it leads to."""

    title: str
    page: int
    """Counted from 0."""
    top: float | None = None
    """Points from the foot of the page; None shows the page from its top."""
    children: tuple["Bookmark", ...] = ()

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """From what `asdict` made of one."""
        return cls(facts["title"], facts["page"], facts["top"], tuple(map(cls.from_facts, facts["children"])))

    def moved(self, pages: Sequence[int]) -> "Bookmark":
        """The same with each page where it is in the pack."""
        return replace(self, page=pages[self.page], children=tuple(child.moved(pages) for child in self.children))


@dataclass
class _Open:
    """A section's bookmark while the sections below it are gathered."""

    level: int
    title: str
    page: int
    children: list["Bookmark | _Open"] = field(default_factory=list)

    def close(self) -> Bookmark:
        """As a finished bookmark."""
        children = (child.close() if isinstance(child, _Open) else child for child in self.children)
        return Bookmark(self.title, self.page, None, tuple(children))


def headings_of(source: Pdf) -> tuple[Bookmark, ...]:
    """The bookmarks of a source. Of a single top heading, only what is below it."""
    numbers = {page.objgen: number for number, page in enumerate(source.pages)}
    named = named_places(source)
    with source.open_outline(max_depth=DEEPEST) as outline:
        found = tuple(_read(outline.root, numbers, named))
    return found[0].children if len(found) == 1 else found


def named_places(source: Pdf) -> dict[bytes, Array]:
    """The places of a document that have names (ISO 32000-1, 12.3.2.3), those that are well formed."""
    names = source.Root.get("/Names")
    found = {bytes(name): place for name, place in entries(names.get("/Dests") if names is not None else None)}
    old = source.Root.get("/Dests")
    found |= {name.removeprefix("/").encode(): place for name, place in (old.items() if old is not None else ())}
    places = {name: place if isinstance(place, Array) else place.get("/D") for name, place in found.items()}
    return {name: place for name, place in places.items() if isinstance(place, Array) and len(place)}


def place_led_to(target: Object | None, named: Mapping[bytes, Array]) -> Array | None:
    """The place that a destination means: itself, or the place of that name."""
    if isinstance(target, Array):
        return target if len(target) else None
    if isinstance(target, String):
        return named.get(bytes(target))
    if isinstance(target, Name):
        return named.get(str(target).removeprefix("/").encode())
    return None


def _read(items: Iterable[OutlineItem], numbers: Mapping[Any, int], named: Mapping[bytes, Array]) -> Iterable[Bookmark]:
    for item in items:
        target: Any = item.destination
        if target is None and item.action is not None:
            target = item.action.get("/D")
        place = place_led_to(target, named)
        if place is not None and getattr(place[0], "objgen", None) in numbers:
            top = float(place[3]) if len(place) > 3 and place[1] == "/XYZ" and place[3] is not None else None
            children = tuple(_read(item.children, numbers, named))
            yield Bookmark(item.title, numbers[place[0].objgen], top, children)


def nest(sections: Sequence[tuple[int, Bookmark]]) -> tuple[Bookmark, ...]:
    """Sections as a tree: each below the nearest earlier one of a lower level.

    Args:
        sections: level and bookmark of each, in printed order.
    """
    top = _Open(0, "", 0)
    path = [top]
    for level, bookmark in sections:
        while path[-1].level >= level:
            path.pop()
        entry = _Open(level, bookmark.title, bookmark.page, list(bookmark.children))
        path[-1].children.append(entry)
        path.append(entry)
    return top.close().children


def write(pack: Pdf, bookmarks: Iterable[Bookmark]) -> None:
    """Give the pack its bookmark panel."""
    with pack.open_outline() as outline:
        outline.root.extend(map(_item, bookmarks))


def _item(bookmark: Bookmark) -> OutlineItem:
    if bookmark.top is None:
        item = OutlineItem(bookmark.title, bookmark.page, "Fit")
    else:
        item = OutlineItem(bookmark.title, bookmark.page, "XYZ", left=0, top=bookmark.top, zoom=0)
    item.children.extend(map(_item, bookmark.children))
    return item
