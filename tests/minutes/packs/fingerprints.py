"""Pages as coarse grey pictures in text: how dark each of 60 times 85 fields of a page is, from 0 (white) to 9 (black)."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

COLUMNS, ROWS = 60, 85
LEVELS = 10
FIELD = 6
"""Pixels along each side of a field."""


def fingerprint(file: Path, page: int) -> list[str]:
    """One page of a PDF, a line of digits for each row of fields.

    Args:
        file: the PDF.
        page: counted from 1.
    """
    size = ["-scale-to-x", str(COLUMNS * FIELD), "-scale-to-y", str(ROWS * FIELD)]
    command = ["pdftoppm", "-gray", "-f", str(page), "-l", str(page), *size, str(file)]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    _magic, width, height, _most, pixels = _parts(data)
    assert (width, height) == (COLUMNS * FIELD, ROWS * FIELD)
    return [_row(pixels[row * FIELD * width : (row + 1) * FIELD * width], width) for row in range(ROWS)]


def differing(found: list[str], kept: list[str], *, by: int = 1) -> Iterator[tuple[int, int]]:
    """Row and column of each field that differs by more than so many levels."""
    for row, (line, other) in enumerate(zip(found, kept, strict=True)):
        for column, (level, before) in enumerate(zip(line, other, strict=True)):
            if abs(int(level) - int(before)) > by:
                yield row, column


def _parts(data: bytes) -> tuple[bytes, int, int, int, bytes]:
    magic, width, height, most = data.split(maxsplit=4)[:4]
    pixels = data[len(data) - int(width) * int(height) :]
    return magic, int(width), int(height), int(most), pixels


def _row(lines: bytes, width: int) -> str:
    levels = []
    for column in range(COLUMNS):
        field = [lines[line * width + column * FIELD + pixel] for line in range(FIELD) for pixel in range(FIELD)]
        # Text darkens a field by little, so dark counts three times.
        dark = 3 * (255 - sum(field) / len(field)) / 256
        levels.append(min(LEVELS - 1, int(dark * LEVELS)))
    return "".join(map(str, levels))
