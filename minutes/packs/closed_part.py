"""The part of a members' pack that is not for publication: which sections it has and how their pages are numbered. Pure.

It is made, kept and numbered apart from everything else in the pack, so that nothing of it reaches the pages, contents, layout or
kept sections of the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from minutes.enums import PackEdition, PackKind
from minutes.packs.content import PackContent
from minutes.packs.content_papers import PaperLine
from minutes.packs.numbering import Run, number_runs
from minutes.packs.registry import Section

_FOLDER = "minutes/packs"
SERIES = "R"
"""Stands before the number of each page, so that no number of the rest of the pack ever moves."""
PACKS = frozenset({PackKind.AGENDA, PackKind.CONSOLIDATED})
FRONT = "closed-front"
LONGEST_MARK = {PackEdition.LARGE_PRINT: 24}
"""How many letters of the grounds fit beside the number."""


@dataclass(frozen=True, kw_only=True)
class ClosedItem:
    """What an item says that is not for publication.

    Attributes:
        part: the key of its row.
        number: of the item, as printed.
        grounds: each by its short name.
        papers: its checked papers, each with the key of its row.
    """

    part: int
    number: str
    title: str = field(repr=False)
    public_title: str = ""
    grounds: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    resolved: str = field(default="", repr=False)
    minute: str = field(default="", repr=False)
    papers: tuple[tuple[int, PaperLine], ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is written and no paper is there yet, so that there is nothing to print."""
        return not (self.title or self.text or self.resolved or self.minute or self.papers)


@dataclass(frozen=True)
class ClosedSection:
    """A section, and whose it is.

    Attributes:
        part, paper: the keys of their rows; None for the front, and for what is no paper.
    """

    section: Section
    part: int | None = None
    paper: int | None = None


def closed_sections(content: PackContent, items: Sequence[ClosedItem]) -> list[ClosedSection]:
    """The sections, in printed order; none where nothing is kept back."""
    return [_front(content, items), *(section for item in items for section in _of_item(content, item))] if items else []


def marking(grounds: Sequence[str], edition: str = PackEdition.STANDARD) -> str:
    """What stands on every page: that it is not for publication, and on which ground as far as there is room for it."""
    short = ", ".join(dict.fromkeys(ground.partition(",")[0] for ground in grounds))
    longest = LONGEST_MARK.get(PackEdition(edition), 48)
    words = _("NOT FOR PUBLICATION")
    return f"{words}: {short}" if short and len(short) <= longest else words


def closed_labels(runs: Iterable[Run], before: Sequence[Run]) -> list[tuple[str, ...]]:
    """The numbers of each section's pages, without what stands before them; those of the version before stay.

    Args:
        runs: in printed order.
        before: the numbered sections of the version before.
    """
    return [run.labels for run in number_runs([replace(run, labels=()) for run in runs], before)]


def _front(content: PackContent, items: Sequence[ClosedItem]) -> ClosedSection:
    grounds = dict.fromkeys(ground for item in items for ground in item.grounds)
    section = Section(
        key=FRONT,
        title=_("Not for publication"),
        template=f"{_FOLDER}/closed_front.html",
        context={"content": content},
        marked=marking(list(grounds), content.edition),
        is_front=True,
    )
    return ClosedSection(section)


def _of_item(content: PackContent, item: ClosedItem) -> Iterator[ClosedSection]:
    marked = marking(item.grounds, content.edition)
    sheet = Section(
        key=f"closed-{item.part}",
        title=f"{item.number}. {item.title or item.public_title}",
        template=f"{_FOLDER}/closed.html",
        context={"content": content, "sheet": item},
        level=2,
        marked=marked,
    )
    yield ClosedSection(sheet, item.part)
    for row, paper in item.papers:
        yield ClosedSection(Section(key=paper.key, title=paper.title, paper=paper, level=3, marked=marked), item.part, row)
