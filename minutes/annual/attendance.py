"""How often the members of each organisation came to a board's meetings. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from minutes.annual.content import AttendanceLine
from minutes.enums import Presence

ATTENDED = frozenset({Presence.PRESENT, Presence.REMOTE, Presence.SUBSTITUTE})
COUNTED = {**dict.fromkeys(ATTENDED, "attended"), Presence.APOLOGIES: "apologies", Presence.ABSENT: "absent"}
"""Those in attendance and those who only watch are no members, and are not counted."""


@dataclass(frozen=True)
class Seat:
    """On behalf of whom a person sat on the board, and from when to when."""

    person: int
    organisation: str
    from_date: date
    to_date: date | None


@dataclass(frozen=True)
class Presences:
    """That somebody was at a meeting or was not.

    Attributes:
        person: the person's key, where the record names one.
        organisation: where the person works, when they hold no seat.
    """

    day: date
    presence: str
    person: int | None
    organisation: str


def sums(rows: Iterable[Presences], seats: Iterable[Seat]) -> tuple[AttendanceLine, ...]:
    """The sums of each organisation by name; those whose organisation is not recorded last, without a name."""
    held = list(seats)
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        if row.presence in COUNTED and not _is_missed_by_nobody(row, held):
            counted.setdefault(_behalf_of(row, held), Counter())[COUNTED[Presence(row.presence)]] += 1
    return tuple(
        AttendanceLine(
            organisation=name, attended=numbers["attended"], apologies=numbers["apologies"], absent=numbers["absent"]
        )
        for name, numbers in sorted(counted.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    )


def _is_missed_by_nobody(row: Presences, seats: Iterable[Seat]) -> bool:
    """Whether somebody was away on a day on which they did not sit on the board, though they did before or afterwards."""
    own = [seat for seat in seats if seat.person == row.person]
    return row.presence not in ATTENDED and bool(own) and not any(_is_held(seat, row.day) for seat in own)


def _is_held(seat: Seat, day: date) -> bool:
    return seat.from_date <= day and (seat.to_date is None or day <= seat.to_date)


def _behalf_of(row: Presences, seats: Iterable[Seat]) -> str:
    """The organisation of the seat held on the day, else where the person works."""
    for seat in seats:
        if row.person == seat.person and _is_held(seat, row.day):
            return seat.organisation or row.organisation
    return row.organisation
