"""The steps in the making of an item's report, counted back from the day its agenda goes out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.models import BoardPage, PreparationStep
from minutes.clock_facts import rule_book
from minutes.deadlines import counted_back
from minutes.legal_clock import RuleBook, publish_by
from minutes.models import AgendaItemPage, Clearance


@dataclass(frozen=True)
class Step:
    """One step of one report.

    Attributes:
        name: what it is.
        due_on: by when.
        done: that it was ticked off, by whom and when; None while it is not.
    """

    name: str
    due_on: date
    done: Clearance | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without it."""
        return self.done is None and today > self.due_on


def due_on(step: PreparationStep, book: RuleBook, meeting: date) -> date:
    """By when a step is due for a meeting of that day: so many working days before the agenda goes out."""
    return counted_back(publish_by(book, meeting), step.days_before, book.working_days)


def steps_of(item: AgendaItemPage) -> list[Step]:
    """The steps of an item's report, the earliest first."""
    meeting: Any = item.meeting
    board: BoardPage = meeting.board
    book = rule_book(board)
    done = {row.step: row for row in Clearance.objects.filter(item=item.pk).select_related("by")}
    rows = [Step(step.name, due_on(step, book, meeting.day), done.get(step.name)) for step in board.preparation_steps.all()]
    return sorted(rows, key=lambda step: step.due_on)


def steps_left(item: AgendaItemPage) -> list[Step]:
    """Those that are not ticked off."""
    return [step for step in steps_of(item) if step.done is None]
