"""Dates and standings in the words of public pages. Pure: takes records and the day, asks nothing."""

from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import CLOSED_STATUSES, ActionStatus, Confidence
from governance.progress import is_late, news_is_late


class Stands(Protocol):
    """What the sentences read of an action."""

    status: str
    confidence: str
    first_due_on: date | None
    due_on: date | None
    due_words: str
    date_moves: int
    last_news_on: date | None
    next_news_on: date | None


def day_in_full(day: date | datetime) -> str:
    """Such as “Thursday 8 October 2026”."""
    return date_format(_local(day), "l j F Y")


def day(day: date | datetime) -> str:
    """Such as “8 October 2026”."""
    return date_format(_local(day), "j F Y")


def near_day(day: date, today: date) -> str:
    """A day as people say it: without the year while that is the present one."""
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def clock(moment: datetime) -> str:
    """A time as people say it: “2pm”, “2.30pm”, “noon”, “midnight”."""
    local = timezone.localtime(moment)
    if local.minute == 0 and local.hour in {0, 12}:
        return _("noon") if local.hour else _("midnight")
    half = _("am") if local.hour < 12 else _("pm")
    minutes = f".{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{half}"


def period(starts_at: datetime, ends_at: datetime | None) -> str:
    """From when to when, such as “2pm to 4.30pm”."""
    if ends_at is None:
        return clock(starts_at)
    return _("%(from)s to %(to)s") % {"from": clock(starts_at), "to": clock(ends_at)}


def status_words(action: Stands) -> str:
    """The status as a sentence: “Under way.”"""
    return f"{ActionStatus(action.status).label}."


def confidence_words(action: Stands) -> str:
    """How sure the lead is, as a sentence: “At risk.” Empty when nobody has said, while work has stopped, or when it is over."""
    if not action.confidence or action.status in CLOSED_STATUSES | {ActionStatus.PAUSED}:
        return ""
    return f"{Confidence(action.confidence).label}."


def news_words(action: Stands, today: date) -> str:
    """When people last heard and when they will: “Last update 3 November; next one by 8 December.”"""
    last, following = action.last_news_on, action.next_news_on
    words = {"last": near_day(last, today) if last else "", "next": near_day(following, today) if following else ""}
    if following is None or news_is_late(following, action.status, today):
        return _("Last update %(last)s.") % words if last else _("No update yet.")
    if last:
        return _("Last update %(last)s; next one by %(next)s.") % words
    return _("No update yet; the first is due by %(next)s.") % words


def late_news_words(action: Stands, today: date) -> str:
    """That people should have heard by now: “News is late by 12 days.” Empty when it is not."""
    if action.next_news_on is None or not news_is_late(action.next_news_on, action.status, today):
        return ""
    late = (today - action.next_news_on).days
    return ngettext("News is late by %(days)s day.", "News is late by %(days)s days.", late) % {"days": late}


def due_words(action: Stands, today: date) -> str:
    """By when it is to be done, and whether it is late: nothing without a date is late."""
    if action.due_on is None:
        return _("As agreed: “%(words)s”.") % {"words": action.due_words} if action.due_words else ""
    words = {"date": day(action.due_on)}
    if action.status in CLOSED_STATUSES:
        return _("It was due by %(date)s.") % words
    if is_late(action.due_on, action.status, today):
        late = (today - action.due_on).days
        return ngettext("This is late by %(days)s day.", "This is late by %(days)s days.", late) % {"days": late}
    return _("Due by %(date)s.") % words


def moves_words(moves: int) -> str:
    """How often the date has moved: “The date has moved twice.” Empty when it never has."""
    if not moves:
        return ""
    if moves <= 2:
        return _("The date has moved twice.") if moves == 2 else _("The date has moved once.")
    return _("The date has moved %(moves)s times.") % {"moves": moves}


def as_sentence(words: str) -> str:
    """Words as somebody typed them, with a full stop unless they end with a mark of their own. Empty stays empty."""
    words = words.strip()
    return words if not words or words[-1] in ".!?…" else f"{words}."


def listed(names: list[str]) -> str:
    """Names as a sentence lists them: “a, b and c”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _local(day: Any) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
