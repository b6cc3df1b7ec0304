"""One PDF of many: sections joined with their tags, bookmarks, links, running page numbers and what the file says of itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Name, Object, Pdf

from minutes.packs import outlines
from minutes.packs.file_words import Claim, FileWords, attach_contents, describe_file
from minutes.packs.foot import Foot
from minutes.packs.layers import LayerJoin
from minutes.packs.links import NamedPlaces, Target, point_to_sections
from minutes.packs.page_numbers import OWN, Numberer, label_pages
from minutes.packs.saving import save_whole
from minutes.packs.sheaf import Sheaf, kept, opened
from minutes.packs.tags import TagJoin


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section's pages, ready to be joined.

    Attributes:
        key: the section's name, for links.
        title: its bookmark.
        level: the bookmark's depth.
        sheaf: its pages.
        labels: their numbers.
        starts_right: whether it begins on a right-hand page; a blank page without a number goes before it where needed.
        marked: words printed beside each of its numbers.
        is_bound: whether it is a pack that was bound before: its pages bear their numbers, and its bookmarks are the pack's own.
    """

    key: str
    title: str
    level: int
    sheaf: Sheaf
    labels: tuple[str, ...]
    starts_right: bool = False
    marked: str = ""
    is_bound: bool = False


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How page numbers are printed.

    Attributes:
        font: a TrueType font.
        size: in points.
    """

    font: Path
    size: float


def count_pages(pdf: Path) -> int:
    """How many pages a rendered section has."""
    return kept(pdf).pages


def only_part(key: str, title: str, pdf: Path) -> Part:
    """A rendered section that is a file of its own, numbered from 1."""
    sheaf = kept(pdf)
    labels = tuple(str(number) for number in range(1, sheaf.pages + 1))
    return Part(key=key, title=title, level=1, sheaf=sheaf, labels=labels)


def assemble(parts: Sequence[Part], words: FileWords, target: Path, *, numbers: Numbers, contents: bytes = b"") -> Claim:
    """Write the pack to a file: the same parts and words give the same bytes. Returns what it claims to be.

    Args:
        parts: in printed order.
        words: title, language and so on of the file.
        target: the file; what is there is replaced.
        numbers: how page numbers are printed.
        contents: the machine-readable contents to attach; none for a file without them.

    Raises:
        LinkLeadsNowhere: a section links to one that is not among the parts.
        TagsDisagree: two parts give one custom tag different meanings.
        OSError: the file cannot be written.
    """
    claim = claim_of(parts)
    with Pdf.new() as pack:
        binding = _Binding(pack)
        for part in parts:
            binding.add(part)
        binding.finish(parts, numbers)
        describe_file(pack, words, claim, intent=binding.intent if claim.is_archivable else None)
        if contents:
            attach_contents(pack, contents, words)
        save_whole(pack, target)
    return claim


def claim_of(parts: Sequence[Part]) -> Claim:
    """What a pack of these parts may claim to be."""
    readable = all(part.sheaf.is_tagged for part in parts)
    return Claim(
        is_accessible=readable and all(part.sheaf.is_accessible for part in parts),
        is_archivable=readable and all(part.sheaf.is_archivable for part in parts),
    )


class _Binding:
    """The pack while its parts are joined. Each source is closed before the next is opened: what it was read into takes memory."""

    def __init__(self, pack: Pdf) -> None:
        self.intent: Object | None = None
        self._pack = pack
        self._tags, self._places, self._layers = TagJoin(pack), NamedPlaces(pack), LayerJoin(pack)
        self._pages: list[list[Object]] = []
        self._labels: list[str] = []
        self._bookmarks: list[tuple[int, outlines.Bookmark]] = []
        self._targets: dict[str, Target] = {}

    def add(self, part: Part) -> None:
        """Pages, tags, named places, bookmarks and layers of one part."""
        with opened(part.sheaf.file) as source:
            self._take(part, source)

    def _take(self, part: Part, source: Pdf) -> None:
        pack, sheaf = self._pack, part.sheaf
        if part.starts_right and len(pack.pages) % 2:
            self._add_blank()
        first = len(pack.pages)
        # Pages before everything that points to them: what is copied later then points to these copies.
        for page in source.pages:
            pack.pages.append(page)
        pages: list[Object] = [pack.pages[index].obj for index in range(first, first + sheaf.pages)]
        self._tags.add(source, pages, label=part.title, drawings=sheaf.drawings_have_keys)
        self._places.add(source)
        if sheaf.has_layers:
            self._layers.add(source)
        if self.intent is None and "/OutputIntents" in source.Root:
            self.intent = pack.copy_foreign(source.make_indirect(source.Root.OutputIntents))
        below = tuple(child.moved(range(first, first + sheaf.pages)) for child in sheaf.headings)
        if part.is_bound:
            self._bookmarks += [(part.level, bookmark) for bookmark in below]
        else:
            self._bookmarks.append((part.level, outlines.Bookmark(part.title, first, children=below)))
        self._targets[part.key] = Target(pages[0], f"{part.title} ({part.labels[0]})")
        self._pages.append(pages)
        self._labels += part.labels

    def finish(self, parts: Sequence[Part], numbers: Numbers) -> None:
        """Everything that needs all parts to be in place."""
        self._tags.finish()
        self._places.finish()
        self._layers.finish()
        outlines.write(self._pack, outlines.nest(self._bookmarks))
        for part, pages in zip(parts, self._pages, strict=True):
            point_to_sections(pages, part.sheaf.crossings, self._targets)
        numberer = Numberer(self._pack, numbers.font, size=numbers.size)
        bound = sum(part.sheaf.pages for part in parts if part.is_bound)
        for number, (page, (label, marked, foot)) in enumerate(zip(self._pack.pages, self._numbers(parts), strict=True)):
            page.obj.Tabs = Name.S
            # What was bound before stands first.
            if label and number >= bound:
                numberer.print_on(page, label, marked=marked, foot=foot)
        label_pages(self._pack, self._labels)

    def _numbers(self, parts: Sequence[Part]) -> Iterator[tuple[str, str, Foot]]:
        """What is printed on each page of the pack: number, words before it, and where."""
        printed = iter(
            (label, part.marked, foot)
            for part in parts
            for label, foot in zip(part.labels, part.sheaf.feet or (OWN,) * part.sheaf.pages, strict=True)
        )
        return (next(printed) if label else ("", "", OWN) for label in self._labels)

    def _add_blank(self) -> None:
        last = self._pack.pages[-1].mediabox
        self._pack.add_blank_page(page_size=(float(last[2]) - float(last[0]), float(last[3]) - float(last[1])))
        self._labels.append("")
