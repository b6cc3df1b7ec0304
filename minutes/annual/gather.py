"""What an annual report says, gathered from the live records of a board. Only what is public is read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils import timezone

from governance.models import ActionPage, BoardPage, Point, ProgressUpdatePage, SuitabilityReview, WorkshopPage
from governance.numbering import reference_slug, year_span
from governance.progress import News
from minutes import public_record
from minutes.annual.attendance import Presences, Seat, sums
from minutes.annual.content import (
    OUTCOMES,
    AnnualContent,
    Answers,
    AttendanceLine,
    MeetingLine,
    PromiseGroup,
    PromiseLine,
    ResolutionLine,
    ServiceLine,
    WorkshopLine,
)
from minutes.annual.promises import Promise, outcomes
from minutes.clock_facts import rule_book
from minutes.enums import NOT_HELD, LinkKind, QuestionState
from minutes.legal_clock import RuleBook, notice_given
from minutes.models import Attendance, MeetingPage, PublicQuestion, ResolutionPage

RESOLUTIONS_NAMED = 300
PROMISES_NAMED = 100
"""How many of each outcome: the others are counted, and the progress page has them all."""
"""How many promises of one outcome, and how many resolutions, are named; the rest are counted."""
SHOWN = (
    *("path", "reference", "title", "first_published_at", "first_due_on", "is_agreed", "news_every_weeks"),
    *("lead_role", "lead_organisation__name"),
)
"""What the report reads of an action."""
NEWS = ("key", "date", "status", "confidence", "new_due_on", "date_reason", "date_agreed_by", "next_news_on", "corrects")


@dataclass
class Year:
    """A board's year as it is gathered.

    Attributes:
        until: the last day of the year, or the day of the report while it lasts.
    """

    board: BoardPage
    label: str
    first: date
    last: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of the year to its last, or to that of the day of the report."""
        first, after = (timezone.make_aware(datetime.combine(day, time.min)) for day in (self.first, self.until))
        return first, after + timedelta(days=1)

    def meetings(self) -> list[MeetingPage]:
        """The live meetings of the year, oldest first."""
        first, after = self.moments
        meetings = MeetingPage.objects.child_of(self.board).live().filter(starts_at__gte=first, starts_at__lt=after)
        return list(meetings.order_by("starts_at", "path"))

    def actions(self) -> QuerySet[ActionPage]:
        """The board's live actions that were public by the end of it."""
        public = ActionPage.objects.live().filter(board=self.board, first_published_at__lt=self.moments[1])
        return public.select_related("lead_organisation").only(*SHOWN).order_by("first_published_at", "path")

    def below_actions(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Pages directly below the board's actions."""
        above = Substr("path", 1, Length("path") - ActionPage.steplen)
        return rows.annotate(above=above).filter(above__in=self.actions().order_by().values("path"))


def gather(board: BoardPage, year: str, today: date) -> AnnualContent:
    """Everything the report of a board's year says, as the records stand on a day.

    Raises:
        ValueError: the board has no such year.
    """
    first, last = year_span(year, board.year_starts_in)
    span = Year(board, year, first, last, min(last, today))
    every = span.meetings()
    meetings = [meeting for meeting in every if meeting.status not in NOT_HELD]
    resolved = resolutions_of(meetings)
    book = rule_book(board)
    made, groups = promises_of(span)
    return AnnualContent(
        board_name=board.title,
        board_code=board.code,
        council_name=board.organisation.name if board.organisation else "",
        year=year,
        starts_on=first,
        ends_on=last,
        as_at=today,
        is_over=last < today,
        address=reverse("annual_report", args=[board.code, year]),
        language="en-GB",
        notice_days=board.notice_days,
        called_off=len(every) - len(meetings),
        meetings=tuple(meeting_line(meeting, book) for meeting in meetings),
        resolved=len(resolved),
        resolutions=tuple(resolved[:RESOLUTIONS_NAMED]),
        made=made,
        promises=groups,
        attendance=attendance_of(span, meetings),
        services=services_of(span),
        workshops=workshops_of(span),
        points=points_of(span),
        questions=questions_of(meetings),
    )


def address(reference: str | None) -> str:
    """The permanent address of a reference on this site."""
    return reverse("reference", args=[reference_slug(reference)]) if reference else ""


def meeting_line(meeting: MeetingPage, book: RuleBook) -> MeetingLine:
    """One meeting. An agenda that was entered after the meeting says nothing of the notice given."""
    out, days = meeting.agenda_published_at, None
    if out is not None and out < meeting.starts_at:
        days = notice_given(book, timezone.localdate(out), meeting.day).number
    return MeetingLine(
        day=meeting.day,
        title=meeting.title,
        address=address(meeting.reference),
        clear_days=days,
        in_time=days is not None and days >= book.notice_days,
        short_notice_reason=meeting.short_notice_reason,
    )


def resolutions_of(meetings: list[MeetingPage]) -> list[ResolutionLine]:
    """What was adopted at these meetings, in their order, with what it ordered."""
    if not meetings:
        return []
    days = {meeting.path: meeting.day for meeting in meetings}
    length = len(meetings[0].path)
    adopted = ResolutionPage.objects.live().filter(adopted_at__isnull=False).annotate(top=Substr("path", 1, length))
    rows = sorted(adopted.filter(top__in=list(days)).order_by("path"), key=lambda row: days[row.path[:length]])
    links = public_record.links_of(rows)
    return [
        ResolutionLine(
            reference=row.reference or "",
            text=row.full_text,
            day=days[row.path[:length]],
            address=address(row.reference),
            actions=tuple(link.action.reference or "" for link in links.get(row.pk, []) if link.kind == LinkKind.ORDERS),
        )
        for row in rows
    ]


def promises_of(year: Year) -> tuple[int, tuple[PromiseGroup, ...]]:
    """How many promises were made in the year, and what had become of every one that was not over before it."""
    actions = {action.path: action for action in year.actions()}
    promises = [_promise(path, action) for path, action in actions.items()]
    stood = outcomes(promises, _news(year), first=year.first, until=year.until)
    new = {promise.key for promise in promises if promise.made_on >= year.first}
    groups = []
    for outcome in OUTCOMES:
        paths = [path for path in actions if stood.get(path) == outcome]
        lines = tuple(_promise_line(actions[path], path in new) for path in paths[:PROMISES_NAMED])
        groups.append(PromiseGroup(outcome=outcome, total=len(paths), lines=lines))
    return len(new), tuple(groups)


def _promise(path: str, action: ActionPage) -> Promise:
    assert action.first_published_at is not None  # noqa: S101 (asked for as a condition)
    return Promise(
        key=path,
        made_on=timezone.localdate(action.first_published_at),
        first_due_on=action.first_due_on,
        is_agreed=action.is_agreed,
        news_every_weeks=action.news_every_weeks,
    )


def _promise_line(action: ActionPage, is_new: bool) -> PromiseLine:
    return PromiseLine(
        reference=action.reference or "",
        title=action.title,
        address=address(action.reference),
        lead=action.lead_organisation.name if action.lead_organisation else action.lead_role,
        is_new=is_new,
    )


def _news(year: Year) -> dict[str, list[News]]:
    columns = ("path", "pk", *NEWS[1:])
    updates = year.below_actions(ProgressUpdatePage.objects.live().filter(date__lte=year.until)).order_by("path")
    found: dict[str, list[News]] = defaultdict(list)
    for path, *values in updates.values_list(*columns):
        found[path[: -ActionPage.steplen]].append(News(**dict(zip(NEWS, values, strict=True))))
    return found


def attendance_of(year: Year, meetings: list[MeetingPage]) -> tuple[AttendanceLine, ...]:
    """The sums of each organisation."""
    return attendance_at(year.board, meetings)


def attendance_at(board: BoardPage, meetings: list[MeetingPage]) -> tuple[AttendanceLine, ...]:
    """The sums of each organisation over some meetings of a board, in two queries."""
    days = {meeting.pk: meeting.day for meeting in meetings}
    rows = Attendance.objects.public().filter(meeting__in=list(days)).select_related("person__organisation")
    seats = board.memberships.public().select_related("organisation")
    return sums(
        [Presences(days[row.meeting_id], row.presence, row.person_id, _employer(row)) for row in rows],
        [
            Seat(seat.person_id, seat.organisation.name if seat.organisation else "", seat.from_date, seat.to_date)
            for seat in seats
        ],
    )


def _employer(row: Attendance) -> str:
    return row.person.organisation.name if row.person and row.person.organisation else ""


def services_of(year: Year) -> tuple[ServiceLine, ...]:
    """The services that the organisations on the board looked at in the year."""
    seats = year.board.memberships.public().filter(from_date__lte=year.until)
    sitting = seats.filter(Q(to_date=None) | Q(to_date__gte=year.first)).values("organisation")
    reviews = SuitabilityReview.objects.public().filter(reviewed_on__range=(year.first, year.until))
    reviews = reviews.filter(service__organisation__in=sitting).select_related("service__organisation")
    return tuple(
        ServiceLine(
            service=review.service.name, organisation=review.service.organisation.name, verdict=review.get_verdict_display()
        )
        for review in reviews.order_by("service__organisation__name", "service__name")
    )


def workshops_of(year: Year) -> tuple[WorkshopLine, ...]:
    """The workshops of the board's actions that took place in the year."""
    first, after = year.moments
    held = WorkshopPage.objects.live().filter(starts_at__gte=first, starts_at__lt=min(after, timezone.now()))
    return tuple(
        WorkshopLine(
            title=workshop.title,
            day=timezone.localdate(workshop.starts_at),
            address=address(workshop.reference),
            came=workshop.came,
        )
        for workshop in year.below_actions(held).order_by("starts_at", "path")
    )


def points_of(year: Year) -> Answers:
    """The points that people raised about the board's meetings and actions in the year."""
    raised = Point.objects.public().filter(raised_on__range=(year.first, year.until)).values_list("about__path", "answered_on")
    actions = set(year.actions().order_by().values_list("path", flat=True))
    found = [
        answered
        for path, answered in raised
        if path.startswith(year.board.path) or path in actions or path[: -ActionPage.steplen] in actions
    ]
    return Answers(raised=len(found), answered=sum(answered is not None for answered in found))


def questions_of(meetings: list[MeetingPage]) -> Answers:
    """The questions that the public put to these meetings."""
    rows = PublicQuestion.objects.public().settled().filter(meeting__in=[meeting.pk for meeting in meetings])
    states = list(rows.values_list("state", flat=True))
    return Answers(raised=len(states), answered=states.count(QuestionState.ANSWERED))
