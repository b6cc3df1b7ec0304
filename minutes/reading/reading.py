"""What a careful reader finds in one item of minutes."""

from dataclasses import dataclass, field
from typing import Any

from minutes.reading.actions import Action
from minutes.reading.clauses import Clause
from minutes.reading.dates import PrintedDate
from minutes.reading.motions import Votes
from minutes.reading.narrative import Quotation
from minutes.reading.sections import Meeting


@dataclass(frozen=True)
class Reading:
    """One item as read: only words that are on the page, and warnings for the clerk where the page left a doubt.

    ``item_number`` is the minute's number, ``agenda_number`` the agenda's where a page prints both. ``minute_text`` is the
    narrative without heading, decision and page furniture; ``agenda_text`` stood before the minute. ``dates`` are offered
    to the editor and never put anywhere by themselves.
    """

    title: str | None = None
    item_number: str | None = None
    agenda_number: str | None = None
    presenters: tuple[str, ...] = ()
    stem: str | None = None
    clauses: tuple[Clause, ...] = ()
    decision_kind: str = "none"
    documents: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    declared_exempt: bool = False
    exempt_paragraphs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    minute_text: tuple[str, ...] = ()
    agenda_text: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    concerns: tuple[str, ...] = ()
    dates: tuple[PrintedDate, ...] = ()
    mover: str | None = None
    seconder: str | None = None
    vote: Votes = field(default_factory=Votes)
    meeting: Meeting | None = None

    def as_printed(self) -> dict[str, Any]:
        """The keys that the command prints, ready for JSON."""
        return {
            "title": self.title,
            "item_number": self.item_number,
            "presenters": list(self.presenters),
            "stem": self.stem,
            "resolutions": [clause.text for clause in self.clauses],
            "labels": [clause.label for clause in self.clauses],
            "decision_kind": self.decision_kind,
            "documents": list(self.documents),
            "actions": [{"text": action.text, "owner": action.owner, "due": action.due} for action in self.actions],
            "declared_exempt": self.declared_exempt,
            "warnings": list(self.warnings),
        }
