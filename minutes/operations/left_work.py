"""Work whose row is the job: what a dead worker left, and what no worker was told of, is taken up again.

A worker gives its row a sign of life at each step. A row that is at work, or waits, and has had none for the length of a lease was
left by a worker that is no more, or its task was lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from governance.waking import wake

LEASE = timedelta(minutes=10)
TRIES = 3
"""How many workers may die over one row: whatever ended them would end the next."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One sort of work, by the columns of its rows.

    Attributes:
        name: how its worker is woken.
        rows: the class of its rows, each with the columns `heartbeat_at` and `failure`.
        state: the column that says how far a row is.
        waiting, at_work, failed: what stands there.
        asked_at: the column that says since when a row waits.
        tries: the column that counts how often a row was taken up.
        given_up: why a row failed that ended its worker too often.
    """

    name: str
    rows: type[models.Model]
    state: str
    waiting: str
    at_work: str
    failed: str
    asked_at: str
    tries: str
    given_up: Any


@transaction.atomic
def take_up_left(work: Work, *, at: datetime | None = None) -> int:
    """Put rows that a dead worker left back into the queue, and wake a worker for them and for those whose task was lost.

    Returns:
        How many rows were left.
    """
    now = at or timezone.now()
    silent = Q(heartbeat_at__lt=now - LEASE)
    never_begun = Q(heartbeat_at=None, **{f"{work.asked_at}__lt": now - LEASE})
    open_rows = work.rows._default_manager.filter(**{f"{work.state}__in": [work.waiting, work.at_work]})
    left = open_rows.filter(silent | never_begun).order_by("pk").select_for_update()
    found = list(left.values_list("pk", work.state, work.tries))
    over = [key for key, state, tries in found if state == work.at_work and tries >= TRIES]
    again = [key for key, _state, _tries in found if key not in over]
    named = work.rows._default_manager.filter
    named(pk__in=over).update(**{work.state: work.failed, "failure": str(work.given_up), "heartbeat_at": None})
    # The waking is a sign of life too: a long queue is not woken for at every sweep.
    named(pk__in=again).update(**{work.state: work.waiting, "heartbeat_at": now})
    for key in again:
        wake(work.name, key)
    return len(found)
