"""Posting the notice of a meeting: when, where and by whom is recorded once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.enums import NOT_HELD
from minutes.models import MeetingPage


@transaction.atomic
def post_notice(
    *, meeting: MeetingPage, place: str, by: Any, posted_at: datetime | None = None, at: datetime | None = None
) -> MeetingPage:
    """Record that the notice of a meeting was posted.

    Args:
        place: where, such as “at the council offices and on this site”.
        posted_at: when it was put up; now unless said.

    Raises:
        Refused: the meeting is not public or was called off, the notice was posted before, the place is missing, or
            the time is still to come.
    """
    at = at or timezone.now()
    posted_at = posted_at or at
    row = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not row.live or row.status in NOT_HELD:
        raise Refused(_("A notice is posted of a meeting that is public and takes place."))
    if row.notice_published_at is not None:
        raise Refused(_("The notice of this meeting was posted before."))
    if not place.strip():
        raise Refused(_("Say where the notice was posted."))
    if posted_at > at:
        raise Refused(_("That time is still to come. Record the notice once it is posted."))
    MeetingPage.objects.filter(pk=row.pk).update(
        notice_published_at=posted_at, notice_place=place.strip(), notice_by=by if by is not None and by.pk else None
    )
    enter(page=row, event=LedgerEvent.STATUS, by=by, at=at, note=_("Notice posted: %(place)s") % {"place": place.strip()})
    row.refresh_from_db()
    return row
