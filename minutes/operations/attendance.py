"""Who was at a meeting."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.models import Attendance, MeetingPage
from minutes.policies import check_takes_minutes


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
        row.full_clean()
        row.save()
        recorded.append(row)
    note = _("Attendance recorded: %(number)s") % {"number": len(recorded)}
    enter(page=meeting, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
    return recorded
