"""What an agenda gets from the board's template, its work programme and its earlier meetings, shown before any of it is made. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from governance.enums import Purpose, StandingKind
from minutes.agenda_order import Kind, Line
from minutes.enums import MeetingKind

# An extraordinary meeting takes only the business it was called for, and no minutes are confirmed at it (LGA 1972, Schedule 12,
# paragraph 41). A workshop decides nothing, so nobody declares interests.
TAKEN_AT: dict[str, frozenset[StandingKind]] = {
    MeetingKind.ORDINARY: frozenset(StandingKind),
    MeetingKind.ANNUAL: frozenset(StandingKind),
    MeetingKind.EXTRAORDINARY: frozenset({StandingKind.WELCOME, StandingKind.INTERESTS, StandingKind.BUSINESS}),
    MeetingKind.WORKSHOP: frozenset({StandingKind.WELCOME, StandingKind.BUSINESS}),
}


@dataclass(frozen=True)
class Wanted:
    """One line that an agenda should have.

    Attributes:
        source: where it comes from: `standing`, `minutes`, `entry`, `yearly` or `section`.
        key: of the row it comes from; of a heading its words.
        title: as it is printed.
        section: the heading it stands below; empty for none.
        line: the line of the agenda that it is already; None while it has to be made.
    """

    source: str
    key: str
    title: str
    kind: str = StandingKind.OTHER
    purpose: str = Purpose.INFORMATION
    section: str = ""
    minutes_planned: int | None = None
    line: Line | None = None

    @property
    def name(self) -> str:
        """What a form calls it."""
        return f"{self.source}-{self.key}"


def wanted(
    template: Sequence[Wanted], *, meeting_kind: str, minutes: Sequence[Wanted], business: Sequence[Wanted]
) -> list[Wanted]:
    """What an agenda should have, in the order of the template.

    Args:
        template: the board's standing items.
        meeting_kind: one of `MeetingKind`.
        minutes: the minutes that are to be confirmed: in the place of that row, else before everything.
        business: from the work programme and the business of the year: in the place of that row, else after everything.
    """
    taken = TAKEN_AT[meeting_kind]
    kinds = {row.kind for row in template}
    confirmed = minutes if StandingKind.MINUTES in taken else ()
    found: list[Wanted] = [] if StandingKind.MINUTES in kinds else list(confirmed)
    for row in template:
        if row.kind not in taken:
            continue
        if row.kind == StandingKind.MINUTES:
            found += [
                replace(each, section=row.section, minutes_planned=row.minutes_planned, purpose=row.purpose)
                for each in confirmed
            ]
        elif row.kind == StandingKind.BUSINESS:
            found += [replace(each, section=row.section) for each in business]
        else:
            found.append(row)
    return found if StandingKind.BUSINESS in kinds else [*found, *business]


def with_headings(rows: Iterable[Wanted], there: dict[str, Line]) -> list[Wanted]:
    """The same with a heading before the first line of each section.

    Args:
        there: the headings that the agenda has, by their words.
    """
    found: list[Wanted] = []
    headings: set[str] = set()
    for row in rows:
        if row.section and row.section not in headings:
            headings.add(row.section)
            found.append(Wanted("section", row.section, row.section, line=there.get(row.section)))
        found.append(row)
    return found


def put_in_place(now: Sequence[Line], rows: Sequence[tuple[Line, bool]]) -> list[Line]:
    """The order of an agenda once new lines are in it: each after the one before it in the template, the rest as it was.

    Args:
        now: the order without the new lines.
        rows: the lines of the template that are on the agenda, in its order, each with whether it is new.
    """
    order = list(now)
    before: Line | None = None
    for line, is_new in rows:
        if is_new:
            place = 0 if before is None else _end_of(order, before)
            order.insert(place, line)
        before = line if line in order else before
    return order


def _end_of(order: list[Line], line: Line) -> int:
    """The place after a line and after the parts of an item."""
    place = order.index(line) + 1
    while place < len(order) and order[place].kind == Kind.PART:
        place += 1
    return place
