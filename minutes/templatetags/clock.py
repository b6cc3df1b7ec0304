"""What pages say of dates and notice: `{% load clock %}`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from governance.enums import DayCounting
from governance.gathering import rows_of
from governance.models import BoardPage
from governance.remembering import once
from governance.seldom_filled import is_empty
from minutes.clock_facts import rule_book
from minutes.deadlines import CountedDay, working
from minutes.enums import UPCOMING
from minutes.legal_clock import NoticeGiven, notice_given, publish_by
from minutes.models import AgendaItemPage, FormerDate, MeetingPage

register = template.Library()


@dataclass(frozen=True)
class NoticeOfMeeting:
    """What the public reads of the notice of a meeting.

    Attributes:
        given: how much there was; None while there is none, or where it was entered after the meeting.
        needed: clear days by the board's rule.
        rule: how the board counts, in words.
        publish_by: the last day for it, of a meeting still to be held without notice; else None.
        is_past: whether that day has passed.
        days: the working.
    """

    given: NoticeGiven | None
    needed: int
    rule: str
    publish_by: date | None = None
    is_past: bool = False
    days: tuple[CountedDay, ...] = ()


@register.simple_tag
def notice_of(meeting: MeetingPage) -> NoticeOfMeeting:
    """The notice of a meeting in its board's own way of counting."""
    return once(meeting, "notice of meeting", lambda: _notice_of(meeting, timezone.localdate()))


def _notice_of(meeting: MeetingPage, today: date) -> NoticeOfMeeting:
    book = rule_book(meeting.board)
    rule = str(DayCounting(book.counting.rule).label)
    out = meeting.notice_published_at or meeting.agenda_published_at
    if out is not None and out < meeting.starts_at:
        given = notice_given(book, timezone.localdate(out), meeting.day)
        return NoticeOfMeeting(given, book.notice_days, rule, days=given.days)
    if out is None and meeting.status in UPCOMING:
        by = publish_by(book, meeting.day)
        return NoticeOfMeeting(None, book.notice_days, rule, by, today > by, working(by, meeting.day, book.counting))
    return NoticeOfMeeting(None, book.notice_days, rule)


@register.simple_tag
def former_dates_of(meeting: MeetingPage) -> list[FormerDate]:
    """When it was announced for before it moved, oldest first."""
    return rows_of(meeting, "former_dates") if meeting.pk else []


@register.simple_tag
def business_of(meeting: MeetingPage) -> list[AgendaItemPage]:
    """The public items of its agenda in their order, without what came of them."""
    items = AgendaItemPage.objects.child_of(meeting).live().select_related("exempt_ground")
    return list(items.order_by("position", "path"))


@register.simple_tag
def joint_boards_of(meeting: MeetingPage) -> list[BoardPage]:
    """The public boards that hold the meeting jointly with the one it stands under."""
    return once(meeting, "joint boards", lambda: _joint_boards_of(meeting))


def _joint_boards_of(meeting: MeetingPage) -> list[Any]:
    if not meeting.pk or is_empty(meeting, "joint_boards"):
        return []
    return list(BoardPage.objects.live().filter(joint_meetings__meeting=meeting.pk).order_by("title"))
