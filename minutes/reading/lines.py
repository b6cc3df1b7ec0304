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
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_FLATTENED = 400
_NARROWEST, _WIDEST = 60, 110
"""Characters: the widths to which text editors and PDF files break lines."""
_SENTENCE_OR_SERIES_OVER = re.compile(r"(?:[.:;!?–—-]|[;,] (?:and|or))[”\"’')\]]*$")
_UNFINISHED = re.compile(r"\b(?:the|of|be|to|with|by|for|a|an|in|on|at|as|from|its|their)$")
_LETTER_ALONE = re.compile(r"[A-Z] (?=[A-Z])")
_LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[ivxlIVXL]{1,5}|[A-Za-z])[.)](?: |$)|[•·*–-] ")


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
        words = _EMPHASIS.sub(r"\2", _cells(" ".join(raw.split())))
        if not words:
            gap += 1
            continue
        for piece in _split(words):
            lines.append(Line(piece, gap, len(raw.rstrip())))
            gap = 0
    return _unbroken(lines)


def _unbroken(lines: list[Line]) -> list[Line]:
    """The paragraphs of a page whose lines were broken at one width, whole again.

    A line was broken where the first word of the next would not have fitted on it. One such place may be chance, unless the
    sentence plainly goes on; two are not.
    """
    width = max((line.width for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    places = [number for number in range(1, len(lines)) if _is_broken(lines[number - 1], lines[number], width)]
    if len(places) < 2:
        places = [number for number in places if _goes_on(lines[number - 1].text, lines[number].text)]
    broken, whole = set(places), lines[:1]
    for number, line in enumerate(lines[1:], start=1):
        if number in broken:
            whole[-1] = Line(f"{whole[-1].text} {line.text}", whole[-1].gap, whole[-1].width + line.width)
        else:
            whole.append(line)
    return [Line(piece, line.gap if not at else 0, line.width) for line in whole for at, piece in enumerate(_split(line.text))]


def _goes_on(text: str, following: str) -> bool:
    if _UNFINISHED.search(text):
        return True
    return (following[0].islower() or following[0].isdigit()) and not _SENTENCE_OR_SERIES_OVER.search(text)


def _is_broken(line: Line, following: Line, width: int) -> bool:
    """Whether the sentence of a line goes on in the one printed right below it."""
    if following.gap or _LIST_MARK.match(following.text):
        return False
    if _LETTER_ALONE.match(following.text) and _SENTENCE_OR_SERIES_OVER.search(line.text):
        return False
    return line.width + 1 + len(following.text.split(" ", 1)[0]) > width
