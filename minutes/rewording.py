"""Words of a text that are put right: found where they stand, replaced, or shown struck with the new ones beside them. Pure.

Words are found as they are read, across bold and links but not across paragraphs, and only whole: “ten” is not in “attended”.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from bs4 import BeautifulSoup, NavigableString, Tag

PARTS = ("text", "presented_by", "mover", "seconder")
"""The columns of a minute that hold words."""
RICH = frozenset({"text"})
_BLOCKS = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "caption", "br"})
Place = list[tuple[NavigableString, int, int]]


@dataclass(frozen=True)
class Rewording:
    """Old words and the new ones that take their place."""

    old_words: str
    new_words: str


def whole_words(words: str) -> re.Pattern[str]:
    """Finds words as they are read, however they are spaced, and not inside longer words."""
    found = r"\s+".join(re.escape(word) for word in words.split())
    before = r"(?<!\w)" if re.match(r"\s*\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w\s*$", words) else ""
    return re.compile(f"{before}{found}{after}")


def times_found(parts: Mapping[str, str], words: str) -> int:
    """How often words stand in the parts of a minute. What is struck does not count.

    Args:
        parts: its texts by the names of their columns; that of the minute is rich text.
    """
    if not words.strip():
        return 0
    rich = sum(len(_places(_read(text), words)) for name, text in parts.items() if name in RICH)
    return rich + sum(len(whole_words(words).findall(text)) for name, text in parts.items() if name not in RICH)


def reworded(parts: Mapping[str, str], change: Rewording) -> dict[str, str]:
    """The parts with the new words in the place of the old ones, which stand in one of them once."""
    return {
        name: _changed(text, change, _replace)
        if name in RICH
        else whole_words(change.old_words).sub(lambda match: change.new_words, text)
        for name, text in parts.items()
    }


def marked(parts: Mapping[str, str], changes: Iterable[Rewording]) -> dict[str, str]:
    """The parts as HTML in which the old words are struck and the new ones stand beside them.

    Words that do not stand in a part just once are left as they are there.
    """
    found = {name: text if name in RICH else escape(text) for name, text in parts.items()}
    for change in changes:
        if change.old_words.strip():
            found = {name: _changed(html, change, _strike) for name, html in found.items()}
    return found


def _read(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _runs(soup: BeautifulSoup) -> Iterator[list[NavigableString]]:
    """The pieces of text that are read without a break, leaving out what is struck."""
    pieces = (piece for piece in soup.find_all(string=True) if piece.find_parent("del") is None)
    for _block, run in groupby(pieces, key=_block_of):
        yield list(run)


def _block_of(piece: NavigableString) -> int:
    before = piece.previous_sibling
    if isinstance(before, Tag) and before.name == "br":
        return id(before)
    block = piece.find_parent(lambda tag: tag.name in _BLOCKS)
    return id(block)


def _places(soup: BeautifulSoup, words: str) -> list[Place]:
    found: list[Place] = []
    for run in _runs(soup):
        for match in whole_words(words).finditer("".join(run)):
            place, start = [], 0
            for piece in run:
                first, last = max(match.start() - start, 0), min(match.end() - start, len(piece))
                if first < last:
                    place.append((piece, first, last))
                start += len(piece)
            found.append(place)
    return found


def _changed(html: str, change: Rewording, put: Callable[[BeautifulSoup, Place, str], None]) -> str:
    soup = _read(html)
    places = _places(soup, change.old_words)
    if len(places) != 1:
        return html
    put(soup, places[0], change.new_words)
    return str(soup)


def _replace(soup: BeautifulSoup, place: Place, words: str) -> None:
    for number, (piece, first, last) in enumerate(place):
        piece.replace_with(NavigableString(f"{piece[:first]}{'' if number else words}{piece[last:]}"))


def _strike(soup: BeautifulSoup, place: Place, words: str) -> None:
    added = soup.new_tag("ins")
    added.string = words
    for number, (piece, first, last) in enumerate(place):
        struck = soup.new_tag("del")
        struck.string = piece[first:last]
        after = [NavigableString(" "), added] if number == len(place) - 1 else []
        piece.replace_with(NavigableString(piece[:first]), struck, *after, NavigableString(piece[last:]))
