"""What an annual report says, as plain values: kept as JSON beside its file, shown on the public page and printed from the same.

Pure: no queries and no models. Whoever fills these has already decided what the public may see.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Self, get_args, get_origin, get_type_hints

OUTCOMES = ("kept", "late", "open", "ended")
"""What became of a promise by the end of the year: done, its date passed, still open, closed without completion or handed on."""


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """One meeting and the notice that was given of it.

    Attributes:
        clear_days: between the publication of its agenda and the meeting; None where that is not recorded.
        in_time: whether that was as many as the board's rule asks.
        short_notice_reason: why it was fewer, in the board's words.
    """

    day: date
    title: str
    address: str
    clear_days: int | None
    in_time: bool
    short_notice_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ResolutionLine:
    """One resolution with the references of the actions it ordered."""

    reference: str
    text: str
    day: date
    address: str
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """One promise. `is_new` says that it was made in this year."""

    reference: str
    title: str
    address: str
    lead: str
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class PromiseGroup:
    """The promises of one outcome: how many, and the first of them by name."""

    outcome: str
    total: int
    lines: tuple[PromiseLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttendanceLine:
    """How often the members of one organisation came, sent apologies or were absent; no organisation where none is recorded."""

    organisation: str
    attended: int
    apologies: int
    absent: int


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """One service that an organisation looked at, and what it judged."""

    service: str
    organisation: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class WorkshopLine:
    """One workshop. `came` is None where nobody wrote down how many came."""

    title: str
    day: date
    address: str
    came: int | None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """How many points or questions there were, and how many have their answer."""

    raised: int
    answered: int

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return self.raised - self.answered


@dataclass(frozen=True, kw_only=True)
class AnnualContent:
    """One board's year.

    Attributes:
        as_at: the day the records were read.
        is_over: whether the year had ended by then.
        notice_days: how many clear days the board's rule asks.
        called_off: meetings that were postponed or cancelled.
        resolved: how many resolutions were adopted; `resolutions` are the first of them.
        made: how many promises were made in the year.
        promises: those of the year and those still open from earlier ones, by outcome.
    """

    board_name: str
    board_code: str
    council_name: str
    year: str
    starts_on: date
    ends_on: date
    as_at: date
    is_over: bool
    address: str
    language: str
    notice_days: int
    called_off: int
    meetings: tuple[MeetingLine, ...]
    resolved: int
    resolutions: tuple[ResolutionLine, ...]
    made: int
    promises: tuple[PromiseGroup, ...]
    attendance: tuple[AttendanceLine, ...]
    services: tuple[ServiceLine, ...]
    workshops: tuple[WorkshopLine, ...]
    points: Answers
    questions: Answers

    @property
    def in_time(self) -> int:
        """Meetings whose agenda was out as early as the board's rule asks."""
        return sum(meeting.in_time for meeting in self.meetings)

    @property
    def notice_unrecorded(self) -> int:
        """Meetings of which the records do not say when the agenda was out."""
        return sum(meeting.clear_days is None for meeting in self.meetings)

    @property
    def short_notice(self) -> int:
        """Meetings whose agenda was out later than the board's rule asks."""
        return len(self.meetings) - self.in_time - self.notice_unrecorded

    @property
    def came(self) -> int:
        """How many people came to workshops, as far as it is recorded. Somebody who came twice counts twice."""
        return sum(workshop.came or 0 for workshop in self.workshops)

    @property
    def came_unrecorded(self) -> int:
        """Workshops of which nobody wrote down how many came."""
        return sum(workshop.came is None for workshop in self.workshops)

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says but the day it was read: the same content is not printed twice."""
        said = json.dumps(replace(self, as_at=self.starts_on).plain(), sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it: days as text."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self), default=date.isoformat))
        return kept

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """The content that was kept.

        Raises:
            KeyError: it was kept by another version of this class.
        """
        found = _read(cls, plain)
        assert isinstance(found, cls)  # noqa: S101 (of the class it was asked for)
        return found


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _read(hints[field.name], value[field.name]) for field in fields(kind)})
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in value)
    return date.fromisoformat(value) if kind is date else value
