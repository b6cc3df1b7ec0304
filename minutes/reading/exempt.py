"""Whether an item's own text says that the public was excluded or that its paper is exempt, and by which paragraphs.

Grounds: Schedule 12A to the Local Government Act 1972 (England and Wales), Schedule 7A to the Local Government (Scotland) Act 1973.
"""

import re
from collections.abc import Iterable

from minutes.reading.verdicts import sentences

_SCHEDULE = re.compile(
    r"\bSchedule 12 ?\(?A\)?|\bSchedule 7 ?\(?A\)?|\bSections? 100 ?\(?A\)?|\bSections? 50 ?\(?A\)?|\b(?:exempt|confidential) information\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"\b(?:public|press|visitors|reporters|observers)\b", re.IGNORECASE)
_LEAVES = re.compile(
    r"\b(?:exclu\w+|leave|leaves|left|withdraw|withdrew|withdrawn|private session|closed session|in private)\b", re.IGNORECASE
)
_NOT = re.compile(
    r"\bnot (?:to )?(?:be )?(?:exclud\w+|required)|\b(?:no|not any) (?:exempt|confidential)\b|\bremain in (?:public|the meeting)|\bnot necessary\b|"
    r"\bno (?:items?|reports?|papers?|matters?|business)\b|\bwithout (?:excluding|the need)|\bin public session\b|\bif (?:members|the \w+) (?:wish|want)",
    re.IGNORECASE,
)
_PAPER_IS = re.compile(
    r"\b(?:this|the|these|both) (?:[\w’'-]+ ){0,6}(?:reports?|papers?|appendi(?:x|ces)|annex(?:es)?|items?|documents?|minutes?|briefing)(?: [\w’'-]+){0,8}? "
    r"(?:is|are|was|were|has|have|contains?|contained|will be|would be)\b[^.]{0,60}\b(?:exempt|not (?:been )?(?:published|for publication)|confidential)\b",
    re.IGNORECASE,
)
_NOT_FOR_PUBLICATION = re.compile(
    r"\b(?:not for publication|exempt from (?:publication|disclosure)|exempt by virtue|summary of exempt|(?:report|item|paper|appendix) is exempt|"
    r"has not been published because|exempt (?:report|item|appendix)(?: not for publication)?\)?$)",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:to (?:consider|decide|determine|settle|agree|resolve|pass|move)\b|will (?:move|be asked)|whether|if so|it may be necessary|"
    r"may (?:be|wish)|recommended to|should the|asked to|could be)\b",
    re.IGNORECASE,
)
_PARAGRAPHS = re.compile(
    r"\b(?:paragraphs?|categor(?:y|ies)) (?P<list>\d{1,2}[A-Z]?(?:(?: ?,| and| ?&| or| to)+ ?\d{1,2}[A-Z]?){0,12})",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"\b(?:was|were|had been|then) (?:\w+ )?(?:excluded|asked to leave)|\b(?:press|public|visitors|reporters) (?:\w+ )?(?:left|withdrew)\b",
    re.IGNORECASE,
)


def declares_exempt(clauses: Iterable[str], narrative: Iterable[str], agenda: Iterable[str]) -> bool:
    """Whether the public was excluded for the item, by its clauses or its narrative, or its own paper is said to be exempt."""
    if any(_excludes(clause) for clause in clauses):
        return True
    for paragraph in narrative:
        for sentence in sentences(paragraph):
            if _NOT.search(sentence):
                continue
            if _ADOPTED.search(sentence) and _PUBLIC.search(sentence) and not _PROPOSED.search(sentence):
                return True
            if _paper_is_exempt(sentence):
                return True
    return any(_paper_is_exempt(sentence) for paragraph in agenda for sentence in sentences(paragraph))


def _excludes(clause: str) -> bool:
    if _NOT.search(clause):
        return False
    return bool(_PUBLIC.search(clause) and _LEAVES.search(clause)) or bool(_SCHEDULE.search(clause) and _LEAVES.search(clause))


def _paper_is_exempt(sentence: str) -> bool:
    if _NOT.search(sentence) or re.search(r"\bif\b|\bnot exempt\b|\blikely\b|\bwhether\b", sentence, re.IGNORECASE):
        return False
    return bool(_PAPER_IS.search(sentence)) or bool(_NOT_FOR_PUBLICATION.search(sentence))


def exempt_paragraphs(texts: Iterable[str]) -> tuple[str, ...]:
    """The numbers of the paragraphs of the schedule that the texts cite, as printed, each once."""
    numbers: dict[str, None] = {}
    for text in texts:
        for sentence in sentences(text):
            if not (_SCHEDULE.search(sentence) or re.search(r"\bexempt|categor", sentence, re.IGNORECASE)):
                continue
            for match in _PARAGRAPHS.finditer(sentence):
                numbers.update(dict.fromkeys(re.findall(r"\d{1,2}[A-Z]?", match["list"])))
    return tuple(numbers)
