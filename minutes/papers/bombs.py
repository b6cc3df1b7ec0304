"""Finds what unpacks to far more than it seems, without unpacking it: each count stops at the most that is allowed."""

import zlib
from typing import Any

import pikepdf

MOST_UNPACKED = 120_000_000
"""What one part of a PDF may be when it is unpacked, in bytes."""
MOST_PIXELS = 250_000_000
MOST_FILTERS = 3
MOST_OF_FLATE = 1032
"""Flate packs no more than so many bytes into one."""
PACKERS = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
STEP = 65_536


def unpacks_too_far(pdf: pikepdf.Pdf) -> bool:
    """Whether some part of a PDF would fill the memory."""
    return any(_is_bomb(part) for part in pdf.objects if isinstance(part, pikepdf.Stream))


def _is_bomb(part: pikepdf.Stream) -> bool:
    filters = _filters(part)
    if len(filters) > MOST_FILTERS or sum(name in PACKERS for name in filters) > 1:
        return True
    if part.get("/Subtype") == "/Image":
        return _number(part.get("/Width")) * _number(part.get("/Height")) > MOST_PIXELS
    if filters not in (["/FlateDecode"], ["/Fl"]):
        return False
    packed = part.read_raw_bytes()
    return len(packed) * MOST_OF_FLATE > MOST_UNPACKED and unpacked_size(packed) > MOST_UNPACKED


def _filters(part: pikepdf.Stream) -> list[str]:
    said: Any = part.get("/Filter", [])
    return [str(said)] if isinstance(said, pikepdf.Name) else [str(name) for name in said]


def _number(value: Any) -> int:
    try:
        return abs(int(value))
    except (TypeError, ValueError):
        return 0


def unpacked_size(packed: bytes, most: int = MOST_UNPACKED) -> int:
    """How large something packed with Flate becomes, counted no further than a little over `most`."""
    machine, size, rest = zlib.decompressobj(), 0, packed
    try:
        while rest and size <= most and not machine.eof:
            size += len(machine.decompress(rest, STEP))
            rest = machine.unconsumed_tail
    except zlib.error:
        return size
    return size
