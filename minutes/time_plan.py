"""When each item of an agenda is to start, from the minutes planned for those before it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Planned:
    """When one item is to start.

    Attributes:
        starts_at: the time, in the zone of the meeting's start.
        is_certain: whether every item before it has its minutes; else it starts then at the earliest.
    """

    starts_at: datetime
    is_certain: bool


@dataclass(frozen=True)
class TimePlan:
    """The plan of a whole agenda.

    Attributes:
        items: in the order of the agenda.
        ends_at: when the last one ends.
        over: by how much that is after the planned end of the meeting; None where it is not, or no end is planned.
        unplanned: how many items have no minutes.
    """

    items: tuple[Planned, ...]
    ends_at: datetime
    over: timedelta | None
    unplanned: int


def time_plan(starts_at: datetime, minutes: Sequence[int | None], ends_at: datetime | None = None) -> TimePlan:
    """The plan of an agenda.

    Args:
        starts_at: when the meeting starts, with its time zone.
        minutes: the minutes planned for each item, in order; None where none are.
        ends_at: the planned end of the meeting.
    """
    now, certain = starts_at.astimezone(UTC), True
    items = []
    for planned in minutes:
        items.append(Planned(now.astimezone(starts_at.tzinfo), certain))
        certain = certain and planned is not None
        # Counted in UTC, so that a meeting across the change of the clocks lasts as long as it lasts.
        now += timedelta(minutes=planned or 0)
    over = now - ends_at.astimezone(UTC) if ends_at else timedelta(0)
    return TimePlan(
        items=tuple(items),
        ends_at=now.astimezone(starts_at.tzinfo),
        over=over if over > timedelta(0) else None,
        unplanned=sum(planned is None for planned in minutes),
    )
