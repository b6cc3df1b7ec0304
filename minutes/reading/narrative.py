"""The telling part of a minute: its paragraphs, what was quoted in them, and where people voiced concern."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes.reading.lines import Line


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement quoted in a paragraph of its own, and the sentence that introduces it, if any."""

    introduced: str | None
    text: str


_QUOTED = re.compile(r"[“\"‘'](?P<said>.{10,2000})[”\"’'][.,;]?")
_OPEN = re.compile(r"(?:,|\b(?:the|of|be|and|or|to|with|by|for|a|an|in|on|at|as|that|from|is|are|was|were|which|its|their))$")
_ENDED = re.compile(r"[.!?:;][”\"’')]*$")
_LONGEST = 5_000
"""Characters of one paragraph; more is no sentence that was only broken by the page."""
_CONCERN = re.compile(
    r"\b(?:concern(?:s|ed)?\b(?! (?:was|were) not)|(?:ask|sought|seek|request|call)\w*(?: \w+)? (?:for )?(?:\w+ )?reassurances?|reassurances?|uneas(?:y|e)|worr(?:y|ied|ies)|"
    r"anxi(?:ous|ety)|apprehens\w+|disappoint\w+|misgivings|reservations|objected|frustrat\w+|alarmed|feared|dismay\w*)\b",
    re.IGNORECASE,
)
_NO_CONCERN = re.compile(
    r"\b(?:no (?:\w+ )?concerns?|concerning|as far as .{1,30} concerned|organisations? concerned|parties concerned|not concerned)\b",
    re.IGNORECASE,
)


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """Lines joined where a sentence was broken by the width of the page."""
    joined: list[str] = []
    width = 0
    for line in lines:
        if joined and len(joined[-1]) < _LONGEST and not _ENDED.search(joined[-1][-20:]):
            wrapped = line.gap == 0 and 50 <= width <= 130
            if line.text[0].islower() or _OPEN.search(joined[-1][-20:]) or wrapped:
                joined[-1] = f"{joined[-1]} {line.text}"
                width = line.width
                continue
        joined.append(line.text)
        width = line.width
    return joined


def quotations_in(texts: Sequence[str]) -> tuple[Quotation, ...]:
    """Quoted statements that stand as a paragraph of their own, motions excepted."""
    found = []
    for index, text in enumerate(texts):
        match = _QUOTED.fullmatch(text)
        if match is None or match["said"].startswith(("That ", "RESOLVED")):
            continue
        before = texts[index - 1] if index and texts[index - 1].endswith((":", ":-", "-", "–", ",")) else None
        found.append(Quotation(before, text))
    return tuple(found)


def concerns_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Paragraphs in which people voiced concern or asked for reassurance."""
    return tuple(text for text in texts if _CONCERN.search(_NO_CONCERN.sub("", text)))
