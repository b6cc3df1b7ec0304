"""How fast packs are bound and issued again, beside qpdf and WeasyPrint on the same pages in the same run."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from governance.look import print_fonts
from home.bench.measuring import processor_seconds_of, seconds_of
from minutes.enums import PackAudience, PackKind
from minutes.packs.assemble import Numbers, assemble, only_part
from minutes.packs.build import BuiltPack, build, pack_assets
from minutes.packs.content import AgendaLine, PackContent, Purpose
from minutes.packs.content_papers import PaperLine
from minutes.packs.file_words import FileWords
from minutes.packs.render import Renderer

MOST_ITEMS = 25
SHEET_PAGES = 2
"""How long the sheet of an item is, about; the rest of its pages are a paper that was uploaded."""
TIMES = 5
"""Of so many tries the fastest counts: other work on the machine only ever makes them slower. What is compared takes turns."""
DAY = datetime(2026, 10, 8, 14, tzinfo=UTC)
PARAGRAPH = (
    "<p>" + "The board considered what people said, and asked what would be done about it, by whom and by when. " * 6 + "</p>"
)
PAGE = (
    f"<h2>What people said</h2>{PARAGRAPH * 3}<ul><li>The same carer<ul><li>each day</li></ul></li><li>Enough time</li></ul>"
    "<table><thead><tr><th scope='col'>Ward</th><th scope='col'>People</th></tr></thead><tbody>"
    + "<tr><th scope='row'>North</th><td>41</td></tr>" * 4
    + "</tbody></table>"
)
DOCUMENT = (
    "<!doctype html><html lang='en-GB'><head><title>{title}</title><link rel='stylesheet' href='asset:print.css'></head>"
    "<body><h1>{title}</h1>{body}</body></html>"
)


@dataclass(frozen=True)
class PackBench:
    """A pack of so many pages whose papers were uploaded, in a folder of its own."""

    folder: Path
    pages: int

    @property
    def items(self) -> int:
        """How many items the agenda has."""
        return max(2, min(MOST_ITEMS, self.pages // 4))

    def figures(self) -> Mapping[str, float]:
        """Seconds and ratios by their names. Without qpdf on the machine, nothing is compared with it."""
        sections = self.sections()
        lines = [item_of(number, self._paper(number, section)) for number, section in enumerate(sections, start=1)]
        content = content_of(tuple(lines))
        first = self._build(content, "first")
        program = shutil.which("qpdf")
        turns = [self._turn(program, sections, content, first, number) for number in range(TIMES)]
        joining, again, bare_processor, bare = (min(times) for times in zip(*turns, strict=True))
        whole = self._in_one_go(first.pages)
        found = {
            "pages of the pack": float(first.pages),
            "processor seconds to join the sections": joining,
            "seconds to issue again after one text changed": again,
            "seconds of WeasyPrint for the same pages in one go": whole,
            "times faster than in one go": whole / again,
        }
        if program:
            found |= {"joining, qpdf being 1": joining / bare_processor, "issuing again, qpdf being 1": again / bare}
        return found

    def _turn(
        self, program: str | None, sections: Sequence[Path], content: PackContent, first: BuiltPack, number: int
    ) -> tuple[float, float, float, float]:
        """Joining, issuing again and qpdf, one after the other.

        Returns:
            Processor seconds of joining, seconds of issuing again (its printing processes rest, so that what they took is not told
            yet), processor seconds of qpdf and its seconds.
        """
        joining = processor_seconds_of(lambda: self._join(sections))
        again = self._reissue(content, first, f"Reworded {number}.")
        if program is None:
            return joining, again, 0.0, 0.0
        bare = processor_seconds_of(lambda: self._bare(program, sections))
        return joining, again, bare, seconds_of(lambda: self._bare(program, sections))

    def sections(self) -> list[Path]:
        """Finished sections that fill the pages of each item's paper."""
        return [self._section(number) for number in range(1, self.items + 1)]

    def _section(self, number: int) -> Path:
        """A finished section that fills an item's pages."""
        with self._renderer() as renderer:
            return renderer.render("Paper", _document(f"Paper {number}", max(1, self.pages // self.items - SHEET_PAGES)))

    def _paper(self, number: int, section: Path) -> PaperLine:
        """The same as a paper that was uploaded."""
        file = self.folder / f"paper-{number}.pdf"
        part = only_part(file.stem, f"Paper {number}", section)
        assemble([part], words_of_file(), file, numbers=numbers_of_pages())
        line = PaperLine(key=part.key, title=part.title, stored=str(file), sha256=part.key, pages=part.sheaf.pages)
        return replace(line, is_archivable=True)

    def _reissue(self, content: PackContent, first: BuiltPack, words: str) -> float:
        middle = content.items[self.items // 2]
        reworded = item_of(self.items // 2 + 1, middle.papers[0], words)
        items = tuple(reworded if item is middle else item for item in content.items)
        changed = replace(content, items=items, version=2)
        return seconds_of(lambda: self._build(changed, "again", first))

    def _build(self, content: PackContent, name: str, base: BuiltPack | None = None) -> BuiltPack:
        return build(
            content,
            cache_dir=self.folder / "sections",
            target=self.folder / f"{name}.pdf",
            base=base.layout if base else None,
            open_stored=open_file,
        )

    def _join(self, sections: Sequence[Path]) -> None:
        """Finished sections into one file, tags kept."""
        parts = [only_part(f"section-{number}", f"Section {number}", section) for number, section in enumerate(sections)]
        assemble(parts, words_of_file(), self.folder / "joined.pdf", numbers=numbers_of_pages())

    def _bare(self, program: str, sections: Sequence[Path]) -> None:
        """The same files joined by qpdf, which drops their tags."""
        command = [program, "--empty", "--pages", *map(str, sections), "--", str(self.folder / "bare.pdf")]
        subprocess.run(command, check=True)  # noqa: S603 (a program of the machine, our own files, no shell)

    def _in_one_go(self, pages: int) -> float:
        with self._renderer() as renderer:
            renderer.print_raw("Warm", _document("Warm", 1), self.folder / "warm.pdf")
            return seconds_of(lambda: renderer.print_raw("All", _document("All", pages), self.folder / "whole.pdf"))

    def _renderer(self) -> Renderer:
        return Renderer(cache=self.folder / "sections", assets=pack_assets(settings.ROOT), seconds=600)


def _document(title: str, pages: int) -> str:
    whole = "".join(f"<div style='break-before: {'page' if page else 'auto'}'>{PAGE}</div>" for page in range(pages))
    return DOCUMENT.format(title=title, body=whole)


def item_of(number: int, paper: PaperLine, first_words: str = "") -> AgendaLine:
    """An item with a sheet of its own and a paper."""
    body = f"<p>{first_words}</p>{PAGE * SHEET_PAGES}"
    return AgendaLine(number=str(number), title=f"Item {number}", purpose=Purpose.DECISION, body=body, papers=(paper,))


def content_of(items: tuple[AgendaLine, ...]) -> PackContent:
    """A pack of these items."""
    return PackContent(
        kind=PackKind.AGENDA,
        audience=PackAudience.PUBLIC,
        reference="BENCH/v1",
        version=1,
        board_name="Board of the bench",
        meeting_title="Ordinary meeting",
        starts_at=DAY,
        issued_at=DAY,
        items=items,
    )


def words_of_file() -> FileWords:
    """What the file says of itself."""
    return FileWords(title="Bench", language="en-GB", subject="Bench", author="Bench", issued_at=DAY)


def numbers_of_pages() -> Numbers:
    """How its page numbers are printed."""
    return Numbers(font=print_fonts(settings.ROOT)["bold"], size=12.0)


def open_file(name: str) -> IO[bytes]:
    """A file as private storage opens it."""
    return Path(name).open("rb")
