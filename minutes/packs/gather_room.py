"""What packs print of who was in the room, the interests declared and the votes by name."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from minutes.enums import Presence
from minutes.models import Attendance, MinutePage
from minutes.public_record import interests_told_with


def attendance_words(row: Attendance) -> str:
    """In what capacity somebody was there, for whom, and from when to when."""
    parts = [
        _("in the chair %(when)s") % {"when": row.took_the_chair_for} if row.presided else "",
        _("in place of %(name)s") % {"name": row.stands_in_for} if row.stands_in_for else "",
        _("joined remotely") if row.remotely or row.presence == Presence.REMOTE else "",
        _("from item %(item)s") % {"item": row.came_at} if row.came_at else "",
        _("until item %(item)s") % {"item": row.went_at} if row.went_at else "",
    ]
    return ", ".join(part.strip() for part in parts if part)


def interest_paragraphs(minute: MinutePage) -> list[str]:
    """The interests declared, a paragraph each."""
    return [format_html("<p>{}</p>", words) for words in interests_told_with(minute)]


def named_votes(minute: MinutePage) -> str:
    """Who voted how, as one sentence; empty where no names are recorded."""
    votes = [f"{row.name}: {row.get_cast_display().lower()}" for row in minute.votes.all()]
    return f"{minute.names_heading}: {'; '.join(votes)}." if votes else ""
