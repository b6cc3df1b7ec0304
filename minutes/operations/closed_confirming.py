"""Confirming the closed minute of an item, in the closed part of a meeting: as read, or with the corrections made there."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.confirming import check_confirms_at
from minutes.models import ClosedConfirmation, MeetingPage, RestrictedPart
from minutes.operations.minuting import boards_that_confirm
from minutes.operations.restricted_papers import held_part


@transaction.atomic
def confirm_closed_minute(
    *,
    part: RestrictedPart,
    minute: str,
    confirmed_on: date,
    seen: int,
    by: Any,
    at_meeting: MeetingPage | None = None,
    presided_by: str = "",
    at: datetime | None = None,
) -> ClosedConfirmation:
    """Confirm the closed minute of an item. It is final then; as it was before, it is kept beside it, sealed too.

    The public is told the day, and nothing of the words. The minutes that are public are confirmed apart, before or after.

    Args:
        minute: the words that were confirmed: those there are, or with what the meeting put right.
        confirmed_on: the day.
        seen: the version of the part that the writer had before them.
        at_meeting: the meeting that agreed it; none where that is not kept in this system.
        presided_by: who presided there and signs.

    Raises:
        Refused: there is no closed minute, it is confirmed or released already, somebody wrote meanwhile, the day is to come, or the
            meeting cannot have confirmed it.
        CannotOpen: no key opens it.
    """
    at, part = at or timezone.now(), held_part(part)
    _check_confirmable(part, seen)
    words = part.words()
    if not words.minute.strip():
        raise Refused(_("There is no closed minute of this item."))
    if not minute.strip():
        raise Refused(_("Leave the words that were confirmed: a closed minute is not taken away."))
    _check_when(part, at_meeting, confirmed_on, timezone.localdate(at))
    corrected = minute.strip() != words.minute.strip()
    confirmation = ClosedConfirmation(
        part=part,
        is_corrected=corrected,
        at_meeting=at_meeting,
        presided_by=presided_by.strip(),
        confirmed_on=confirmed_on,
        at=at,
        by=by,
    )
    confirmation.keep_draft(words.minute)
    confirmation.save(force_insert=True)
    if corrected:
        part.keep(replace(words, minute=minute.strip()))
        part.version += 1
        part.written_at, part.written_by = at, by
        part.save(update_fields=["sealed", "version", "written_at", "written_by"])
    note = _("Closed minute confirmed on %(day)s") % {"day": confirmed_on.isoformat()}
    enter(page=part.item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=note)
    return confirmation


def confirmation_of_part(part: RestrictedPart) -> ClosedConfirmation | None:
    """The confirmation of the closed minute of a part, if it was confirmed."""
    return ClosedConfirmation.objects.filter(part=part).select_related("part", "at_meeting", "by").first()


def _check_confirmable(part: RestrictedPart, seen: int) -> None:
    if not part.is_in_force:
        raise Refused(_("These words are released, so they are final."))
    if ClosedConfirmation.objects.filter(part=part).exists():
        raise Refused(_("The closed minute of this item is confirmed already."))
    if part.version != seen:
        raise Refused(_("Somebody else wrote this part meanwhile. Open it in another window, and put both together."))


def _check_when(part: RestrictedPart, at_meeting: MeetingPage | None, confirmed_on: date, today: date) -> None:
    meeting = part.item.meeting
    if confirmed_on > today or confirmed_on < meeting.day:
        raise Refused(_("Give the day on which it was confirmed: not before its meeting, and not to come."))
    if at_meeting is not None:
        boards = {board.path for board in boards_that_confirm(meeting)}
        check_confirms_at(meeting, at_meeting, boards=boards, on=today)
