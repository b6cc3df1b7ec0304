"""Many promises with much news for the bench: one made through the ordinary operations, then copies of its rows.

The copies differ in status, date and lead, so that every filter and drawing has something to count, and each says of itself what its
news says.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction

from wagtail.models import Page

from governance.enums import CLOSED_STATUSES, ActionStatus
from governance.models import (
    ActionPage,
    BoardPage,
    Counter,
    Organisation,
    ProgressIndexPage,
    ProgressUpdatePage,
    WorkstreamPage,
)
from governance.operations.publishing import add_record
from home.operations.generating import Copying, Naming

AT_A_TIME = 250
"""Promises that are held in memory before they are inserted."""
DAYS = 720
"""Over how many days they are spread, up to today."""
STATUSES = (ActionStatus.UNDER_WAY, ActionStatus.COMPLETED, ActionStatus.UNDER_WAY, ActionStatus.PAUSED, ActionStatus.CLOSED)


@transaction.atomic
def generate_promises(*, promises: int, news: int, board: BoardPage, by: Any, today: date) -> int:
    """Make promises of a board, each with news. Returns how many pages were made.

    Args:
        promises: how many.
        news: how many updates each has; at least one.
        board: whose promises they are.
        by: who makes them.
        today: none is dated later.
    """
    pattern = make_promise(board=board, by=by, news=news, today=today)
    leads: list[int | None] = [*Organisation.objects.values_list("pk", flat=True)[:20]] or [None]
    for first in range(1, promises, AT_A_TIME):
        copying = PromiseCopying(pattern, by, leads)
        for number in range(first, min(first + AT_A_TIME, promises)):
            copying.add(number)
        copying.insert()
    Page.objects.filter(pk=pattern.get_parent().pk).update(numchild=models.F("numchild") + promises - 1)
    Counter.objects.filter(scope=pattern.reference_scope()).update(last=models.F("last") + promises - 1)
    return promises * (1 + news)


def make_promise(*, board: BoardPage, by: Any, news: int, today: date) -> ActionPage:
    """The promise that is copied, with its news a week apart, published through the operations that people use."""
    first = today - timedelta(days=DAYS + 7 * (news + 1))
    at = datetime.combine(first, time(9), UTC)
    action = ActionPage(
        title="Generated promise",
        slug=f"{board.code}-promise".lower(),
        board=board,
        promise="We will do it.",
        first_due_on=today - timedelta(days=DAYS // 2),
        due_set_by="the board",
        due_set_on=first,
        workstream=WorkstreamPage.objects.live().first(),
    )
    made: ActionPage = add_record(parent=ProgressIndexPage.objects.get(), page=action, by=by, at=at, publish=True)
    for number in range(1, news + 1):
        update = ProgressUpdatePage(
            title=f"Generated news {number}",
            date=first + timedelta(weeks=number),
            what_changed="Something.",
            status=ActionStatus.UNDER_WAY,
        )
        add_record(parent=made, page=update, by=by, at=at + timedelta(weeks=number), publish=True)
    return ActionPage.objects.get(pk=made.pk)


class PromiseCopying(Copying):
    """Copies of one promise and its news."""

    def __init__(self, action: ActionPage, by: Any, leads: list[int | None]) -> None:
        super().__init__(None, by)  # type: ignore[arg-type]
        self.action = action
        self.leads = leads
        self.originals = list(Page.objects.descendant_of(action, inclusive=True).order_by("path").specific())

    @property
    def chained_below(self) -> Any:
        """The promise that is copied."""
        return self.action

    def add(self, number: int) -> None:
        """Take in copy `number`, some days later than the pattern."""
        naming = replace(Naming.of(self.action, number), later=timedelta(days=number % DAYS))
        status = STATUSES[number % len(STATUSES)]
        references: dict[str, str] = {}
        for original in self.originals:
            copy = self._copied(original, naming, references)
            if isinstance(copy, ActionPage):
                self._vary(copy, naming.later, status, number)
            else:
                copy.date += naming.later
                if original is self.originals[-1]:
                    copy.status, copy.reason = status, "As planned."
            self.records.append(copy)

    def _vary(self, copy: ActionPage, later: timedelta, status: ActionStatus, number: int) -> None:
        """Let the copy stand where its last news says."""
        copy.status = status
        copy.lead_organisation_id = self.leads[number % len(self.leads)]
        for name in ("first_due_on", "due_on", "last_news_on", "next_news_on"):
            setattr(copy, name, getattr(copy, name) + later)
        if status in CLOSED_STATUSES:
            copy.confidence, copy.next_news_on = "", None
