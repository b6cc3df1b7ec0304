"""The words of meetings, explained: a short list of our own, kept as data."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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


def words(request: HttpRequest) -> HttpResponse:
    """The page of words."""
    return render(request, "governance/words.html", {"words": every_word()})
