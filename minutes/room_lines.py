"""The lines of the page “Who is in the room”: every member of the board on that day, then everybody else who came."""

from dataclasses import dataclass
from typing import Any

from governance.models import Membership
from minutes.models import Attendance, MeetingPage
from minutes.models.rooms import seats_at


@dataclass(frozen=True)
class Line:
    """A seat, with what is recorded of the member and of who stands in for them; without a seat, somebody else who came."""

    seat: Membership | None = None
    row: Attendance | None = None
    substitute: Attendance | None = None

    @property
    def key(self) -> str:
        """Its place on the page."""
        return f"seat-{self.seat.pk}" if self.seat else f"line-{self.row.pk if self.row else ''}"


def lines_of(meeting: MeetingPage) -> tuple[list[Line], list[Line]]:
    """The members' lines and the others', in two queries however many there are."""
    rows = list(Attendance.objects.filter(meeting=meeting.pk).with_items())
    by_person = {row.person_id: row for row in rows if row.person_id}
    stand_ins = {row.substitute_for_id: row for row in rows if row.substitute_for_id}
    seats: dict[int, Any] = {}
    for seat in seats_at(meeting):
        seats.setdefault(seat.person_id, seat)
    members = [Line(seat, by_person.get(person), stand_ins.get(person)) for person, seat in seats.items()]
    others = [Line(row=row) for row in rows if row.person_id not in seats]
    return members, others
