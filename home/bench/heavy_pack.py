"""What memory a large pack takes, from two large uploads to the finished file, in a process of its own."""

import json
import math
import random
import subprocess
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

from django.conf import settings

from pikepdf import Name, Object, Pdf

from home.bench.packs import PackBench, content_of, item_of, numbers_of_pages, open_file, words_of_file
from minutes.packs.assemble import assemble, only_part
from minutes.packs.build import RESTING, build
from minutes.packs.content_papers import PaperLine
from minutes.papers.check import look
from minutes.papers.kinds import FileKind

UPLOADS = 2
"""A file may have 150 MB, so that two of the largest make a pack of 300."""
MEGABYTE = 1_000_000
WORDS = 4
"""About so many megabytes of the uploads are words and fonts."""


@dataclass(frozen=True)
class HeavyPack:
    """A pack of so many pages and megabytes, made of two tagged papers with a photograph on every page."""

    folder: Path
    pages: int
    megabytes: int

    def figures(self) -> Mapping[str, float]:
        """Its size, and the most memory that any process took to check its papers and to build it."""
        uploads = self._uploads()
        command = [sys.executable, str(Path(settings.ROOT) / "manage.py"), "weigh_pack", *map(str, uploads)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=settings.ROOT)  # noqa: S603 (ourselves, no shell)
        found: Mapping[str, float] = json.loads(said.stdout)
        return found

    def _uploads(self) -> list[Path]:
        """The papers as they are uploaded."""
        sections = PackBench(self.folder, self.pages).sections()
        half = -(-len(sections) // UPLOADS)
        return [self._upload(number, sections[number * half : (number + 1) * half]) for number in range(UPLOADS)]

    def _upload(self, number: int, sections: Sequence[Path]) -> Path:
        plain, file = self.folder / f"plain-{number}.pdf", self.folder / f"upload-{number}.pdf"
        parts = [only_part(f"part-{place}", f"Part {place}", section) for place, section in enumerate(sections)]
        assemble(parts, words_of_file(), plain, numbers=numbers_of_pages())
        with Pdf.open(plain) as pdf:
            wanted = (self.megabytes - WORDS) * MEGABYTE // UPLOADS // len(pdf.pages)
            for page in pdf.pages:
                # Pages of a section share their resources, so each picture has a name of its own.
                name = page.add_resource(photograph(pdf, wanted), Name.XObject)
                page.contents_add(pdf.make_stream(f"/Artifact BMC q 40 0 0 40 277 60 cm {name} Do Q EMC".encode()))
            pdf.save(file)
        plain.unlink()
        return file


def photograph(pdf: Pdf, size: int) -> Object:
    """A picture of so many bytes that nothing makes smaller."""
    side = max(8, math.isqrt(size))
    noise = random.Random(size).randbytes(side * side)  # noqa: S311 - noise, not secrets
    square = {"Width": side, "Height": side, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
    return pdf.make_stream(zlib.compress(noise, 1), Type=Name.XObject, Subtype=Name.Image, Filter=Name.FlateDecode, **square)


def weigh(uploads: Sequence[Path], folder: Path) -> dict[str, float]:
    """Check the papers and build their pack in this process and those it starts; what they took at most.

    Args:
        uploads: files of papers.
        folder: where what is made of them lies.
    """
    lines = [item_of(number, _checked(upload, folder, number)) for number, upload in enumerate(uploads, start=1)]
    checking = _most_of_children()
    built = build(content_of(tuple(lines)), cache_dir=folder / "sections", target=folder / "pack.pdf", open_stored=open_file)
    RESTING.end_all()
    return {
        "pages of the large pack": float(built.pages),
        "its megabytes": built.file.stat().st_size / MEGABYTE,
        "megabytes of memory to check a paper, at most": checking,
        "megabytes of memory to build it": getrusage(RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE,
        "megabytes of memory to print a section, at most": _most_of_children(),
        "seconds to build it": sum(built.seconds.values()),
    }


def _checked(upload: Path, folder: Path, number: int) -> PaperLine:
    copy = folder / f"copy-{number}.pdf"
    looked = look(upload, FileKind.PDF, copy=copy, title=f"Paper {number}")
    facts: dict[str, Any] = {"pages": looked.pages, "is_archivable": looked.is_archivable}
    return PaperLine(key=f"paper-{number}", title=f"Paper {number}", stored=str(copy), sha256=copy.stem, **facts)


def _most_of_children() -> float:
    """The most that any process took which this one started and which has ended."""
    return getrusage(RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE
