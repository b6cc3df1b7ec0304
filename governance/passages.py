"""Finding words wherever they stand and putting a marker in their place: plain text, rich text, JSON, forms and addresses. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from html.entities import html5
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify

SHORTEST = 3
"""Fewer letters than this stand in too many other words."""
CUT_SLUG = 20
"""From so many letters on, the end of an address that breaks off is taken for the beginning of the words."""
_TAG = r"<[^<>]*>"
_NAMES: dict[str, list[str]] = {}
for _name, _letters in html5.items():
    if _name.endswith(";"):
        _NAMES.setdefault(_letters, []).append(re.escape(f"&{_name}"))
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN_ANY = "|".join([f"[{_UNSEEN}]", *(name for letter in _UNSEEN for name in _NAMES.get(letter, []))])
_SPACES = " \u00a0\u2002\u2003\u2009\u202f"
_SPACE_NAMES = "|".join(name for letter in _SPACES for name in _NAMES.get(letter, []))
_BETWEEN = f"(?:{_TAG}|{_UNSEEN_ANY})*"
_SPACE = rf"(?:\s|{_TAG}|{_UNSEEN_ANY}|{_SPACE_NAMES}|&#(?:160|0*32|[xX][aA]0|[xX]20);)+"
_FORM = re.compile(r"[\w.~*+%\-\[\]]*=[\w.~*+%\-\[\]]*(?:&[\w.~*+%\-\[\]]*=[\w.~*+%\-\[\]]*)*")
_OF_A_PATH = re.compile(r"[a-z0-9]")


def passages_in(text: str) -> list[str]:
    """The passages of a text that somebody gave: its lines, each with single spaces, the longest first.

    Args:
        text: as it was copied from a page. A page keeps each paragraph apart, so each is looked for by itself.
    """
    lines = (" ".join(unicodedata.normalize("NFC", line).split()) for line in text.splitlines())
    return sorted({line for line in lines if line}, key=lambda line: (-len(line), line))


@dataclass(frozen=True)
class Passages:
    """Words that are looked for.

    They are found whole: not within longer words, in the case in which they are written. Between their letters may stand tags and what
    nobody sees; a space may be any white space, and a letter may be written as an entity.

    Attributes:
        words: each a passage without line breaks.
        marker: what is put in their place.
        slug: the same, where words of an address stand.
    """

    words: tuple[str, ...]
    marker: str = ""
    slug: str = ""

    @classmethod
    def of(cls, words: Iterable[str]) -> "Passages":
        """From texts as somebody gave them."""
        return cls(tuple(passages_in("\n".join(words))))

    def marked(self, *, marker: str, slug: str) -> "Passages":
        """The same passages, with what is put in their place."""
        return replace(self, marker=marker, slug=slug)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Most letters begin no passage: to see that at once makes it ten times as fast.
        begins = "".join(sorted({re.escape(letter) for passage in self.words for letter in _first(passage)}))
        ways = "|".join(_pattern_of(passage) for passage in self.words)
        return re.compile(rf"(?=[{begins}&\\])(?:{ways})" if ways else r"(?!)")

    @cached_property
    def slugs(self) -> list[str]:
        """The passages as they stand in addresses, the longest first. A single word stands in too many."""
        found = {slugify(passage) for passage in self.words}
        return sorted((slug for slug in found if "-" in slug), key=len, reverse=True)

    def count(self, value: Any) -> int:
        """How often they stand in a value."""
        return self.replaced(value)[1]

    def replaced(self, value: Any, *, address: bool = False) -> tuple[Any, int]:
        """A value with the marker in the place of every passage, and how often it was put.

        Args:
            value: a text, or what JSON holds.
            address: whether it is the words of an address, where single words are replaced too.
        """
        if isinstance(value, str):
            return self._replaced_in_text(value, address)
        if isinstance(value, dict):
            return self._replaced_in_dict(value)
        if isinstance(value, list | tuple):
            each = [self.replaced(one) for one in value]
            return [one for one, _number in each], sum(number for _one, number in each)
        return value, 0

    def _replaced_in_dict(self, value: dict[Any, Any]) -> tuple[Any, int]:
        total, found = 0, {}
        for name, inner in value.items():
            new_name, in_name = self.replaced(name)
            found[new_name], inside = self.replaced(inner, address=name in {"slug", "url_path"})
            total += in_name + inside
        if "inlineStyleRanges" in found and found.get("text") != value.get("text"):
            # Marks of bold words and links count letters, which are others now.
            found |= {"inlineStyleRanges": [], "entityRanges": []}
        return found, total

    def _replaced_in_text(self, text: str, address: bool) -> tuple[str, int]:
        if text[:1] in {"[", "{"}:
            inside = self._replaced_in_json(text)
            if inside is not None:
                return inside
        if "=" in text and _FORM.fullmatch(text):
            return self._replaced_in_form(text)
        text, number = self._pattern.subn(self._with_tags, text)
        slugs = self.slugs if not address else sorted(map(slugify, self.words), key=len, reverse=True)
        for slug in slugs:
            text, more = _without_slug(text, slug, self.slug)
            number += more
        return text, number

    def _replaced_in_json(self, text: str) -> tuple[str, int] | None:
        try:
            value = json.loads(text)
        except ValueError:
            return None
        new, number = self.replaced(value)
        return (json.dumps(new, cls=DjangoJSONEncoder), number) if number else (text, 0)

    def _replaced_in_form(self, text: str) -> tuple[str, int]:
        """A form as browsers send it."""
        each = [(name, *self.replaced(value)) for name, value in parse_qsl(text, keep_blank_values=True)]
        number = sum(found for _name, _value, found in each)
        return (urlencode([(name, value) for name, value, _found in each]), number) if number else (text, 0)

    def _with_tags(self, match: re.Match[str]) -> str:
        """The marker, and after it the tags that stood between the words, so that each still has its other half."""
        return self.marker + "".join(re.findall(_TAG, match.group()))


def _first(passage: str) -> str:
    """The letters that may come first: as it is, and without the accent that may follow it."""
    return passage[0] + unicodedata.normalize("NFD", passage[0])[0]


def _pattern_of(passage: str) -> str:
    parts = [_BETWEEN.join(_letter(letter) for letter in word) for word in passage.split(" ")]
    before = r"(?<!\w)" if passage[0].isalnum() else ""
    after = r"(?!\w)" if passage[-1].isalnum() else ""
    return f"{before}{_SPACE.join(parts)}{after}"


def _letter(letter: str) -> str:
    """One letter, however it is written."""
    code = ord(letter)
    ways = [re.escape(letter), f"&#0*{code};", f"&#[xX]0*(?i:{code:x});", *_NAMES.get(letter, [])]
    apart = unicodedata.normalize("NFD", letter)
    if apart != letter:
        ways.append(re.escape(apart))
    if not letter.isascii():
        ways.append(rf"\\u(?i:{code:04x})")
    return f"(?:{'|'.join(ways)})"


def _without_slug(text: str, slug: str, marker: str) -> tuple[str, int]:
    """A text without the words of an address, whole or broken off at the end of a part of the address."""
    if not slug or slug[:CUT_SLUG] not in text:
        return text, 0
    kept, number, start = [], 0, 0
    while (found := text.find(slug[:CUT_SLUG], start)) >= 0:
        end = found + CUT_SLUG if len(slug) >= CUT_SLUG else found + len(slug)
        while end - found < len(slug) and end < len(text) and text[end] == slug[end - found]:
            end += 1
        after = text[end : end + 1]
        whole = end - found == len(slug) and not _OF_A_PATH.match(after)
        broken_off = end - found >= CUT_SLUG and not re.match(r"[\w-]", after)
        begins = not _OF_A_PATH.match(text[found - 1 : found])
        if begins and (whole or broken_off):
            kept.append(text[start:found] + marker)
            number, start = number + 1, end
        else:
            kept.append(text[start : found + 1])
            start = found + 1
    return "".join([*kept, text[start:]]), number
