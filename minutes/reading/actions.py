"""Who is to do what: only where the minute names an owner in so many words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.reading.clauses import Clause

ALL_CLAUSES = "(all clauses)"
"""What an action's text is where its owners are listed under all clauses together."""


@dataclass(frozen=True, slots=True)
class Action:
    """A clause and the owner printed for it; ``due`` is the time as printed, or None."""

    text: str
    owner: str
    due: str | None


_INSTRUCT = re.compile(
    r"(?:that )?(?:to )?(?:agree to )?instruct(?:s|ed)? (?P<owner>the [A-Z][\w’'-]+(?: (?:[A-Z(][\w’')-]*|and|of|for|the)){0,10}?|[A-Z][\w’'-]+(?: [A-Z][\w’'-]*){0,6}) (?:to|that)\b"
)
_AGREED_TO = re.compile(
    r"(?P<owner>(?:The|the) [A-Z][\w’'&-]*(?: (?:[A-Z][\w’'&-]*|of|for|and|the|&)){0,10}|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}) (?:agreed|undertook|is|are|will|offered) to\b"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = re.compile(
    rf"\b(?:by|before|on or before|no later than|until) (?P<by>(?:the end of (?:the )?)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? "
    rf"(?:of )?{_MONTH}(?:,? \d{{4}})?|{_MONTH}(?:,? \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}))"
    r"|\b(?P<span>(?:with)?in (?:the next )?(?:\w+ ){1,2}(?:days?|weeks?|months?|years?)(?:[’'] time)?|each (?:year|quarter|month)|every (?:\w+ )?(?:years?|quarters?|months?)|"
    rf"annually|quarterly|monthly|six[- ]monthly|half[- ]yearly|on an annual basis|in {_MONTH} \d{{4}}|Quarter \d of \d{{4}}/\d{{2}})\b"
)
_BRACKET_DUE = re.compile(
    r" ?\((?:due ?:? ?)?(?:by|before|due|deadline:?) (?P<due>[^()]{3,60})\)$|,? (?:by|due) (?P<plain>\d{1,2}\S{0,2} \w+,? \d{4})$",
    re.IGNORECASE,
)
_ACTION_LINE = re.compile(r"actions?(?: points?)? ?(?::[-–—]?|[-–—]) ?(?P<said>.{4,300})", re.IGNORECASE)
_TASK = re.compile(r"(?P<owner>[^.;:]{2,80}?) (?P<task>to [a-z].*)")


def _due(text: str) -> str | None:
    match = _WHEN.search(text)
    return (match["by"] or match["span"]) if match else None


def _unbracketed(text: str) -> str:
    """An owner without the brackets that were opened and never closed, or closed and never opened."""
    text = text.strip(" .;,")
    while text.count("(") > text.count(")") and "(" in text:
        cut = text.index("(") if text.startswith("(") else text.rindex("(")
        text = (text[:cut] + text[cut + 1 :]).strip()
    while text.count(")") > text.count("("):
        cut = text.rindex(")")
        text = (text[:cut] + text[cut + 1 :]).strip()
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    return text


def _from_line(said: str, clause: str | None) -> Action | None:
    """An action from ``Action:- NAME (by 28th March, 2031)``; its text is the clause above, or the task the line itself gives."""
    due = None
    if match := _BRACKET_DUE.search(said):
        due = match["due"] or match["plain"]
        said = said[: match.start()]
    owner, text = said.strip(" .;,"), clause
    if task := _TASK.fullmatch(said):
        owner, text = task["owner"], said
        due = due or _due(said)
    elif len(said) > 120 or re.match(r"That\b|To\b", said):
        return None
    return Action(text or said, _unbracketed(owner), due) if owner and text else None


def actions_of(clauses: Sequence[Clause], owner_lines: Sequence[tuple[int, str]]) -> tuple[Action, ...]:
    """The actions of a decision: owners' lines after a clause or after all, and clauses that instruct or agree to do."""
    actions = []
    for where, said in owner_lines:
        if where < 0:
            owners = [owner for line in said.split("\n") if (owner := _unbracketed(line))]
            if owners:
                actions.append(Action(ALL_CLAUSES, "; ".join(owners), None))
        elif action := _from_line(" ".join(said.split("\n")), clauses[where].text if where < len(clauses) else None):
            actions.append(action)
    for clause in clauses:
        if match := _INSTRUCT.match(clause.text):
            actions.append(Action(clause.text, match["owner"], _due(clause.text)))
    return tuple(actions)


def noted_action(text: str) -> Action | None:
    """The action in a line of the narrative such as ``Action: The Clerk to send the slides``, which gives owner and task."""
    match = _ACTION_LINE.fullmatch(text)
    return _from_line(match["said"], None) if match and _TASK.fullmatch(match["said"]) else None


def agreed_action(clause: Clause) -> Action | None:
    """The action in "Decision/Action: The Family Team agreed to …", where the clause itself begins with its owner."""
    match = _AGREED_TO.match(clause.text)
    return Action(clause.text, match["owner"], _due(clause.text)) if match else None
