"""Pages as small grey pictures, and how two of them differ: in so many pixels, wherever the drawing library smooths an edge otherwise."""

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

WIDTH, HEIGHT = 620, 877
"""Of an A4 page at 75 dots an inch: a page number is a dozen pixels wide."""
SMOOTH = 1.2
"""Versions of the drawing library place an edge up to a pixel apart: both pictures are blurred by that much."""
TOLD_APART = 48
"""Of 255 levels of grey."""


def picture(file: Path, page: int) -> Image.Image:
    """One page of a PDF, counted from 1, in shades of grey as a printer without colour gives it."""
    size = ["-scale-to-x", str(WIDTH), "-scale-to-y", str(HEIGHT)]
    command = ["pdftoppm", "-gray", "-f", str(page), "-l", str(page), *size, str(file)]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    return Image.open(BytesIO(data)).convert("L")


def differing(found: Image.Image, kept: Image.Image) -> int:
    """How many pixels differ plainly."""
    assert found.size == kept.size == (WIDTH, HEIGHT)
    blur = ImageFilter.GaussianBlur(SMOOTH)
    apart = ImageChops.difference(found.filter(blur), kept.convert("L").filter(blur))
    return sum(apart.histogram()[TOLD_APART:])


def keep(found: Image.Image, file: Path) -> None:
    """Keep a picture: sixteen greys are enough, and take little room."""
    found.quantize(16).save(file, optimize=True)
