"""Who is reminded of what, and when: before it is due, on the day, and once after. Pure: no queries, no clock, no mail."""

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import timedelta

MOMENTS: dict[str, timedelta] = {"before": timedelta(days=-7), "on": timedelta(0), "after": timedelta(days=7)}
LAPSES = timedelta(days=6)
"""A moment that was missed for longer is let go: nobody is reminded of last year's dates because the worker stood still."""


@dataclass(frozen=True)
class Due:
    """Something that somebody owes by a day.

    Attributes:
        key: names the thing that is due for ever, such as `request:12`.
        what: what is due, such as “news of home care”.
        due_on: by when.
        since: when it was asked for; nobody is reminded on that day or before.
        who: who owes it, in words.
        email: where a reminder goes; empty when no address is known.
        about: the key of the record it is about.
        text: what the reminder says after its first sentence, which goes with the moment.
        link: the key of the partner's link that the reminder carries, where there is one.
    """

    key: str
    what: str
    due_on: datetime.date
    since: datetime.date
    who: str
    email: str = ""
    about: int | None = None
    text: str = ""
    link: int | None = None


@dataclass(frozen=True)
class Reminder:
    """One reminder of something due, at one of its moments."""

    due: Due
    moment: str

    @property
    def key(self) -> str:
        """Names this reminder for ever, so that it is never sent twice. A date that moves has its own reminders."""
        return f"reminder:{self.due.key}:{self.due.due_on.isoformat()}:{self.moment}"


def moment_of(due: Due, today: datetime.date) -> str:
    """The latest moment that has come and not lapsed; empty when there is none."""
    come = [name for name, after in MOMENTS.items() if _has_come(due, after, today)]
    return come[-1] if come else ""


def plan(dues: Iterable[Due], *, today: datetime.date, sent: Container[str]) -> list[Reminder]:
    """The reminders to send today: at most one for each thing due, and none that was sent before.

    Args:
        dues: everything that is still owed.
        sent: the keys of reminders sent so far.
    """
    found = (Reminder(due, moment) for due in dues if due.email and (moment := moment_of(due, today)))
    return [reminder for reminder in found if reminder.key not in sent]


def unreachable(dues: Iterable[Due], *, today: datetime.date) -> list[Due]:
    """What is owed soon or late by somebody without an e-mail address: for democratic services to ask by other means."""
    return sorted(
        (due for due in dues if not due.email and due.due_on + MOMENTS["before"] <= today),
        key=lambda due: (due.due_on, due.key),
    )


def _has_come(due: Due, after: timedelta, today: datetime.date) -> bool:
    on = due.due_on + after
    return due.since < on <= today <= on + LAPSES
