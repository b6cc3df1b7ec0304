"""What waits for a person who works in the admin: each app adds what it knows of, and the home of the admin lists it by date."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from wagtail.permissions import policy_registry

from governance.models import BoardPage, Organisation
from governance.registering import Additions

Answer = TypeVar("Answer")
AHEAD = timedelta(days=28)
"""What is due later than this is not shown yet."""
MOST_OF_A_SOURCE = 25
"""So many of one kind are shown; there may be more."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing to do.

    Attributes:
        words: what, beginning with a verb.
        about: what it concerns, such as a board or a meeting.
        address: where it is done, in the admin.
        due_on: by when; None where nothing says so.
    """

    words: str
    about: str
    address: str
    due_on: date | None = None


class Worker:
    """A person at work on one day. What they may do is asked for once, whatever the number of sources.

    Args:
        user: the person.
        today: the day, in London.
    """

    def __init__(self, user: Any, today: date) -> None:
        self.user, self.today = user, today
        self.until = today + AHEAD
        self._remembered: dict[str, Any] = {}

    def once(self, question: str, ask: Callable[[], Answer]) -> Answer:
        """What several sources want to know, asked for once.

        Args:
            question: names it among all that is asked.
            ask: asks the database.
        """
        if question not in self._remembered:
            self._remembered[question] = ask()
        answer: Answer = self._remembered[question]
        return answer

    @cached_property
    def writes_for(self) -> dict[int, BoardPage]:
        """The boards whose records the person changes, by key."""
        return self._boards("change")

    @cached_property
    def publishes_for(self) -> dict[int, BoardPage]:
        """The boards for which the person makes things public, by key."""
        return self._boards("publish")

    @cached_property
    def reports_for(self) -> dict[int, BoardPage]:
        """The boards whose agendas the person offers items and papers for, by key."""
        return self._boards("report")

    @cached_property
    def answers_for(self) -> list[Organisation]:
        """The partner organisations for which the person reports."""
        return list(Organisation.objects.filter(contributors__user=self.user.pk).order_by("name").distinct())

    def _boards(self, right: str) -> dict[int, BoardPage]:
        found = policy_registry.get_by_type(BoardPage).instances_user_has_permission_for(self.user, right)
        return BoardPage.objects.in_bulk(list(found.values_list("pk", flat=True)))


Source = Callable[[Worker], Iterable[Need]]


@dataclass(frozen=True)
class WhatNeedsDoing:
    """A person's list.

    Attributes:
        late: what was due before today, the longest overdue first.
        ahead: what is due within four weeks.
        waiting: what has no date.
        more: whether there is more of some kind than is shown.
    """

    late: list[Need]
    ahead: list[Need]
    waiting: list[Need]
    more: bool


_sources: Additions[Source] = Additions("is asked")
register = _sources.add
"""Add a source."""


def needs_of(user: Any, today: date) -> WhatNeedsDoing:
    """What waits for a person."""
    worker = Worker(user, today)
    found: list[Need] = []
    more = False
    for source in _sources:
        of_source = list(source(worker))
        more = more or len(of_source) > MOST_OF_A_SOURCE
        found += of_source[:MOST_OF_A_SOURCE]
    dated = sorted((need for need in found if need.due_on), key=lambda need: (need.due_on or today, need.about, need.words))
    return WhatNeedsDoing(
        late=[need for need in dated if need.due_on and need.due_on < today],
        ahead=[need for need in dated if need.due_on and need.due_on >= today],
        waiting=[need for need in found if need.due_on is None],
        more=more,
    )
