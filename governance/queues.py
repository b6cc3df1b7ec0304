"""What waits for a worker: each app says how many of a kind and since when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from governance.registering import NamedAdditions


@dataclass(frozen=True)
class Queue:
    """Things of one kind that wait.

    Attributes:
        number: how many.
        since: when the first of them was due; None where none waits.
    """

    number: int
    since: datetime | None


_queues: NamedAdditions[str, Callable[[], Queue]] = NamedAdditions("is watched")
register = _queues.add
"""Have a queue watched, under the name by which figures and alarms call it."""


def queue_of(waiting: QuerySet[Any], due: str) -> Queue:
    """The queue of some rows.

    Args:
        due: the column that says when each was due.
    """
    found = waiting.order_by().aggregate(number=Count("pk"), since=Min(due))
    return Queue(found["number"], found["since"])


def every_queue() -> dict[str, Queue]:
    """Each queue by its name: one query each."""
    return {name: ask() for name, ask in _queues.items()}
