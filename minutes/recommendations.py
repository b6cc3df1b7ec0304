"""What a report recommends, as the clauses that the board can resolve. Pure: rich text in, clauses out.

The words stay the report's own. Left out is only what separates clauses in a list; “The Board is asked to” becomes “That the Board”, because
that is how a motion begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

_LABEL = re.compile(
    r"^(?P<label>\((?:[0-9]{1,2}|[a-z]|[ivx]{1,5})\)|(?:[0-9]{1,2}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE
)
_LIST_NUMBER = re.compile(r"^(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2})+\.?)\s+(?=\S)")
_SEPARATOR = re.compile(r"[\s;,]*(?:[;,]\s*(?:and|or))?[\s;,]*$")
_RECOMMENDED = re.compile(r"^(?:it is )?(?:therefore )?recommended[:,]?\s+that\b\s*", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?P<body>(?:the )?[^.:;]{2,120}?) (?:is|are) (?:asked|recommended|invited|requested)(?: to)?\s*(?P<colon>:?)\s*",
    re.IGNORECASE,
)
_THAT = re.compile(r"^that\b", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", "”", ")")


@dataclass(frozen=True)
class RecommendedClause:
    """One clause that a report recommends, for a draft of a resolution.

    Attributes:
        label: as it is to be printed before the clause; empty where there is only one.
        stem: the words before the list, such as “That the Board:”; empty where the clause has its own “That”.
        text: the clause.
    """

    label: str
    stem: str
    text: str

    @property
    def full_text(self) -> str:
        """The clause as it reads alone."""
        return f"{self.stem} {self.text}".strip()


def recommended_clauses(rich_text: str) -> list[RecommendedClause]:
    """The clauses of a report's recommendations, in their order.

    Args:
        rich_text: the item's field “what the report recommends”: paragraphs and lists.

    Returns:
        One for each item of a list, or for each paragraph where there is no list. Prose between lists is no clause.
    """
    found = list(_clauses(BeautifulSoup(rich_text, "html.parser")))
    if len(found) == 1:
        return [RecommendedClause("", found[0].stem, found[0].text)]
    printed = [clause.label for clause in found]
    labels = (
        printed
        if all(printed) and len(set(printed)) == len(printed)
        else [f"({number})" for number in range(1, len(found) + 1)]
    )
    return [RecommendedClause(label, clause.stem, clause.text) for label, clause in zip(labels, found, strict=True)]


def _clauses(soup: BeautifulSoup) -> Iterator[RecommendedClause]:
    blocks = [
        block for block in soup.find_all(["p", "ol", "ul", "h2", "h3", "h4"]) if block.find_parent(["li", "ol", "ul"]) is None
    ]
    paragraphs = [_words(block) for block in blocks if block.name == "p"]
    has_list = any(block.name in {"ol", "ul"} for block in blocks)
    # Where something says that it is a clause, what does not is prose.
    chosen = has_list or any(_says_it_is_one(words) for words in paragraphs)
    stem = ""
    for block in blocks:
        if block.name in {"ol", "ul"}:
            yield from _of_list(block, stem)
            continue
        words = _words(block)
        is_stem = words.endswith(":")
        stem = words if is_stem else ""
        if block.name == "p" and words and not is_stem and (_says_it_is_one(words) or not chosen):
            yield _clause(words)


def _of_list(block: Tag, stem: str) -> Iterator[RecommendedClause]:
    for entry in block.find_all("li", recursive=False):
        if words := _entry_words(entry):
            yield _clause(words, stem)


def _clause(words: str, stem: str = "") -> RecommendedClause:
    label, words = _taken_apart(words)
    words = _SEPARATOR.sub("", _as_motion(words))
    if _THAT.match(words):
        stem, words = "", f"T{words[1:]}"
    if not words.endswith(_ENDS):
        words = f"{words}."
    return RecommendedClause(label, _as_motion(stem), words)


def _taken_apart(words: str) -> tuple[str, str]:
    match = _LIST_NUMBER.match(words) or _LABEL.match(words)
    return (match["label"], words[match.end() :]) if match else ("", words)


def _as_motion(words: str) -> str:
    """The words as a motion begins."""
    if match := _RECOMMENDED.match(words):
        return f"That {words[match.end() :]}"
    if match := _ASKED.match(words):
        body = match["body"]
        body = f"the{body[3:]}" if body.lower().startswith("the ") else body
        rest = words[match.end() :]
        return f"That {body}{':' if match['colon'] else ''} {rest}".strip()
    return words


def _says_it_is_one(words: str) -> bool:
    _label, rest = _taken_apart(words)
    return bool(_label or _THAT.match(rest) or _RECOMMENDED.match(rest) or _ASKED.match(rest))


def _words(block: Tag) -> str:
    return (
        re.sub(r"\s+", " ", block.get_text(" ", strip=True))
        .replace(" ,", ",")
        .replace(" .", ".")
        .replace(" ;", ";")
        .replace(" :", ":")
    )


def _entry_words(entry: Tag) -> str:
    """An entry of a list; a list inside it becomes “(a) …; (b) …” within the same clause."""
    parts, number = [], 0
    for child in entry.children:
        if isinstance(child, Tag) and child.name in {"ol", "ul"}:
            inner = [_SEPARATOR.sub("", _entry_words(below)).rstrip(".") for below in child.find_all("li", recursive=False)]
            parts.append("; ".join(f"({chr(ord('a') + number + place)}) {words}" for place, words in enumerate(inner)))
            number += len(inner)
        else:
            words = child.get_text(" ", strip=True) if isinstance(child, Tag) else str(child).strip()
            parts.append(words)
    return re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s+", " ", " ".join(part for part in parts if part)))
