"""What a clause does, by its own words. Pure; it names a verb only where the clause says it."""

import re

from minutes.enums import Verb

_SAID: tuple[tuple[Verb, str], ...] = (
    (Verb.RECEIVE, r"received?|receiv(?:es|ing)|welcomed?"),
    (Verb.NOTE, r"noted?|notes|noting"),
    (Verb.AGREE, r"agreed?|agrees"),
    (Verb.APPROVE, r"approv(?:ed?|es|al)|given? consent|consent be given"),
    (
        Verb.ENDORSE,
        r"endorsed?|endorses|supported|(?:the )?(?:board|committee|cabinet|council) supports?(?= (?:the|this|that|its)\b)",
    ),
    (Verb.ADOPT, r"adopt(?:ed|s)?"),
    (Verb.DEFER, r"deferred|defers?"),
    (Verb.REFER, r"referred|refers?"),
    (Verb.DELEGATE, r"delegated?(?! (?:powers?|decisions?))|delegates|(?:the )?authority be (?:given|delegated)|be authorised"),
    (Verb.REQUEST, r"requested|requests?|be asked|asks?|invited|invites?"),
    (Verb.INSTRUCT, r"instructed|instructs?"),
    (Verb.RECOMMEND, r"recommended|recommends?"),
    (
        Verb.APPOINT,
        r"appointed|appoints?|elected(?! (?:members?|councillors?|representatives?|mayors?))|elects?|nominated|nominates?",
    ),
    (Verb.EXCLUDE, r"(?:the )?(?:press and (?:the )?)?public be excluded|exclude the (?:press|public)"),
    (Verb.ARRANGE, r"be (?:arranged|held|organised|convened|set up|established)"),
    (Verb.CASCADE, r"cascade[sd]?|share the \w+ with"),
)
# “The request”, “an agreed plan” and “the invited organisations” name things; nothing is done by them.
_NAMES = "".join(rf"(?<!\b{word} )" for word in ("the", "a", "an", "any", "each", "this", "their", "its"))
_PATTERNS = tuple((verb, re.compile(rf"{_NAMES}\b(?:{words})\b", re.IGNORECASE)) for verb, words in _SAID)

ORDERING = frozenset({Verb.REQUEST, Verb.INSTRUCT, Verb.ARRANGE, Verb.CASCADE, Verb.DELEGATE})
"""Verbs after which somebody has something to do."""


def verbs_of(clause: str) -> list[str]:
    """The verbs of a clause, in the order in which they stand in it."""
    found = [(match.start(), str(verb)) for verb, pattern in _PATTERNS if (match := pattern.search(clause))]
    return [verb for _start, verb in sorted(found)]


def orders_something(clause: str) -> bool:
    """Whether somebody has something to do after this clause."""
    return any(verb in ORDERING for verb in verbs_of(clause))
