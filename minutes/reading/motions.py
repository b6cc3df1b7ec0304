"""Who moved and seconded, how the vote went, and whether the motion was carried."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.reading.lines import Line


@dataclass(frozen=True, slots=True)
class Votes:
    """The vote as recorded: numbers where printed, whether it was said to be unanimous, and what became of the motion."""

    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    unanimous: bool = False
    outcome: str | None = None


_PERSON = (
    r"(?P<{name}>(?:the )?(?:Councillors?|Cllrs?\.?|Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?\.?|Sir|Dame|Lord Mayor|Lady|Leader|Chair(?:man)?|Deputy Leader|Mayor|"
    r"[A-Z][\w'’-]+)(?: (?:of the [A-Z]\w+|[A-Z]\.|[A-Z][\w'’-]*|\((?!seconded)[^()]{{1,60}}\)|and(?= (?:Councillor|Cllr|Mr|Mrs|Ms|Dr|[A-Z][\w'’-]+ [A-Z])))){{0,8}})"
)


def _person(name: str) -> str:
    return _PERSON.format(name=name)


_MOVED = [
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:moved|proposed)(?: by|:)) ?{_person('mover')},?(?: (?i:and))?,? ?\(?(?i:seconded(?: by|:)?) ?{_person('seconder')}",
        rf"{_person('mover')},? (?i:seconded by) {_person('seconder')},? (?i:moved|proposed|nominated)\b",
        rf"{_person('mover')},? (?i:moved|proposed)\b.{{0,200}}?(?i:seconded by) {_person('seconder')}",
        rf"{_person('mover')} (?i:moved|proposed)\b.{{0,200}}?(?:and |, ?){_person('seconder')} (?i:seconded)\b",
        rf"(?i:on (?:a|the) motion (?:from|of|by)) {_person('mover')},? (?:and )?(?i:seconded by) {_person('seconder')}",
        rf"(?i:moved and seconded by) {_person('mover')}(?: and {_person('seconder')})?",
        rf"(?i:\b(?:moved|proposed)(?: by|:)) ?{_person('mover')}",
        rf"(?i:proposer ?:) ?{_person('mover')}.{{0,40}}?(?i:seconder ?:) ?{_person('seconder')}",
    )
]
_FOR = (
    re.compile(r"\b(?:for|in favour) ?[:–-]? ?(?P<n>\d{1,3})\b", re.IGNORECASE),
    re.compile(r"\b(?P<n>\d{1,3}) (?:votes? |members? )?(?:for|in favour)\b", re.IGNORECASE),
)
_AGAINST = (
    re.compile(r"\bagainst ?[:–-]? ?(?P<n>\d{1,3})\b", re.IGNORECASE),
    re.compile(r"\b(?P<n>\d{1,3}|no) (?:votes? |members? )?(?:voted |voting )?against\b", re.IGNORECASE),
)
_ABSTAIN = (
    re.compile(r"\babst(?:ain|ained|aining|entions?) ?[:–-]? ?(?P<n>\d{1,3})\b", re.IGNORECASE),
    re.compile(r"\b(?P<n>\d{1,3}|no) (?:members? )?abst(?:ain|ained|aining|entions?)\b", re.IGNORECASE),
)
_TO = re.compile(r"\b(?P<for>\d{1,3}) votes? (?:for )?to (?P<against>\d{1,3})\b", re.IGNORECASE)
_VOTING = re.compile(
    r"\b(?:vote[sd]?|voting|motion|amendment|carried|lost|for|against|abst\w+|favour|unanim\w+)\b", re.IGNORECASE
)
_LOST = re.compile(
    r"\b(?:motion|amendment|proposal|vote|it|proposition|recommendation)s?\b[^.]{0,80}\b(?:was|were|being|declared|and|is|be)? ?(?:clearly |therefore |duly |narrowly )*"
    r"(?:lost|defeated|fell|rejected|not carried|failed)\b|\b(?:change|motion|amendment|proposal) was not (?:agreed|approved|carried)\b|\bdeclared (?:to be )?lost\b|\bmotion status: ?(?:rejected|lost)|\bclearly lost\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:motion|amendment|proposal|vote|it|proposition|recommendation)s?\b[^.]{0,80}\b(?:carried|succeeded|passed)\b|"
    r"\bdeclared carried\b|\bmotion status: ?carried|\bcarried (?:with|by|at|unanimously|nem)\b|\bwas carried\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:motion|amendment|proposal)\b[^.]{0,60}\bwithdrawn\b|\bwithdrew (?:the|his|her|their) (?:motion|amendment)\b",
    re.IGNORECASE,
)
_UNANIMOUS = re.compile(r"\bunanim(?:ous|ously)\b|\bnem\.? con\b", re.IGNORECASE)
_AMENDMENT = re.compile(r"\bamendment\b", re.IGNORECASE)
_WINDOW = 3


def movers(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """Mover and seconder as printed, the first pair of the minute; None where nobody is named."""
    for index, line in enumerate(lines):
        if not re.search(r"moved|proposed|proposer|motion|seconded", line.text, re.IGNORECASE):
            continue
        text = " ".join(near.text for near in lines[index : index + 2])[:1500]
        for pattern in _MOVED:
            match = pattern.search(text)
            if match and match.start() <= len(line.text):
                names = match.groupdict()
                return _name(names.get("mover")), _name(names.get("seconder"))
    return None, None


def _name(text: str | None) -> str | None:
    return re.split(r" and (?=[A-Z]{4})", text)[0].strip(" .,;:") if text else None


def _number(patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str, *, told_first: bool) -> int | None:
    """A number of votes, printed after its word ("For: 9") or before it ("9 for")."""
    match = patterns[told_first].search(text)
    if match is None:
        return None
    return 0 if match["n"].lower() == "no" else int(match["n"])


def _outcome(lines: Sequence[Line]) -> str | None:
    """What became of the motion; an amendment's fate is not the motion's, unless nothing else is told."""
    outcome = amendment = None
    for line in lines:
        text = line.text
        said = (
            "withdrawn"
            if _WITHDRAWN.search(text)
            else "lost"
            if _LOST.search(text)
            else "carried"
            if _CARRIED.search(text)
            else None
        )
        if said and _AMENDMENT.search(text) and not re.search(r"\bmotion\b", text, re.IGNORECASE):
            amendment = said
        elif said:
            outcome = said
    return outcome or amendment


def votes_of(lines: Sequence[Line]) -> Votes:
    """The vote recorded in the minute: numbers count only where for and against (or an abstention) are told together."""
    counts: tuple[int | None, ...] = (None, None, None)
    for index, line in enumerate(lines):
        if not _VOTING.search(line.text):
            continue
        if (match := _TO.search(line.text)) and counts == (None, None, None):
            counts = (int(match["for"]), int(match["against"]), _number(_ABSTAIN, line.text[match.end() :], told_first=True))
        text = " ".join(near.text[:400] for near in lines[index : index + _WINDOW] if len(near.text) <= 40 or near is line)
        for told_first in (False, True):
            found = tuple(_number(patterns, text, told_first=told_first) for patterns in (_FOR, _AGAINST, _ABSTAIN))
            told = sum(value is not None for value in found)
            if told >= 2 and told > sum(value is not None for value in counts):
                counts = found
    unanimous = any(_UNANIMOUS.search(line.text) for line in lines)
    votes_for, votes_against, abstentions = counts
    return Votes(votes_for, votes_against, abstentions, unanimous, _outcome(lines))
