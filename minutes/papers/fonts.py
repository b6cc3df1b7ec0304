"""What the codes of a PDF font mean: their letters and how wide they are (ISO 32000-1, 9.6 to 9.10)."""

import re
from collections.abc import Iterator
from typing import Any

from fontTools.agl import toUnicode
from pikepdf import Array, Name, PdfError

MOST_MAP_BYTES = 1_000_000
MOST_IN_A_RANGE = 65_536
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", flags=re.DOTALL)
_HEX = rb"<([0-9A-Fa-f\s]*)>"
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", flags=re.DOTALL)
_ONE = re.compile(_HEX)
_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}


class Font:
    """One font of a page.

    Attributes:
        is_plain: whether its letters stand one beside the other and no larger than its size says; not so where they are drawings,
            or go down the page.
    """

    def __init__(self, dictionary: Any) -> None:
        encoding = dictionary.get("/Encoding")
        self.is_plain = dictionary.get("/Subtype") != "/Type3" and (
            encoding is None or not isinstance(encoding, Name) or not str(encoding).endswith("V")
        )
        self.is_wide = dictionary.get("/Subtype") == "/Type0"
        self.scale = 0.001
        self._letters = _letters_of(dictionary)
        if dictionary.get("/Subtype") == "/Type3" and "/FontMatrix" in dictionary:
            self.scale = abs(float(dictionary.FontMatrix[0])) or 0.001
        if self.is_wide:
            descendant = dictionary.DescendantFonts[0]
            self._widths = dict(_wide_widths(descendant.get("/W", ())))
            self._usual = float(descendant.get("/DW", 1000))
        else:
            first = int(dictionary.get("/FirstChar", 0))
            self._widths = {first + number: float(width) for number, width in enumerate(dictionary.get("/Widths", ()))}
            self._usual = float(dictionary.get("/FontDescriptor", {}).get("/MissingWidth", 0)) or 500.0
            if not self._letters:
                self._letters = _simple_letters(dictionary.get("/Encoding"))

    def glyphs(self, text: bytes) -> Iterator[tuple[int, str, float]]:
        """Each code of a string with its letters and its width in parts of the font's size."""
        if self.is_wide:
            codes = [int.from_bytes(text[place : place + 2], "big") for place in range(0, len(text) - 1, 2)]
        else:
            codes = list(text)
        for code in codes:
            yield code, self._letters.get(code, ""), self._widths.get(code, self._usual) * self.scale


def _letters_of(dictionary: Any) -> dict[int, str]:
    """The letters of codes as the font itself says."""
    try:
        said = dictionary.ToUnicode.read_bytes()
    except (AttributeError, KeyError, TypeError, ValueError, PdfError):
        return {}
    return read_map(said)


def read_map(said: bytes) -> dict[int, str]:
    """The letters of codes in a ToUnicode map. What cannot be read in it is passed over.

    Args:
        said: the map, untrusted.
    """
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(said[:MOST_MAP_BYTES]):
        if kind == b"bfchar":
            found.update((_number(code), _letters(letters)) for code, letters in _PAIR.findall(block))
            continue
        for first, last, start, listed in _RANGE.findall(block):
            codes = range(_number(first), min(_number(last), _number(first) + MOST_IN_A_RANGE) + 1)
            if listed:
                found.update(zip(codes, (_letters(one) for one in _ONE.findall(listed)), strict=False))
            elif start.strip():
                head, tail = _letters(start)[:-1], _letters(start)[-1:]
                found.update((code, head + chr(min(ord(tail) + step, 0x10FFFF))) for step, code in enumerate(codes) if tail)
    return found


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16) & 0xFFFFFFFF


def _letters(digits: bytes) -> str:
    plain = b"".join(digits.split())
    return bytes.fromhex(plain[: len(plain) // 4 * 4].decode()).decode("utf-16-be", errors="ignore")


def _wide_widths(rows: Any) -> Iterator[tuple[int, float]]:
    """The widths of a composite font, which are given one by one or for a range."""
    place = 0
    while place + 1 < len(rows):
        first, following = int(rows[place]), rows[place + 1]
        if isinstance(following, Array):
            yield from ((first + number, float(width)) for number, width in enumerate(following))
            place += 2
        else:
            last = min(int(following), first + MOST_IN_A_RANGE)
            yield from ((code, float(rows[place + 2])) for code in range(first, last + 1))
            place += 3


def _simple_letters(encoding: Any) -> dict[int, str]:
    """The letters of a font with single bytes: its encoding, with the differences it names."""
    base = encoding if isinstance(encoding, Name) else (encoding.get("/BaseEncoding") if encoding is not None else None)
    table = _ENCODINGS.get(str(base), "latin-1")
    letters = {code: bytes([code]).decode(table, errors="ignore") for code in range(32, 256)}
    if encoding is not None and not isinstance(encoding, Name) and "/Differences" in encoding:
        code = 0
        for entry in encoding.Differences:
            if isinstance(entry, Name):
                letters[code] = toUnicode(str(entry)[1:])
                code += 1
            else:
                code = int(entry)
    return letters
