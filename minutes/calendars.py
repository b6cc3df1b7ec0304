"""Meetings as a calendar that phones and computers follow (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from governance.models import BoardPage
from minutes.enums import NOT_HELD
from minutes.models import MeetingPage
from minutes.packs.addresses import address
from minutes.packs.gather import plain

LONDON = ZoneInfo("Europe/London")
"""Where the boards of UK public bodies meet."""
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
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add_component(_time_in_london())
    for meeting, board in meetings:
        calendar.add_component(event_of(meeting, board))
    return calendar.to_ical()


def _time_in_london() -> Timezone:
    """Summer and winter time by rule, the last Sundays of March and October at 1am UTC (Summer Time Order 2002).

    By rule and not as a list of days, which some calendars take for the one or the other throughout.
    """
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for part, name, start, before, after, month in (
        (TimezoneDaylight(), "BST", datetime(1970, 3, 29, 1), 0, 1, 3),
        (TimezoneStandard(), "GMT", datetime(1970, 10, 25, 2), 1, 0, 10),
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def event_of(meeting: MeetingPage, board: BoardPage | None) -> Event:
    """One meeting as an event. Its UID is for ever; what changed is told by its sequence."""
    changed = (meeting.calendar_changed_at or meeting.first_published_at or meeting.starts_at).astimezone(UTC)
    event = Event()
    event.add("uid", f"{meeting.translation_key}")
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", _shown(meeting.starts_at))
    event.add("dtend", _shown(meeting.ends_at or meeting.starts_at + USUAL_LENGTH))
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


def _shown(moment: datetime) -> datetime:
    """By the clock in London; in the hour that comes twice its second half in UTC, because a calendar takes the first (RFC 5545, 3.3.5)."""
    local = moment.astimezone(LONDON)
    return local.astimezone(UTC) if local.fold else local
