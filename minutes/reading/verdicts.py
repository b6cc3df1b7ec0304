"""Decisions that minutes tell in a sentence, with no marker, or whose marker the page lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.reading.labels import label_of
from minutes.reading.lines import Line
from minutes.reading.markers import BODY, is_proposal


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence that decides: its kind, its words, and the line it stands on."""

    kind: str
    text: str
    index: int


_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z“\"])")
_RECORD = re.compile(
    r"\b(?:were|was|be|as) (?:\w+ )?(?:approved|agreed|confirmed|accepted|adopted|signed|received and (?:approved|confirmed))\b.{0,80}"
    r"\b(?:correct|true|accurate|fair)(?: and \w+)? (?:record|account)\b|\btaken as read and (?:\w+ )?signed as (?:a )?correct\b",
    re.IGNORECASE,
)
_MINUTES_APPROVED = re.compile(
    r"The (?:\w+ ){0,4}minutes of [^;]{4,200}? (?:was|were) (?:\w+ )?(?:approved|agreed|confirmed)\b(?! (?:by|at) (?:the \w+ )?(?:the )?(?:last|previous))"
)
_FOR_INFORMATION = re.compile(
    r"\b(?:(?:was|were|had been) (?:submitted|presented|received|circulated)\b.{0,80}\bfor information\b|"
    r"(?:submitted|presented|circulated|received) (?:for information )?and (?:was |were )?noted\b)",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"(?:(?:the|that|all|both) )?(?:[\w&’'()-]+ ){0,6}" + BODY + r" (?:(?:then|also|therefore|unanimously|duly|formally) )*"
    r"(?P<verb>agreed|approved|noted|supported|endorsed|received|ratified|confirmed|accepted|adopted|cymeradwyodd|nododd)\b(?! (?:with|that it was))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?:(?:the|this|these|all|both) )?(?:[\w&’',()/-]+ ){0,25}(?:was|were) (?:(?:then|also|therefore|unanimously|duly|formally) )*"
    r"(?P<verb>agreed|approved|noted|endorsed|received|ratified|confirmed|accepted|adopted)\b",
    re.IGNORECASE,
)
_WEAK_SUBJECT = re.compile(
    r"(?:it|apolog\w+|questions?|petitions?|declarations?|no|none|an? (?:question|petition)|there|this|comments?)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:extend the meeting|adjourn|continue (?:the meeting|beyond)|suspend (?:the )?standing orders|take (?:a|the) (?:break|item)|"
    r"apologies|had (?:been )?(?:agreed|approved|received|noted)|would be|not (?:agreed|approved))\b",
    re.IGNORECASE,
)
_NOTED_ALONE = re.compile(r"(?:noted|received)\.?", re.IGNORECASE)
_NOTED_ONLY = {"noted", "received", "nododd"}
_THAT = re.compile(r"That\b,? (?!is\b|was\b|said\b|this\b|would\b)")
_SMALL_THAT = re.compile(r"that\b,? ")
_TO = re.compile(r"To [a-z]")
_CARRIED = re.compile(r"\b(?:proposed|moved|seconded|nominat|put to the vote|carried|vote)", re.IGNORECASE)
_VOTED = re.compile(r"\b(?:put to the vote|carried)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:\(?(?:proposed|moved|seconded|proposer|seconder|carried|note|for|against|abstain|abstentions?|voting|vote)\b|action\b|\(|reasons?\b|"
    r"implementation of|alternative|the meeting (?:closed|ended))",
    re.IGNORECASE,
)
_OWNERS = re.compile(r"actions? by ?:?", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return _SENTENCE_END.split(text)


def _kind(verb: str) -> str:
    return "noted" if verb.lower() in _NOTED_ONLY else "agreed"


def record_verdict(lines: Sequence[Line]) -> Verdict | None:
    """A sentence that can only be the verdict, wherever it stands: minutes approved as a correct record, a paper only noted."""
    for index, line in enumerate(lines):
        for sentence in sentences(line.text):
            if _PROCEDURE.search(sentence) or len(sentence) > 600 or sentence.startswith(("To ", "Apolog")):
                continue
            if _MINUTES_APPROVED.match(sentence):
                return Verdict("agreed", sentence, index)
            if _RECORD.search(sentence) and not re.search(r"\bbe (?:approved|agreed|confirmed|accepted|signed)", sentence):
                return Verdict("agreed", sentence, index)
            if _FOR_INFORMATION.search(sentence):
                return Verdict("noted", sentence, index)
    return None


def last_verdict(lines: Sequence[Line]) -> Verdict | None:
    """What the last sentence of the minute says was agreed, approved or noted, where it says so."""
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        if _CLOSING.match(text):
            continue
        if _NOTED_ALONE.fullmatch(text):
            return Verdict("noted", "", index)
        sentence = sentences(text)[-1]
        match = _ACTIVE.match(sentence) or (None if _WEAK_SUBJECT.match(sentence) else _PASSIVE.match(sentence))
        if match is None or _PROCEDURE.search(sentence) or sentence.endswith("?"):
            return None
        return Verdict(_kind(match["verb"]), sentence, index)
    return None


def lost_marker(lines: Sequence[Line], *, decision_page: bool) -> int | None:
    """The line where clauses begin whose marker the page lost: a last paragraph "That …", or such a list; None where there is none.

    A list of "To …" counts only on a decision page, or above a line of owners: elsewhere it is the agenda's.
    """
    start = None
    owners = any(_OWNERS.match(line.text) for line in lines)
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        label = label_of(text)
        words = label.rest if label else text
        if (
            _THAT.match(words)
            or (label and _SMALL_THAT.match(words))
            or (label and (decision_page or owners) and _TO.match(words))
            or (decision_page and index == 0 and _TO.match(text))
        ):
            start = index
            continue
        if start is not None:
            if label is not None and not label.rest:
                start = index
            break
        if not (
            _CLOSING.match(text)
            or owners
            or text[0].islower()
            or (label and not _sentence(words))
            or _before_that(lines, index)
        ):
            return None
    if start is None or (start and _is_put_forward(lines[start - 1].text)):
        return None
    return start if not _in_small_letters(lines[start].text) or (start and _VOTED.search(lines[start - 1].text)) else None


def _in_small_letters(text: str) -> bool:
    """Whether a list begins with "that" in small letters: points of a discussion do so too, unless the words before tell of a vote."""
    label = label_of(text)
    return bool(label and _SMALL_THAT.match(label.rest))


def _sentence(text: str) -> bool:
    return text.endswith(".") and len(text) > 80


def _before_that(lines: Sequence[Line], index: int) -> bool:
    """Whether this line goes on with the clause above it, which was broken off."""
    return index > 0 and not lines[index - 1].text.endswith((".", ";", ":", "?"))


def _is_put_forward(text: str) -> bool:
    """Whether the line before the words only puts them forward."""
    return is_proposal(text + (" that" if not text.endswith((":", "-", "–")) else "")) and not _CARRIED.search(text)
