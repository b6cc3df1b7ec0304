"""The passage of a record that holds the words searched for, each of them marked. Whatever the text holds is escaped."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.words import SHORTEST_BEGINNING, folded

AROUND = 110
"""How many letters are shown before and after the words."""
Span = tuple[int, int]


def spans_of(text: str, words: Sequence[str]) -> list[Span]:
    """Where the words, or longer ones that begin with them, stand in a text; accents and case make no difference.

    Args:
        words: folded words.

    Returns:
        The first letter of each and the one after its last, in order and apart.
    """
    letters = [(place, letter) for place, mark in enumerate(text) for letter in folded(mark)]
    plain = "".join(letter for _place, letter in letters)
    wanted = "|".join(rf"{re.escape(word)}{_rest(word)}" for word in sorted(words, key=len, reverse=True))
    spans: list[Span] = []
    for one in re.finditer(rf"(?<![^\W_])(?:{wanted})(?![^\W_])", plain) if words else ():
        start, end = letters[one.start()][0], letters[one.end() - 1][0] + 1
        # One sign may be two words, such as a half.
        if spans and start < spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _rest(word: str) -> str:
    return r"[^\W_]*" if len(word) >= SHORTEST_BEGINNING else ""


def held_in(text: str, spans: Iterable[Span], words: Sequence[str]) -> int:
    """How many of the words stand in these parts of a text."""
    parts = [folded(text[start:end]) for start, end in spans]
    return sum(any(part.startswith(word) for part in parts) for word in words)


def best_stretch(text: str, words: Sequence[str], spans: Sequence[Span]) -> Span:
    """The part of a text that holds the most of the words, the first one where several hold as many."""
    starts = [start for start, _end in spans]

    def near(number: int) -> Sequence[Span]:
        return spans[number : bisect_left(starts, starts[number] + 2 * AROUND)]

    first = max(range(len(spans)), key=lambda number: (held_in(text, near(number), words), -number))
    return max(starts[first] - AROUND, 0), near(first)[-1][1] + AROUND


def passage(texts: Iterable[str], words: Sequence[str]) -> tuple[int | None, SafeString]:
    """The passage that holds the most of the words, with each marked; the beginning where none does.

    Args:
        texts: plain texts, untrusted.
        words: folded words.

    Returns:
        The number of the text that holds the words, or None, and the passage; it is empty where there is no text.
    """
    best: tuple[int, int | None, str, Span] = (0, None, "", (0, 0))
    for number, text in enumerate(texts):
        spans = spans_of(text, words)
        held = held_in(text, spans, words)
        if held > best[0]:
            best = (held, number, text, best_stretch(text, words, spans))
        elif not best[2]:
            best = (0, None, text, (0, 2 * AROUND))
    _held, which, text, (start, end) = best
    return which, marked(text, words, start, end)


def marked(text: str, words: Sequence[str], start: int = 0, end: int | None = None) -> SafeString:
    """A stretch of a text from word to word, or all of it, with the words marked; made of escaped pieces."""
    end = len(text) if end is None else end
    start = text.rfind(" ", 0, start) + 1
    cut = text.find(" ", end)
    stretch = text[start:cut] if cut != -1 else text[start:]
    whole, last = format_html("{}", "… " if start else ""), 0
    for first, after in spans_of(stretch, words):
        whole = format_html("{}{}<mark>{}</mark>", whole, stretch[last:first], stretch[first:after])
        last = after
    return format_html("{}{}{}", whole, stretch[last:], " …" if cut != -1 else "")
