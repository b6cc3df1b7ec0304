"""One timeline for the whole chain of an action. Each app adds the events it knows of; none needs to know the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.registering import Additions


@dataclass(frozen=True)
class Event:
    """Something that happened on the way from agenda item to outcome.

    Attributes:
        on: the day it happened.
        kind: the sort of event, in the reader's words.
        title: what happened.
        url: where it can be read; empty when it has no page of its own.
        summary: a sentence or two.
        rank: puts events of one day in the order of the chain.
    """

    on: date
    kind: str
    title: str
    url: str = ""
    summary: str = ""
    rank: int = 0


Source = Callable[[Any], Iterable[Event]]
_sources: Additions[Source] = Additions("is on the timeline")
register = _sources.add
"""Add a source of events."""


def timeline(action: Any) -> list[Event]:
    """Every public event of an action's chain, latest first."""
    events = [event for source in _sources for event in source(action)]
    return sorted(events, key=lambda event: (event.on, event.rank), reverse=True)
