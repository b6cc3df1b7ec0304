"""The lines of a copied page, freed of what copying does to white space."""

import re
from dataclasses import dataclass

LONGEST_LINE = 20_000
"""Characters; a longer line is cut at a space, so that no search ever runs over an endless line."""

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"), " "
)
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"), None)
_BREAKS = dict.fromkeys(map(ord, "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_CHARACTERS = {**_SPACES, **_NOTHING, **_BREAKS}
_RULE = re.compile(r"[|+:=_ -]*")
_INLINE_HEADING = re.compile(r"(?<=[.?!)…KBM:]) (?=(?:Additional documents|Supporting documents|Decisions?|Minutes): ?)")
_FLATTENED = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words single-spaced, how many blank lines stand before it, and how wide it was printed."""

    text: str
    gap: int = 0
    width: int = 0

    def saying(self, text: str) -> "Line":
        """The same line with other words, as when a marker or number has been taken off it."""
        return Line(text, self.gap, self.width)


def single_spaced(text: str) -> str:
    """The words of ``text`` with one space between them."""
    return " ".join(text.translate(_CHARACTERS).split())


def _cells(text: str) -> str:
    """A row of a text table without its bars; a row of rules is nothing."""
    if "|" not in text:
        return text
    if _RULE.fullmatch(text):
        return ""
    return single_spaced(text.replace("|", " "))


def _pieces(text: str) -> list[str]:
    """``text`` in pieces no longer than the longest line, cut at spaces where there are any."""
    pieces = []
    start = 0
    while len(text) - start > LONGEST_LINE:
        cut = text.rfind(" ", start + 1, start + LONGEST_LINE)
        cut = cut if cut > 0 else start + LONGEST_LINE
        pieces.append(text[start:cut].strip())
        start = cut
    return [*pieces, text[start:].strip()]


def _split(text: str) -> list[str]:
    """One printed line, or several where the whole page was flattened on to it."""
    pieces = _pieces(text)
    if len(text) <= _FLATTENED:
        return pieces
    return [part for piece in pieces for part in _INLINE_HEADING.split(piece) if part]


def printed_lines(text: str) -> list[Line]:
    """Every line of ``text`` that says something; blank ones (also of no-break spaces) become the ``gap`` of the next."""
    lines: list[Line] = []
    gap = 0
    for raw in text.replace("\r\n", "\n").replace("&nbsp;", " ").translate(_CHARACTERS).split("\n"):
        words = _cells(" ".join(raw.split()))
        if not words:
            gap += 1
            continue
        for piece in _split(words):
            lines.append(Line(piece, gap, len(raw.rstrip())))
            gap = 0
    return lines
