"""A pack, from its content to its file."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.utils import translation

from governance.look import print_fonts
from governance.models import private_storage
from minutes.enums import PackEdition
from minutes.packs.assemble import Numbers, Part, assemble
from minutes.packs.binding import Binding, Progress
from minutes.packs.content import PackContent
from minutes.packs.file_words import Claim, FileWords
from minutes.packs.layout import Row
from minutes.packs.machine_contents import machine_contents
from minutes.packs.plan import as_printed, plan
from minutes.packs.render import Renderer
from minutes.packs.resting import RestingPlace
from minutes.packs.uploads import Opener

FOLDER = "minutes/packs"
NUMBER_SIZE, LARGE_NUMBER_SIZE = 12.0, 16.0
"""Points."""
RESTING = RestingPlace()
"""Where this program's printing processes wait between packs."""


@dataclass(frozen=True, kw_only=True)
class BuiltPack:
    """A finished pack.

    Attributes:
        file: where it was written.
        sha256: of the file.
        pages: how many it has, blank ones too.
        layout: of each section its key, title, level, digest and printed page numbers, as JSON.
        contents: its machine-readable contents, which are attached to the file too.
        untagged: the keys of papers that a screen reader cannot read.
        findings: what is wrong with their tags, in sentences, by key.
        changes: what differs from the base, as `minutes.packs.changes` tells it; empty without one.
        claim: what the file claims to be.
        rendered: sections rendered now.
        reused: sections taken as they were.
        seconds: how long each stage took: plan, sections, contents, join.
    """

    file: Path
    sha256: str
    pages: int
    layout: list[dict[str, Any]]
    contents: dict[str, Any]
    untagged: tuple[str, ...]
    findings: dict[str, tuple[str, ...]]
    changes: list[dict[str, str]]
    claim: Claim
    rendered: int
    reused: int
    seconds: dict[str, float]


def build(
    content: PackContent,
    *,
    cache_dir: Path,
    target: Path,
    base: Sequence[Row] | None = None,
    beside: Sequence[Sequence[Row]] = (),
    progress: Progress | None = None,
    open_stored: Opener | None = None,
) -> BuiltPack:
    """Build a pack as a tagged PDF. It is PDF/UA-1 and PDF/A-3a unless an uploaded paper is not.

    Args:
        content: all that it prints.
        cache_dir: where rendered sections are kept, so that the next build renders only what changed.
        target: the file to write; what is there is replaced.
        base: the layout of the pack whose page numbers are kept, and from which changes are told.
        beside: the layouts of the meeting's other packs, the one issued last first: their page numbers are kept too.
        progress: told after each section.
        open_stored: opens the checked copy of a paper; private storage does when it is not given.

    Raises:
        SectionFailed: a section could not be rendered, or holds text that cannot be printed; a paper is missing or damaged.
        LookMissing: the print fonts have not been made.
        ContentsUnsettled: the contents do not settle.
        LinkLeadsNowhere: a template links to a section the pack has not.
        OSError: the file cannot be written.
    """
    kept = {"base": base, "beside": beside, "cache": cache_dir, "open_stored": open_stored or _open_private}
    with translation.override(content.language.lower()):
        return _built(as_printed(content), target, progress=progress, **kept)


def _built(content: PackContent, target: Path, **kept: Any) -> BuiltPack:
    """Plan, render and join what is printed; `kept` is what the binding works with."""
    seconds: dict[str, float] = {}
    with Renderer(cache=kept["cache"], assets=pack_assets(settings.ROOT), rests=RESTING) as renderer:
        with _timed(seconds, "plan"):
            work = Binding(content, plan(content), renderer, **kept)
        with _timed(seconds, "sections"):
            work.make_sections()
        with _timed(seconds, "contents"):
            work.make_contents()
        with _timed(seconds, "join"):
            return _joined(work, content, target, renderer, seconds)


def _joined(work: Binding, content: PackContent, target: Path, renderer: Renderer, seconds: dict[str, float]) -> BuiltPack:
    """The finished sections as one file; `seconds` is completed by the caller."""
    parts, bound = work.parts(), work.bound()
    contents = machine_contents(content, bound, work.untagged)
    attached = json.dumps(contents, ensure_ascii=False, indent=1).encode()
    claim = assemble(parts, _words(content), target, numbers=_numbers(content), contents=attached)
    return BuiltPack(
        file=target,
        sha256=_digest(target),
        pages=_page_count(parts),
        layout=[section.as_row() for section in bound],
        contents=contents,
        untagged=work.untagged,
        findings=work.findings,
        changes=work.changes(),
        claim=claim,
        rendered=renderer.rendered,
        reused=renderer.reused,
        seconds=seconds,
    )


def _open_private(name: str) -> IO[bytes]:
    return cast("IO[bytes]", private_storage().open(name))


def _page_count(parts: Sequence[Part]) -> int:
    pages = 0
    for part in parts:
        pages += part.sheaf.pages + (part.starts_right and pages % 2)
    return pages


def _numbers(content: PackContent) -> Numbers:
    size = LARGE_NUMBER_SIZE if content.edition is PackEdition.LARGE_PRINT else NUMBER_SIZE
    return Numbers(font=print_fonts(settings.ROOT)["bold"], size=size)


def _words(content: PackContent) -> FileWords:
    """What the file says of itself."""
    return FileWords(
        title=content.file_title,
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


def _digest(file: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    seconds[stage] = round(time.monotonic() - started, 3)
