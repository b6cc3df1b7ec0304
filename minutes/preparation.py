"""The steps in the making of an item's report, counted back from the day its agenda goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils import timezone

from governance.models import BoardPage, PreparationStep
from minutes.clock_facts import rule_book
from minutes.deadlines import counted_back
from minutes.enums import UPCOMING
from minutes.legal_clock import RuleBook, publish_by
from minutes.models import AgendaItemPage, Clearance


@dataclass(frozen=True)
class Step:
    """One step of one report.

    Attributes:
        name: what it is.
        due_on: by when.
        done: that it was ticked off, by whom and when; None while it is not.
        counts: whether the meeting is still to come: after it nothing of its making is late any more.
    """

    name: str
    due_on: date
    done: Clearance | None = None
    counts: bool = True

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without it."""
        return self.counts and self.done is None and today > self.due_on


def due_on(step: PreparationStep, book: RuleBook, meeting: date) -> date:
    """By when a step is due for a meeting of that day: so many working days before the agenda goes out."""
    return counted_back(publish_by(book, meeting), step.days_before, book.working_days)


def steps_of(item: AgendaItemPage) -> list[Step]:
    """The steps of an item's report, the earliest first."""
    return steps_of_all(item.meeting, [item.pk])[item.pk]


def steps_of_all(meeting: Any, items: Sequence[int]) -> dict[int, list[Step]]:
    """The steps of the reports of several items of a meeting, by the keys of the items, in as many queries as for one."""
    board: BoardPage = meeting.board
    book = rule_book(board)
    done = {(row.item_id, row.step): row for row in Clearance.objects.filter(item__in=items).select_related("by")}
    ahead = meeting.status in UPCOMING and meeting.day >= timezone.localdate()
    rows = sorted(((due_on(step, book, meeting.day), step.name) for step in board.preparation_steps.all()), key=itemgetter(0))
    return {item: [Step(name, day, done.get((item, name)), ahead) for day, name in rows] for item in items}


def steps_left(item: AgendaItemPage) -> list[Step]:
    """Those that are not ticked off."""
    return [step for step in steps_of(item) if step.done is None]
