"""One build of a pack: its sections as they are made, numbered and put in order."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from django.template.loader import render_to_string

from minutes.enums import PackEdition, PackKind
from minutes.packs.assemble import Part
from minutes.packs.changes import changes_between, in_a_sentence
from minutes.packs.content import PackContent
from minutes.packs.layout import Bound, Row, base_runs, unused_words
from minutes.packs.numbering import Run
from minutes.packs.one_numbering import joined, numbered
from minutes.packs.prose import TextRefused
from minutes.packs.registry import Section
from minutes.packs.render import Renderer, SectionFailed
from minutes.packs.sheaf import Sheaf, kept
from minutes.packs.uploads import Opener, take_paper

ROUNDS = 6
"""How often the contents may be set again until their own length stays the same."""
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
"""The numbers of a supplement's own front pages, which go nowhere in the pack."""

Progress = Callable[[str, int, int], None]
"""Told the section's title, how many are done and how many there are."""


class ContentsUnsettled(Exception):
    """The contents' page numbers and their length chase each other."""


def section_html(section: Section, content: PackContent, extra: Mapping[str, object]) -> str:
    """The page a section is rendered from.

    Raises:
        SectionFailed: it holds text that cannot be printed, or its template cannot be filled.
    """
    context = {"content": content, **section.context, "section": section, **extra}
    try:
        return render_to_string(section.template, context)
    except TextRefused as error:
        raise SectionFailed(section.title, str(error)) from error
    # Whatever a template can do wrong: one section is named, and the pack that is issued stays so.
    except Exception as error:
        reason = f"Its template cannot be filled ({type(error).__name__}: {str(error)[:200]})."
        raise SectionFailed(section.title, reason) from error


class Binding:
    """The sections of one pack, from plan to parts."""

    def __init__(
        self,
        content: PackContent,
        sections: tuple[Section, ...],
        renderer: Renderer,
        *,
        base: Sequence[Row] | None,
        beside: Sequence[Sequence[Row]],
        cache: Path,
        open_stored: Opener,
        progress: Progress | None,
    ) -> None:
        self._content, self._sections, self._renderer = content, sections, renderer
        self._base, self._cache, self._open_stored, self._progress = base or (), cache, open_stored, progress
        self._numbers = base_runs(joined([*beside, self._base]))
        self._sheaves: dict[str, Sheaf] = {}
        self._digests: dict[str, str] = {}
        self._done = 0

    @property
    def untagged(self) -> tuple[str, ...]:
        """The keys of bound papers that a screen reader cannot read."""
        return tuple(section.key for section in self._printed() if section.paper and not self._sheaves[section.key].is_tagged)

    @property
    def findings(self) -> dict[str, tuple[str, ...]]:
        """What is wrong with papers' tags, by key."""
        return {key: sheaf.findings for key, sheaf in self._sheaves.items() if sheaf.findings}

    def make_sections(self) -> None:
        """All that do not depend on page numbers."""
        for section in self._sections:
            if section.paper:
                self._sheaves[section.key] = take_paper(section.paper, cache=self._cache, open_stored=self._open_stored)
                self._digests[section.key] = section.paper.sha256
                self._tell(section)
        plain = [section for section in self._sections if not section.paper and not section.lists_pages]
        pages = [(section.title, section_html(section, self._content, {})) for section in plain]
        for section, (_title, html), file in zip(plain, pages, self._renderer.render_all(pages), strict=True):
            self._sheaves[section.key] = kept(file)
            self._digests[section.key] = "" if section.is_front else hashlib.sha256(html.encode()).hexdigest()
            self._tell(section)

    def make_contents(self) -> None:
        """Those that list page numbers, until what they list is so.

        Raises:
            ContentsUnsettled: their length and their page numbers chase each other.
        """
        listing = [section for section in self._sections if section.lists_pages]
        if not listing:
            return
        for _round in range(ROUNDS):
            before = self.bound()
            known = self._known(before)
            pages = [(section.title, section_html(section, self._content, known)) for section in listing]
            for section, file in zip(listing, self._renderer.render_all(pages), strict=True):
                self._sheaves[section.key] = kept(file)
            if self.bound() == before:
                for section in listing:
                    self._tell(section)
                return
        raise ContentsUnsettled(f"The page numbers of “{listing[0].title}” do not settle.")

    def bound(self) -> tuple[Bound, ...]:
        """What is printed, with its page numbers; a section not made yet is taken to have one page."""
        runs = {run.key: run for run in self._numbered()}
        return tuple(
            Bound(
                key=section.key,
                title=section.title,
                level=section.level,
                digest=self._digests.get(section.key, ""),
                labels=runs[section.key].labels,
                unused=runs[section.key].unused,
            )
            for section in self._printed()
        )

    def changes(self) -> list[dict[str, str]]:
        """What differs from the base; nothing without one, and in a supplement only what it brings."""
        return changes_between(self._base, self._whole()) if self._base else []

    def parts(self) -> list[Part]:
        """What is joined, in printed order."""
        two_sided = self._content.edition is PackEdition.PRINT_SET
        return [
            Part(
                key=section.key,
                title=section.title,
                level=section.level,
                sheaf=self._sheaves[section.key],
                labels=bound.labels,
                starts_right=two_sided and section.starts_right,
                marked=section.marked,
            )
            for section, bound in zip(self._printed(), self.bound(), strict=True)
        ]

    def _numbered(self) -> list[Run]:
        """Every planned section's numbers; the front of a supplement apart from the pack's."""
        counts = {section.key: self._pages(section) for section in self._sections}
        apart = self._own_front()
        within = [Run(section.key, counts[section.key]) for section in self._sections if section.key not in apart]
        own = (row["key"] for row in self._base)
        return [*numbered(within, self._numbers, own), *_roman([Run(key, counts[key]) for key in apart])]

    def _pages(self, section: Section) -> int:
        sheaf = self._sheaves.get(section.key)
        return sheaf.pages if sheaf else 1

    def _own_front(self) -> list[str]:
        """The keys of a supplement's own front."""
        if self._content.kind is not PackKind.SUPPLEMENT:
            return []
        return [section.key for section in self._sections if section.key == f"supplement-{self._content.supplement_number}"]

    def _printed(self) -> list[Section]:
        """The sections that are bound: of a supplement its front and what it brings."""
        if self._content.kind is not PackKind.SUPPLEMENT:
            return list(self._sections)
        front, number = self._own_front(), self._content.supplement_number
        return [section for section in self._sections if section.key in front or section.came_with == number]

    def _known(self, bound: Sequence[Bound]) -> dict[str, object]:
        """What sections that list pages are told."""
        rows = self.changes()
        front = {section.key for section in self._sections if section.is_front}
        return {
            "pages": {run.key: run.labels[0] for run in self._numbered()},
            "sections": self._printed(),
            "bound": [section for section in bound if section.key not in front],
            "unused": unused_words(bound),
            "untagged": self.untagged,
            "changes": {"rows": rows, "sentence": in_a_sentence(rows)},
        }

    def _whole(self) -> list[Row]:
        """The layout of everything planned."""
        runs = {run.key: run for run in self._numbered()}
        return [
            Bound(
                key=section.key,
                title=section.title,
                level=section.level,
                digest=self._digests.get(section.key, ""),
                labels=runs[section.key].labels,
            ).as_row()
            for section in self._sections
        ]

    def _tell(self, section: Section) -> None:
        self._done += 1
        if self._progress:
            self._progress(section.title, self._done, len(self._sections))


def _roman(runs: Sequence[Run]) -> list[Run]:
    numbers = iter(ROMAN)
    return [Run(run.key, run.pages, tuple(next(numbers) for _page in range(run.pages))) for run in runs]
