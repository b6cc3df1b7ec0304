"""What is known of meetings that are kept in bulk: plain values, read or made up before anything is written. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from minutes.proposal import Proposal


@dataclass(frozen=True)
class ToldNews:
    """One update of an action.

    Attributes:
        at: when it was published.
        says: its columns.
    """

    at: datetime
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Promised:
    """What is known of the action that a clause starts, beyond the words of the clause.

    Attributes:
        says: columns of the action.
        news: its updates, the oldest first.
    """

    says: Mapping[str, Any] = field(default_factory=dict)
    news: tuple[ToldNews, ...] = ()


@dataclass(frozen=True)
class UnderstoodMinute:
    """The minute of one item.

    Attributes:
        source: the text as it came.
        promised: by the place of the clause, from 0.
    """

    proposal: Proposal
    source: str
    file_name: str = ""
    promised: Mapping[int, Promised] = field(default_factory=dict)


@dataclass(frozen=True)
class UnderstoodMeeting:
    """A meeting of a board with its minutes in the order of its agenda.

    Attributes:
        at: when all of it became public.
        says: further columns of the meeting.
    """

    day: date
    at: datetime
    minutes: tuple[UnderstoodMinute, ...]
    says: Mapping[str, Any] = field(default_factory=dict)
