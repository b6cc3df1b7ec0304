"""How a board kept to its own rule book in a year: notice, agenda, draft minutes and confirmation of every meeting."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import BoardPage
from minutes.clock_facts import facts_of, rule_book
from minutes.enums import NOT_HELD
from minutes.legal_clock import Duty, MeetingFacts, RuleBook, clock, notice_given
from minutes.models import MeetingPage


@dataclass(frozen=True)
class ComplianceLine:
    """One meeting. Days that are not known are None.

    Attributes:
        needed: clear days by the board's rule.
        notice_days, agenda_days: clear days there were; None where it was not published before the meeting.
        in_time: whether both were as many as needed.
        reason: why there were fewer, in the board's words.
        minutes_due: the target for the draft minutes.
    """

    day: date
    meeting: str
    reference: str
    needed: int
    notice_on: date | None
    notice_days: int | None
    agenda_on: date | None
    agenda_days: int | None
    in_time: bool
    reason: str
    minutes_due: date | None
    minutes_on: date | None
    confirmed_on: date | None


def headings() -> list[str]:
    """The columns in words, in the order of the fields of a line."""
    return [
        _("Day"),
        _("Meeting"),
        _("Reference"),
        _("Clear days needed"),
        _("Notice posted"),
        _("Clear days of notice"),
        _("Agenda published"),
        _("Clear days of agenda"),
        _("In time"),
        _("Why it was shorter"),
        _("Draft minutes due"),
        _("Draft minutes published"),
        _("Minutes confirmed"),
    ]


def cells(line: ComplianceLine) -> list[Any]:
    """The values of a line as a spreadsheet takes them."""
    values = [getattr(line, field.name) for field in fields(line)]
    return [(_("Yes") if value else _("No")) if isinstance(value, bool) else value for value in values]


def compliance(board: BoardPage, first: date, last: date, today: date) -> list[ComplianceLine]:
    """Every public meeting of a board that was to be held between two days and no later than today; none called off.

    The number of queries is the same for five meetings and for fifty.
    """
    start = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(min(last, today), time.max))
    rows = MeetingPage.objects.child_of(board).live().filter(starts_at__range=(start, end)).exclude(status__in=NOT_HELD)
    meetings = list(rows.order_by("starts_at"))
    book, facts = rule_book(board), facts_of(board, meetings)
    return [_line(meeting, book, facts[meeting.pk]) for meeting in meetings]


def _line(meeting: MeetingPage, book: RuleBook, facts: MeetingFacts) -> ComplianceLine:
    due = {duty.name: duty for duty in clock(book, facts)}
    notice, agenda = _days(book, facts.notice_on, facts.day), _days(book, facts.agenda_on, facts.day)
    minutes: Duty | None = due.get("draft minutes")
    return ComplianceLine(
        day=facts.day,
        meeting=meeting.title,
        reference=meeting.reference or "",
        needed=book.notice_days,
        notice_on=facts.notice_on,
        notice_days=notice,
        agenda_on=facts.agenda_on,
        agenda_days=agenda,
        in_time=all(days is not None and days >= book.notice_days for days in (notice, agenda)),
        reason=meeting.short_notice_reason,
        minutes_due=minutes.due_on if minutes else None,
        minutes_on=facts.minutes_on,
        confirmed_on=facts.confirmed_on,
    )


def _days(book: RuleBook, published: date | None, day: date) -> int | None:
    return None if published is None or published >= day else notice_given(book, published, day).number
