"""The bookmarks of a pack: one for each section, nested by level, its own headings below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, OutlineItem, Pdf


@dataclass(frozen=True)
class Bookmark:
    """A line of the bookmark panel and the place it leads to."""

    title: str
    page: int
    """Counted from 0."""
    top: float | None = None
    """Points from the foot of the page; None shows the page from its top."""
    children: tuple["Bookmark", ...] = ()


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


def headings(source: Pdf, first_page: int) -> tuple[Bookmark, ...]:
    """The bookmarks of a source, moved to where its pages are in the pack. Of a single top heading, only what is below it."""
    numbers = {page.objgen: number for number, page in enumerate(source.pages)}
    with source.open_outline() as outline:
        found = tuple(_read(outline.root, numbers, first_page))
    return found[0].children if len(found) == 1 else found


def _read(items: Iterable[OutlineItem], numbers: Mapping[Any, int], first_page: int) -> Iterable[Bookmark]:
    for item in items:
        place = item.destination
        if isinstance(place, Array) and len(place) and place[0].objgen in numbers:
            top = float(place[3]) if len(place) > 3 and place[1] == "/XYZ" and place[3] is not None else None
            children = tuple(_read(item.children, numbers, first_page))
            yield Bookmark(item.title, first_page + numbers[place[0].objgen], top, children)


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
