"""What would be kept of minutes that were read: shown to the editor clause by clause, corrected, and only then saved. Pure."""

import re
from dataclasses import dataclass, field

from minutes.reading import Reading
from minutes.verbs import orders_something, verbs_of

_WORKSTREAM = re.compile(
    r"\bthe (?P<workstream>[A-Z][\w’'&-]*(?: (?:and|of|for|the|with|[A-Z][\w’'&-]*)){0,8}?) work ?streams? of the "
    r"(?P<strategy>[A-Z][\w’'&-]*(?: (?:and|of|for|the|[A-Z][\w’'&-]*)){0,8}? (?:Strategy|Plan|Programme))\b"
)
_COPRODUCED = re.compile(r"\bco-?produc", re.IGNORECASE)


@dataclass(frozen=True)
class ProposedClause:
    """A clause as it would be kept.

    Attributes:
        owner, due_words: as printed; empty where the minute gives none.
        starts_action: whether an action would be proposed for it.
    """

    label: str
    text: str
    verbs: tuple[str, ...] = ()
    owner: str = ""
    due_words: str = ""
    starts_action: bool = False


@dataclass(frozen=True)
class Proposal:
    """What would be kept of one item's minute. Nothing in it is invented: empty means that the minute does not say."""

    title: str
    paragraphs: tuple[str, ...] = ()
    agenda_text: tuple[str, ...] = ()
    number: str = ""
    agenda_number: str = ""
    presenters: tuple[str, ...] = ()
    stem: str = ""
    decision_kind: str = "none"
    clauses: tuple[ProposedClause, ...] = ()
    documents: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    workstream: str = ""
    strategy: str = ""
    mover: str = ""
    seconder: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    motion_lost: bool = False
    is_coproduction: bool = False
    warnings: tuple[str, ...] = field(default=(), compare=False)


def propose(reading: Reading) -> Proposal:
    """What a reading would be kept as, before anybody corrects it."""
    narrative = " ".join(reading.minute_text)
    named = _WORKSTREAM.search(narrative)
    return Proposal(
        title=reading.title or "",
        paragraphs=reading.minute_text,
        agenda_text=reading.agenda_text,
        number=reading.item_number or "",
        agenda_number=reading.agenda_number or "",
        presenters=reading.presenters,
        stem=reading.stem or "",
        decision_kind=reading.decision_kind,
        clauses=tuple(_clause(reading, index) for index in range(len(reading.clauses))),
        documents=reading.documents,
        commitments=tuple(quotation.text.strip("“”\"'‘’ ") for quotation in reading.quotations),
        concerns=reading.concerns,
        workstream=named["workstream"] if named else "",
        strategy=named["strategy"] if named else "",
        mover=reading.mover or "",
        seconder=reading.seconder or "",
        votes_for=reading.vote.votes_for,
        votes_against=reading.vote.votes_against,
        abstentions=reading.vote.abstentions,
        motion_lost=reading.vote.outcome == "lost",
        is_coproduction=bool(_COPRODUCED.search(f"{reading.title} {narrative}")),
        warnings=reading.warnings,
    )


def _clause(reading: Reading, index: int) -> ProposedClause:
    clause = reading.clauses[index]
    owners = [action for action in reading.actions if action.text == clause.text]
    return ProposedClause(
        label=clause.label,
        text=clause.text,
        verbs=tuple(verbs_of(clause.text)),
        owner="; ".join(action.owner for action in owners),
        due_words="; ".join(action.due for action in owners if action.due),
        starts_action=bool(owners) or orders_something(clause.text),
    )
