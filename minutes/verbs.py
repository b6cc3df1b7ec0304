"""What a clause does, by its own words. Pure; it names a verb only where the clause says it."""

import re

from minutes.enums import Verb

_SAID: tuple[tuple[Verb, str], ...] = (
    (Verb.RECEIVE, r"received?|receiv(?:es|ing)|welcomed?"),
    (Verb.NOTE, r"noted?|notes|noting"),
    (Verb.AGREE, r"agreed?|agrees"),
    (Verb.APPROVE, r"approv(?:ed?|es|al)|given? consent|consent be given"),
    (Verb.ENDORSE, r"endorsed?|endorses|supported?|supports"),
    (Verb.ADOPT, r"adopt(?:ed|s)?"),
    (Verb.DEFER, r"deferred|defers?"),
    (Verb.REFER, r"referred|refers?"),
    (Verb.DELEGATE, r"delegated?|delegates|authorit?y be (?:given|delegated)|be authorised"),
    (Verb.REQUEST, r"requested|requests?|be asked|asks?|invited|invites?"),
    (Verb.INSTRUCT, r"instructed|instructs?"),
    (Verb.RECOMMEND, r"recommended|recommends?"),
    (Verb.APPOINT, r"appointed|appoints?|elected|elects?|nominated|nominates?"),
    (Verb.EXCLUDE, r"(?:press and (?:the )?)?public be excluded|exclude the (?:press|public)"),
    (Verb.ARRANGE, r"be (?:arranged|held|organised|convened|set up|established)"),
    (Verb.CASCADE, r"cascade[sd]?|share the \w+ with"),
)
_PATTERNS = tuple((verb, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for verb, words in _SAID)

ORDERING = frozenset({Verb.REQUEST, Verb.INSTRUCT, Verb.ARRANGE, Verb.CASCADE, Verb.DELEGATE})
"""Verbs after which somebody has something to do."""


def verbs_of(clause: str) -> list[str]:
    """The verbs of a clause, in the order in which they stand in it."""
    found = [(match.start(), str(verb)) for verb, pattern in _PATTERNS if (match := pattern.search(clause))]
    return [verb for _start, verb in sorted(found)]


def orders_something(clause: str) -> bool:
    """Whether somebody has something to do after this clause."""
    return any(verb in ORDERING for verb in verbs_of(clause))
