"""Dates that count from the day the demonstration is made, so that it always looks current. Pure."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Europe/London")
_DAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_DATE = re.compile(r"([+-]\d{1,3})w (mon|tue|wed|thu|fri|sat|sun)(?: (\d\d):(\d\d))?")
_USUAL_TIME = time(10, 0)


def moment(text: str, today: date) -> datetime:
    """A moment such as `-104w thu 14:00`: the Thursday of the week that is 104 weeks before this one, at 2pm in London.

    Weeks start on a Monday, so a record falls on the same day of the week whenever the demonstration is made.

    Args:
        text: weeks before or after, a day of the week, and a time; 10:00 where none is given.
        today: the day the demonstration is made.

    Raises:
        ValueError: the text is no such date.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a date such as '-104w thu 14:00'.")
    weeks, name, hours, minutes = found.groups()
    monday = today - timedelta(days=today.weekday())
    on = monday + timedelta(weeks=int(weeks), days=_DAYS[name])
    at = time(int(hours), int(minutes)) if hours else _USUAL_TIME
    return datetime.combine(on, at, PLACE)


def day(text: str, today: date) -> date:
    """The day of a moment."""
    return moment(text, today).date()


def in_words(on: date) -> str:
    """A day as minutes write it: `5 December 2024`, in English whatever the machine's language."""
    months = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    return f"{on.day} {months[on.month - 1]} {on.year}"
