"""What calendars need to know of a meeting: how often its time, place or standing changed since it was first public."""

import hashlib
from typing import Any

from django.db.models import F

from governance.models import LedgerEntry
from minutes.calendars import standing_in_calendars
from minutes.models import MeetingPage


def follow_meeting(entry: LedgerEntry, page: Any) -> None:
    """After anything that was done to a public meeting: one more change where its time, place or standing differs.

    Calendars take an event only for newer when this number rises (RFC 5545, 3.8.7.4).
    """
    if not isinstance(page, MeetingPage):
        return
    row = MeetingPage.objects.get(pk=page.pk)
    told = digest_of(row)
    if not row.live or told == row.calendar_digest:
        return
    changed = MeetingPage.objects.filter(pk=row.pk)
    changed.update(calendar_digest=told, calendar_changed_at=entry.at)
    if row.calendar_digest:
        changed.update(calendar_sequence=F("calendar_sequence") + 1)


def digest_of(meeting: MeetingPage) -> str:
    """One text for all that a change of counts."""
    parts = (meeting.starts_at, meeting.ends_at, meeting.venue, standing_in_calendars(meeting), meeting.status_reason)
    return hashlib.sha256(repr([str(part) for part in parts]).encode()).hexdigest()
