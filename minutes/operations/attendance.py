"""Who was at a meeting: recorded, changed and taken back line by line until its minutes are confirmed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent, Membership, Person
from governance.operations.ledger import enter
from minutes.enums import Presence
from minutes.models import Attendance, MeetingPage
from minutes.models.rooms import seats_at
from minutes.policies import check_takes_minutes
from minutes.quorum import CAME

ITEMS = ("arrived_item", "left_item", "chaired_from_item", "chaired_until_item")


@transaction.atomic
def record_attendance(
    *, meeting: MeetingPage, rows: Iterable[Attendance], by: Any, at: datetime | None = None
) -> list[Attendance]:
    """Record who was there, sent apologies or stood in for another: all rows or none.

    Args:
        rows: attendances that are not saved yet; their meeting is set here.

    Raises:
        Refused: the meeting's minutes are confirmed, or it was never held.
        ValidationError: a person is named twice, or a field is missing.
    """
    check_takes_minutes(meeting)
    recorded = []
    for row in rows:
        row.meeting = meeting
        _check_line(row)
        row.full_clean()
        row.save()
        recorded.append(row)
    note = _("Attendance recorded: %(number)s") % {"number": len(recorded)}
    enter(page=meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
    return recorded


@transaction.atomic
def set_presence(
    *,
    meeting: MeetingPage,
    by: Any,
    presence: str,
    line: Attendance | None = None,
    person: Person | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Attendance:
    """Record that somebody was there or was not, or change what is recorded of them.

    Args:
        presence: one of `Presence`.
        line: what is recorded already; without it, the line of the person is looked for, and made where there is none.
        person: who; somebody who is in no register is named by `name` alone.
        fields: further columns of the line, such as `substitute_for`, `arrived_item` or `remotely`.

    Raises:
        Refused: the minutes are confirmed, or what is said cannot be.
        ValidationError: a field is missing, or somebody leaves before they arrive.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_takes_minutes(meeting)
    row = line or _line_of(meeting, person) or Attendance(meeting=meeting, person=person)
    if row.meeting_id != meeting.pk:
        raise Refused(_("That line is of another meeting."))
    is_new = row.pk is None
    row.meeting, row.presence = meeting, presence
    if is_new and person is not None:
        row.name = named(person)
        row.votes = _votes(meeting, person, fields.get("substitute_for"))
    for name, value in fields.items():
        setattr(row, name, value)
    _leave_out_what_cannot_be(row)
    _check_line(row)
    row.full_clean()
    row.save()
    enter(page=meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=str(row))
    return row


@transaction.atomic
def remove_presence(*, line: Attendance, by: Any, at: datetime | None = None) -> None:
    """Take back a line that should not be there. The ledger keeps that it was.

    Raises:
        Refused: the minutes are confirmed.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=line.meeting_id)
    check_takes_minutes(meeting)
    note = _("Taken out of the attendance: %(line)s") % {"line": line}
    line.delete()
    enter(page=meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)


def named(person: Person) -> str:
    """Name and role as minutes have it."""
    return f"{person}, {person.role}" if person.role else str(person)


def _line_of(meeting: MeetingPage, person: Person | None) -> Attendance | None:
    return Attendance.objects.filter(meeting=meeting, person=person).first() if person is not None else None


def _votes(meeting: MeetingPage, person: Person, substitute_for: Person | None) -> bool:
    """Whether the seat that somebody sits in has a vote."""
    seats = seats_at(meeting).filter(person=substitute_for or person)
    return any(seat.votes for seat in seats)


def _leave_out_what_cannot_be(row: Attendance) -> None:
    """Who was not there as a member presided over nothing, came and went at no item, and stood in for nobody."""
    if row.presence not in CAME:
        row.presided = False
        row.remotely = row.remotely and row.presence in {Presence.IN_ATTENDANCE, Presence.OBSERVER}
    if row.presence in {Presence.APOLOGIES, Presence.ABSENT}:
        row.arrived_item = row.left_item = None
        row.arrived_at_item = row.left_at_item = ""
    if not row.presided:
        row.chaired_from_item = row.chaired_until_item = None
    if row.presence != Presence.SUBSTITUTE:
        row.substitute_for, row.in_place_of = None, ""


def _check_line(row: Attendance) -> None:
    """Refuse what the board's rules or plain sense forbid.

    Raises:
        Refused: in words.
    """
    for name in ITEMS:
        item = getattr(row, name)
        if item is not None and not item.is_child_of(row.meeting):
            raise Refused(_("“%(item)s” is not on the agenda of this meeting.") % {"item": item})
    first, last = row.chaired_from_item, row.chaired_until_item
    if first and last and last.position < first.position:
        raise Refused(_("The chair cannot be given back before it was taken."))
    if row.presence == Presence.SUBSTITUTE:
        _check_substitute(row)
    elif row.presence in CAME and row.person_id:
        stands_in = Attendance.objects.filter(meeting=row.meeting, substitute_for=row.person_id).first()
        if stands_in is not None:
            words = {"member": row.name, "substitute": stands_in.name}
            raise Refused(_("%(substitute)s stands in for %(member)s. The seat has one vote: change that line first.") % words)


def _check_substitute(row: Attendance) -> None:
    if not row.substitute_for_id and not row.in_place_of.strip():
        raise Refused(_("Say which member %(name)s stands in for.") % {"name": row.name})
    seats = list(seats_at(row.meeting))
    if _sits(seats, row.person_id) and not row.meeting.board.members_may_substitute:
        raise Refused(
            _("%(name)s is a member, so cannot also stand in for another: one person has one vote.") % {"name": row.name}
        )
    if not row.substitute_for_id:
        return
    words = {"member": row.substitute_for}
    if not _sits(seats, row.substitute_for_id):
        raise Refused(_("%(member)s had no seat on this board on that day.") % words)
    if Attendance.objects.filter(meeting=row.meeting, person=row.substitute_for_id, presence__in=CAME).exists():
        raise Refused(_("%(member)s is recorded as present, so nobody stands in for them.") % words)


def _sits(seats: Iterable[Membership], person: int | None) -> bool:
    return person is not None and any(seat.person_id == person for seat in seats)
