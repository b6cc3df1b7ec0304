"""Many promises with much news for the bench, by the bulk path.

They differ in status, date and lead, so that every filter and drawing has something to count, and each says of itself what its
news says.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from governance.enums import ActionStatus
from governance.models import ActionPage, BoardPage, Organisation, ProgressUpdatePage, WorkstreamPage
from governance.operations.bulk.batch import Batch
from governance.operations.bulk.promises import NewPromises

AT_A_TIME = 250
"""Promises that are held in memory before they are written."""
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
    leads: list[int | None] = [*Organisation.objects.values_list("pk", flat=True)[:20]] or [None]
    workstream = WorkstreamPage.objects.live().first()
    for first in range(0, promises, AT_A_TIME):
        batch = Batch(board=board, by=by)
        new = NewPromises(batch, [_slug(board)])
        for number in range(first, min(first + AT_A_TIME, promises)):
            day = today - timedelta(days=DAYS + 7 * (news + 1)) + timedelta(days=number % DAYS)
            action = _promise(board, workstream, leads[number % len(leads)], day)
            new.add(action, _moment(day))
            for week in range(1, news + 1):
                status = STATUSES[number % len(STATUSES)] if week == news else ActionStatus.UNDER_WAY
                update = _news(week, day + timedelta(weeks=week), status)
                new.add_news(action, update, _moment(update.date))
        batch.write()
    return promises * (1 + news)


def _slug(board: BoardPage) -> str:
    return f"{board.code}-promise".lower()


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _promise(board: BoardPage, workstream: WorkstreamPage | None, lead: int | None, day: date) -> ActionPage:
    set_by = {"lead_organisation_id": lead, "lead_set_by": "the board", "lead_set_on": day} if lead else {}
    return ActionPage(
        title="Generated promise",
        slug=_slug(board),
        board=board,
        promise="We will do it.",
        first_due_on=day + timedelta(days=DAYS // 2),
        due_set_by="the board",
        due_set_on=day,
        workstream=workstream,
        **set_by,
    )


def _news(number: int, day: date, status: ActionStatus) -> ProgressUpdatePage:
    ended = (
        {"difference": "none", "how_known": "They were asked.", "look_again_on": day + timedelta(days=365)}
        if status == ActionStatus.COMPLETED
        else {}
    )
    said = {"title": f"Generated news {number}", "what_changed": "Something.", "reason": "As planned."}
    return ProgressUpdatePage(date=day, status=status, **said, **ended)
