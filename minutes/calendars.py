"""Meetings as a calendar that phones and computers follow (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from icalendar import Calendar, Event

from governance.models import BoardPage
from minutes.enums import NOT_HELD
from minutes.models import MeetingPage
from minutes.packs.gather import address, plain

USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is shown where its planned end is not said."""


def standing_in_calendars(meeting: MeetingPage) -> str:
    """`CANCELLED` for a meeting that does not take place at the time shown, else `CONFIRMED`.

    A postponed one is cancelled at its former time until it is scheduled again; then the same event has the new time.
    """
    return "CANCELLED" if meeting.status in NOT_HELD else "CONFIRMED"


def calendar_of(name: str, meetings: Iterable[tuple[MeetingPage, BoardPage | None]]) -> bytes:
    """A calendar.

    Args:
        name: what calendars call it.
        meetings: live meetings with their boards.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Resolved//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for meeting, board in meetings:
        calendar.add_component(event_of(meeting, board))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event_of(meeting: MeetingPage, board: BoardPage | None) -> Event:
    """One meeting as an event. Its UID is for ever; what changed is told by its sequence."""
    zone = ZoneInfo(settings.TIME_ZONE)
    changed = (meeting.calendar_changed_at or meeting.first_published_at or meeting.starts_at).astimezone(UTC)
    event = Event()
    event.add("uid", f"{meeting.translation_key}")
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", (meeting.ends_at or meeting.starts_at + USUAL_LENGTH).astimezone(zone))
    event.add("summary", _summary(meeting, board))
    event.add("status", standing_in_calendars(meeting))
    event.add("transp", "TRANSPARENT")
    if meeting.venue:
        event.add("location", meeting.venue)
    event.add("description", _description(meeting))
    event.add("url", address(meeting.reference))
    return event


def _summary(meeting: MeetingPage, board: BoardPage | None) -> str:
    name = board.title if board else meeting.title
    if meeting.status not in NOT_HELD:
        return name
    return _("%(state)s: %(board)s") % {"state": meeting.get_status_display(), "board": name}


def _description(meeting: MeetingPage) -> str:
    """Why it does not take place or how to come, and where everything about it is."""
    parts = (meeting.status_reason, plain(meeting.how_to_attend), meeting.webcast, address(meeting.reference))
    return "\n".join(part for part in parts if part)
