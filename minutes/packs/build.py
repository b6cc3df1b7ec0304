"""A pack, from its content to its bytes."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import dateformat, translation

from governance.look import print_fonts
from minutes.packs.assemble import FileWords, Part, assemble, count_pages
from minutes.packs.content import PackContent
from minutes.packs.plan import as_printed, plan
from minutes.packs.prose import TextRefused
from minutes.packs.registry import Section
from minutes.packs.render import Renderer, SectionFailed

FOLDER = "minutes/packs"
ROUNDS = 6
"""How often the contents may be set again until their own length stays the same."""
NUMBER_SIZE, LARGE_NUMBER_SIZE = 12.0, 16.0
"""Points."""

Progress = Callable[[str, int, int], None]
"""Told the section's title, how many are done and how many there are."""


class ContentsUnsettled(Exception):
    """The contents' page numbers and their length chase each other."""


@dataclass(frozen=True, kw_only=True)
class BuiltPack:
    """A finished pack."""

    data: bytes
    sha256: str
    pages: int
    page_of: dict[str, int]
    """The first page of each section, by key, as printed."""
    rendered: int
    reused: int
    """Sections rendered now, and sections taken as they were."""
    seconds: dict[str, float]
    """How long each stage took: plan, sections, contents, join."""


def build(content: PackContent, *, cache_dir: Path, progress: Progress | None = None) -> BuiltPack:
    """Build a pack as a tagged PDF (PDF/UA-1).

    Args:
        content: all that it prints.
        cache_dir: where rendered sections are kept, so that the next build renders only what changed.
        progress: told after each section.

    Raises:
        SectionFailed: a section could not be rendered, or holds text that cannot be printed.
        LookMissing: the print fonts have not been made.
        ContentsUnsettled: the contents do not settle.
        LinkLeadsNowhere: a template links to a section the pack has not.
    """
    seconds: dict[str, float] = {}
    assets = pack_assets(settings.ROOT)
    with translation.override(content.language.lower()), Renderer(cache=cache_dir, assets=assets) as renderer:
        with _timed(seconds, "plan"):
            work = _Work(content, plan(content), renderer, progress)
        with _timed(seconds, "sections"):
            work.make_sections()
        with _timed(seconds, "contents"):
            work.make_contents()
        with _timed(seconds, "join"):
            data = work.join()
    return BuiltPack(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=sum(work.lengths.values()),
        page_of=work.first_pages(),
        rendered=len(work.fresh),
        reused=len(work.sections) - len(work.fresh),
        seconds=seconds,
    )


def section_html(section: Section, content: PackContent, extra: Mapping[str, object]) -> str:
    """The page a section is rendered from.

    Raises:
        SectionFailed: it holds text that cannot be printed.
    """
    context = {"content": as_printed(content), **section.context, "section": section, **extra}
    try:
        return render_to_string(section.template, context)
    except TextRefused as error:
        raise SectionFailed(section.title, str(error)) from error


class _Work:
    """One build: the sections' PDFs as they are made."""

    def __init__(
        self, content: PackContent, sections: tuple[Section, ...], renderer: Renderer, progress: Progress | None
    ) -> None:
        self.sections = sections
        self.lengths: dict[str, int] = {}
        self.fresh: set[str] = set()
        self._content, self._renderer, self._progress = content, renderer, progress
        self._files: dict[str, Path] = {}
        self._done = 0

    def make_sections(self) -> None:
        """All that do not depend on page numbers."""
        for section in self.sections:
            if not section.lists_pages:
                self._make(section, {})
                self._tell(section)

    def make_contents(self) -> None:
        """Those that list page numbers, until what they list is so.

        Raises:
            ContentsUnsettled: their length and their page numbers chase each other.
        """
        listing = [section for section in self.sections if section.lists_pages]
        for _round in range(ROUNDS):
            first = self.first_pages()
            for section in listing:
                self._make(section, {"pages": first, "sections": self.sections})
            if self.first_pages() == first:
                for section in listing:
                    self._tell(section)
                return
        raise ContentsUnsettled(f"The page numbers of “{listing[0].title}” do not settle.")

    def first_pages(self) -> dict[str, int]:
        """The page each section starts on; one not made yet is taken to have one page."""
        page, first = 1, {}
        for section in self.sections:
            first[section.key] = page
            page += self.lengths.get(section.key, 1)
        return first

    def join(self) -> bytes:
        """The finished file."""
        parts = [Part(section.key, section.title, section.level, self._files[section.key]) for section in self.sections]
        size = LARGE_NUMBER_SIZE if self._content.large_print else NUMBER_SIZE
        return assemble(parts, _words(self._content), number_font=print_fonts(settings.ROOT)["bold"], number_size=size)

    def _make(self, section: Section, extra: Mapping[str, object]) -> None:
        """Render a section, or take its stored PDF."""
        file = section.stored_pdf
        if file is None:
            before = self._renderer.rendered
            file = self._renderer.render(section.title, section_html(section, self._content, extra))
            if self._renderer.rendered > before:
                self.fresh.add(section.key)
        self._files[section.key], self.lengths[section.key] = file, count_pages(file)

    def _tell(self, section: Section) -> None:
        self._done += 1
        if self._progress:
            self._progress(section.title, self._done, len(self.sections))


def _words(content: PackContent) -> FileWords:
    """What the file says of itself."""
    return FileWords(
        title=f"{content.board_name}: {content.meeting_title}, {dateformat.format(content.starts_at, 'j F Y')}",
        language=content.language,
        subject=content.reference,
        author=content.council_name or content.board_name,
        issued_at=content.issued_at,
    )


def pack_assets(root: Path) -> dict[str, Path]:
    """The files a section may use: our stylesheet, our shapes, the fonts."""
    style = root / "templates" / FOLDER / "print.css"
    shapes = {path.name: path for path in sorted((style.parent / "icons").glob("*.svg"))}
    fonts = {f"{name}.ttf": path for name, path in print_fonts(root).items()}
    return {"print.css": style, **shapes, **fonts}


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    seconds[stage] = round(time.monotonic() - started, 3)
