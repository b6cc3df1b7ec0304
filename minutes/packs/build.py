"""A pack, from its content to its bytes."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

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


@dataclass
class _Pages:
    """The sections' PDFs as they are made."""

    files: dict[str, Path] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)

    def put(self, key: str, file: Path) -> None:
        """Note a section's PDF."""
        self.files[key], self.lengths[key] = file, count_pages(file)

    def first_pages(self, sections: Sequence[Section]) -> dict[str, int]:
        """The page each section starts on; one not made yet is taken to have one page."""
        page, first = 1, {}
        for section in sections:
            first[section.key] = page
            page += self.lengths.get(section.key, 1)
        return first


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
    pages = _Pages()
    assets = pack_assets(settings.ROOT)
    with translation.override(content.language.lower()), Renderer(cache=cache_dir, assets=assets) as renderer:
        with _timed(seconds, "plan"):
            sections = plan(content)
        tell = _Teller(len(sections), progress)
        with _timed(seconds, "sections"):
            for section in sections:
                if not section.lists_pages:
                    _make(section, content, {}, renderer, pages)
                    tell.done(section)
        with _timed(seconds, "contents"):
            _settle(sections, content, renderer, pages)
            for section in sections:
                if section.lists_pages:
                    tell.done(section)
        with _timed(seconds, "join"):
            data = _join(sections, content, pages)
    return BuiltPack(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=sum(pages.lengths.values()),
        page_of=pages.first_pages(sections),
        rendered=len(pages.fresh),
        reused=len(sections) - len(pages.fresh),
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


def _make(section: Section, content: PackContent, extra: Mapping[str, object], renderer: Renderer, pages: _Pages) -> None:
    """Render a section, or take its stored PDF."""
    if section.stored_pdf is not None:
        pages.put(section.key, section.stored_pdf)
        return
    before = renderer.rendered
    pages.put(section.key, renderer.render(section.title, section_html(section, content, extra)))
    if renderer.rendered > before:
        pages.fresh.add(section.key)


def _settle(sections: Sequence[Section], content: PackContent, renderer: Renderer, pages: _Pages) -> None:
    """Render the sections that list page numbers until what they list is so."""
    listing = [section for section in sections if section.lists_pages]
    for _round in range(ROUNDS if listing else 0):
        first = pages.first_pages(sections)
        for section in listing:
            _make(section, content, {"pages": first, "sections": sections}, renderer, pages)
        if pages.first_pages(sections) == first:
            return
    if listing:
        raise ContentsUnsettled(f"The page numbers of “{listing[0].title}” do not settle.")


def _join(sections: Sequence[Section], content: PackContent, pages: _Pages) -> bytes:
    parts = [Part(section.key, section.title, section.level, pages.files[section.key]) for section in sections]
    words = FileWords(
        title=f"{content.board_name}: {content.meeting_title}, {content.starts_at:%-d %B %Y}",
        language=content.language,
        subject=content.reference,
        author=content.council_name or content.board_name,
        issued_at=content.issued_at,
    )
    size = LARGE_NUMBER_SIZE if content.large_print else NUMBER_SIZE
    return assemble(parts, words, number_font=print_fonts(settings.ROOT)["bold"], number_size=size)


def pack_assets(root: Path) -> dict[str, Path]:
    """The files a section may use: our stylesheet, our shapes, the fonts."""
    style = root / "templates" / FOLDER / "print.css"
    shapes = {path.name: path for path in sorted((style.parent / "icons").glob("*.svg"))}
    fonts = {f"{name}.ttf": path for name, path in print_fonts(root).items()}
    return {"print.css": style, **shapes, **fonts}


@dataclass
class _Teller:
    """Tells how far the build is."""

    total: int
    progress: Progress | None
    count: int = 0

    def done(self, section: Section) -> None:
        """One more section."""
        self.count += 1
        if self.progress:
            self.progress(section.title, self.count, self.total)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    seconds[stage] = round(time.monotonic() - started, 3)
