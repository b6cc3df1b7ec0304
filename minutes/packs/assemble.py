"""One PDF of many: sections joined with their tags, bookmarks, links, running page numbers and what the file says of itself."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from minutes.packs import outlines
from minutes.packs.links import NamedPlaces, Target, point_to_sections
from minutes.packs.page_numbers import number_pages
from minutes.packs.tags import TagJoin


@dataclass(frozen=True)
class Part:
    """One section's pages, ready to be joined."""

    key: str
    title: str
    level: int
    pdf: Path


@dataclass(frozen=True, kw_only=True)
class FileWords:
    """What the file says of itself."""

    title: str
    language: str
    subject: str
    author: str
    issued_at: datetime


def count_pages(pdf: Path) -> int:
    """How many pages a PDF has."""
    with Pdf.open(pdf) as opened:
        return len(opened.pages)


def assemble(parts: Sequence[Part], words: FileWords, *, number_font: Path, number_size: float) -> bytes:
    """The pack as bytes: the same parts and words give the same bytes.

    Args:
        parts: in printed order.
        words: title, language and so on of the file.
        number_font: a TrueType font for the page numbers.
        number_size: of the page numbers, in points.

    Raises:
        LinkLeadsNowhere: a section links to one that is not among the parts.
        TagsDisagree: two parts give one custom tag different meanings.
    """
    with ExitStack() as opened, Pdf.new() as pack:
        _join(pack, parts, opened)
        number_pages(pack, number_font, size=number_size)
        _describe(pack, words)
        file = BytesIO()
        pack.save(file, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return file.getvalue()


def _join(pack: Pdf, parts: Sequence[Part], opened: ExitStack) -> None:
    """Pages, tags, named places, bookmarks and links of all parts. The sources stay open until the pack is saved."""
    tags, places = TagJoin(pack), NamedPlaces(pack)
    targets: dict[str, Target] = {}
    bookmarks: list[tuple[int, outlines.Bookmark]] = []
    for number, part in enumerate(parts):
        source = opened.enter_context(Pdf.open(part.pdf))
        first = len(pack.pages)
        # Pages before everything that points to them: what is copied later then points to these copies.
        for page in source.pages:
            pack.pages.append(page)
        pages: list[Object] = [page.obj for page in list(pack.pages)[first:]]
        tags.add(source, pages, prefix=f"s{number}-", label=part.title)
        places.add(source, pages, prefix=f"s{number}-")
        below = outlines.headings(source, first)
        bookmarks.append((part.level, outlines.Bookmark(part.title, first, children=below)))
        targets[part.key] = Target(pages[0], f"{part.title} ({first + 1})")
    tags.finish()
    places.finish()
    outlines.write(pack, outlines.nest(bookmarks))
    point_to_sections(pack, targets)


def _describe(pack: Pdf, words: FileWords) -> None:
    """Title, language and the claim to be PDF/UA-1, which tests check with a validator."""
    for page in pack.pages:
        page.obj.Tabs = Name.S
    pack.Root.Lang = String(words.language)
    pack.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pack.Root.PageMode = Name.UseOutlines
    with pack.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = words.title
        metadata["dc:language"] = {words.language}
        metadata["dc:description"] = words.subject
        metadata["dc:creator"] = [words.author]
        metadata["xmp:CreateDate"] = words.issued_at.isoformat(timespec="seconds")
        metadata["pdfuaid:part"] = "1"
