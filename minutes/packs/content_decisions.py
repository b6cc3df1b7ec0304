"""What a decision sheet prints: each item on which something was decided, clause by clause, with what came of it."""

from dataclasses import dataclass

from minutes.packs.content import PackContent, ResolutionLine


@dataclass(frozen=True, kw_only=True)
class DecidedClause(ResolutionLine):
    """One clause with its outcome and what it orders."""

    outcome_words: str = ""
    """What became of a motion that was not carried: "Lost"."""
    orders: tuple[str, ...] = ()
    """The actions it orders, each in a line, plain text."""


@dataclass(frozen=True, kw_only=True)
class DecidedItem:
    """One item and what was decided on it."""

    number: str
    title: str
    clauses: tuple[DecidedClause, ...]
    reference: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionSheet(PackContent):
    """A decision sheet, complete."""

    decisions: tuple[DecidedItem, ...] = ()
    minutes_words: str = ""
    """How the minutes stand: "The minutes are still being written."."""

    @property
    def resolutions(self) -> tuple[ResolutionLine, ...]:
        """Every clause of the sheet, for machines."""
        return tuple(clause for item in self.decisions for clause in item.clauses)
