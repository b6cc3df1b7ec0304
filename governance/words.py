"""Words as a search compares them: without case, accents and punctuation, so that every database finds the same. Pure."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 64
SHORTEST_BEGINNING = 3
"""From so many letters on, a word that was typed also finds the longer words that begin with it."""


def folded(text: str) -> str:
    """The text in small letters without accents: `Siân Ŵyn` becomes `sian wyn`."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded; what stands between them means nothing. An endless word is cut."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]
