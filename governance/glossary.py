"""The words of meetings, explained: a short list of our own, kept as data."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_LEFT_ALONE = re.compile(r"<(/?)(?:a|abbr|button|code|h[1-6]|summary)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word that needs explaining.

    Attributes:
        slug: its place on the page of words.
        word: as it is usually written.
        forms: other ways it is written, such as its plural.
        meaning: two or three plain sentences.
    """

    slug: str
    word: str
    forms: tuple[str, ...]
    meaning: str


@cache
def every_word() -> tuple[Word, ...]:
    """All words, in the order of the alphabet."""
    rows = json.loads(files("governance.data").joinpath("words.json").read_text(encoding="utf-8"))
    words = (Word(row["slug"], row["word"], tuple(row["forms"]), row["meaning"]) for row in rows)
    return tuple(sorted(words, key=lambda word: word.word))


@cache
def word_at(slug: str) -> Word:
    """The word with that place on the page.

    Raises:
        KeyError: there is none.
    """
    return {word.slug: word for word in every_word()}[slug]


@cache
def _spellings() -> tuple[dict[str, str], re.Pattern[str]]:
    slugs = {spelling.lower(): word.slug for word in every_word() for spelling in (word.word, *word.forms)}
    longest_first = sorted(slugs, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    return slugs, pattern


def parts_of(text: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """A text in pieces: (piece, the word it is to be explained as); the second is empty for plain text.

    Args:
        text: plain text.
        known: words that were explained before. Each further one is explained once.
    """
    slugs, pattern = _spellings()
    told, last = set(known), 0
    for found in pattern.finditer(text):
        slug = slugs[found.group().lower()]
        if slug not in told:
            told.add(slug)
            yield text[last : found.start()], ""
            yield found.group(), slug
            last = found.end()
    yield text[last:], ""


def parts_of_html(html: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Text with tags in pieces, as `parts_of` gives them. Headings, links, code and tags themselves are left as they are.

    Args:
        html: well-formed, as rich text is shown.
        known: words that were explained before.
    """
    told, within = set(known), 0
    for number, piece in enumerate(_TAG.split(html)):
        if number % 2:
            within += _step(piece)
            yield piece, ""
        elif within:
            yield piece, ""
        else:
            for part, slug in parts_of(piece, told):
                told.add(slug)
                yield part, slug


def _step(tag: str) -> int:
    """How much deeper a tag leads into what is left alone."""
    found = _LEFT_ALONE.match(tag)
    return 0 if found is None else -1 if found[1] else 1


def words(request: HttpRequest) -> HttpResponse:
    """The page of words."""
    return render(request, "governance/words.html", {"words": every_word()})
