"""What waits to be done about meetings: agendas, papers and minutes to publish, minutes to confirm, decisions that wait, failed packs."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.models import BoardPage
from governance.needs_doing import MOST_OF_A_SOURCE, Need, Worker
from minutes.clock_facts import rule_books
from minutes.enums import (
    NOT_SETTLED,
    OPEN_PACKS,
    UPCOMING,
    MeetingKind,
    MeetingStatus,
    PackState,
    PaperState,
    ResolutionStanding,
)
from minutes.legal_clock import RuleBook, draft_minutes_by, publish_by
from minutes.models import MeetingPage, Pack, Paper, ResolutionPage
from minutes.operations.paper_requests import latest_requests

_SHOWN = MOST_OF_A_SOURCE + 1
LONGEST_NOTICE = timedelta(days=60)
"""No board's clear days of notice take longer than this, whatever bank holidays fall into them."""
CONFIRMING = frozenset({MeetingKind.ORDINARY, MeetingKind.ANNUAL})
"""Minutes are confirmed at such a meeting, never at an extraordinary one (Local Government Act 1972, Schedule 12, paragraph 41)."""


def agendas_to_publish(worker: Worker) -> Iterator[Need]:
    """Meetings ahead whose agenda is not public yet, by the last day that gives clear notice."""
    ahead = meetings_of(worker.publishes_for.values()).filter(
        status=MeetingStatus.SCHEDULED, starts_at__date__range=(worker.today, worker.until + LONGEST_NOTICE)
    )
    books = books_of(worker)
    for meeting in ahead.order_by("starts_at")[:_SHOWN]:
        last_day = publish_by(books[_board(meeting, worker.publishes_for.values()).pk], meeting.day)
        if last_day <= worker.until:
            yield _of_meeting(meeting, worker.publishes_for, _("Publish the agenda of %(meeting)s"), last_day)


def papers_to_follow(worker: Worker) -> Iterator[Need]:
    """Papers of agendas ahead that have not come, by the day they were asked for, else by that on which the agenda goes out."""
    ahead = meetings_of(worker.writes_for.values()).filter(
        status__in=UPCOMING, starts_at__date__range=(worker.today, worker.until + LONGEST_NOTICE)
    )
    meetings = {meeting.path: meeting for meeting in ahead}
    awaited = Paper.objects.filter(state=PaperState.TO_FOLLOW).annotate(meeting_path=_above("item__path"))
    found = (
        awaited.filter(meeting_path__in=meetings).select_related("item").order_by("meeting_path", "item__position", "position")
    )
    books, awaited_now = books_of(worker), list(found[:_SHOWN])
    asked = latest_requests(awaited_now)
    for paper in awaited_now:
        meeting = meetings[paper.item.path[: -Page.steplen]]
        board = _board(meeting, worker.writes_for.values())
        yield Need(
            words=_("Get the paper “%(paper)s”") % {"paper": paper},
            about=f"{board.title}, {meeting.title}",
            address=reverse("meeting_reports", args=[meeting.pk]),
            due_on=asked[paper.pk].due_on if paper.pk in asked else publish_by(books[board.pk], meeting.day),
        )


def meetings_to_record(worker: Worker) -> Iterator[Need]:
    """Meetings whose day has passed: say whether they took place, then publish their minutes."""
    past = meetings_of(worker.publishes_for.values()).filter(
        starts_at__date__lt=worker.today, status__in=[*UPCOMING, MeetingStatus.HELD, MeetingStatus.INQUORATE]
    )
    books = books_of(worker)
    for meeting in past.order_by("starts_at")[:_SHOWN]:
        if meeting.status in UPCOMING:
            yield _of_meeting(meeting, worker.publishes_for, _("Say whether %(meeting)s took place"))
        else:
            target = draft_minutes_by(books[_board(meeting, worker.publishes_for.values()).pk], meeting.day)
            yield _of_meeting(meeting, worker.publishes_for, _("Publish the draft minutes of %(meeting)s"), target)


def minutes_to_confirm(worker: Worker) -> Iterator[Need]:
    """Draft minutes, by the next meeting that can confirm them."""
    ahead = Q(status__in=UPCOMING, kind__in=CONFIRMING, starts_at__date__gte=worker.today)
    both = (
        meetings_of(worker.publishes_for.values()).filter(Q(status=MeetingStatus.DRAFT_MINUTES) | ahead).order_by("starts_at")
    )
    drafts, following = [], dict[str, date]()
    for meeting in both:
        if meeting.status == MeetingStatus.DRAFT_MINUTES:
            drafts.append(meeting)
        else:
            following.setdefault(_board_path(meeting), timezone.localdate(meeting.starts_at))
    for meeting in drafts[:_SHOWN]:
        words = _("Have the minutes of %(meeting)s confirmed")
        yield _of_meeting(meeting, worker.publishes_for, words, following.get(_board_path(meeting)))


def packs_to_build(worker: Worker) -> Iterator[Need]:
    """The latest pack of a meeting ahead where it could not be built, and issued packs that are out of date with no newer on its way."""
    of_boards = Pack.objects.filter(meeting__in=meetings_of(worker.writes_for.values()).values("pk"))
    asked_for = Q(meeting__status__in=UPCOMING) | Q(state__in=OPEN_PACKS) | Q(out_of_date_since__isnull=False)
    packs = of_boards.filter(asked_for).select_related("meeting").defer("layout", "contents")
    latest: dict[int, Pack] = {}
    coming: set[tuple[Any, ...]] = set()
    stale: dict[tuple[Any, ...], Pack] = {}
    for pack in packs.order_by("asked_at", "pk"):
        latest[pack.meeting_id] = pack
        series = (pack.meeting_id, pack.kind, pack.audience, pack.edition, pack.item_id)
        if pack.state in OPEN_PACKS:
            coming.add(series)
        elif pack.state == PackState.ISSUED and pack.out_of_date_since is not None:
            stale[series] = pack
    for pack in latest.values():
        if pack.state == PackState.FAILED and pack.meeting.status in UPCOMING:
            yield _of_pack(pack, _("Look why the pack could not be built"))
    for series, pack in stale.items():
        if series not in coming:
            yield _of_pack(pack, _("Build %(pack)s again: the records have changed since") % {"pack": pack.reference})


def decisions_that_wait(worker: Worker) -> Iterator[Need]:
    """Recommendations that another body has not answered, and decisions that were called in and are not settled."""
    below = Q(pk=None)
    for board in worker.publishes_for.values():
        below |= Q(path__startswith=board.path)
    adopted = ResolutionPage.objects.live().filter(below, standing=ResolutionStanding.ADOPTED)
    waiting = adopted.filter(Q(answer_to_recommendation="") & ~Q(recommended_to="") | Q(call_in__in=NOT_SETTLED))
    for row in waiting.order_by("adopted_at", "path")[:_SHOWN]:
        is_called_in = row.call_in in NOT_SETTLED
        words = _("Record what came of the call-in") if is_called_in else _("Record the answer of %(body)s")
        yield Need(
            words=words % {"body": row.recommended_to},
            about=row.reference or row.title,
            address=reverse("record_call_in" if is_called_in else "record_answer", args=[row.pk]),
        )


SOURCES = (
    agendas_to_publish,
    papers_to_follow,
    meetings_to_record,
    minutes_to_confirm,
    decisions_that_wait,
    packs_to_build,
)


def books_of(worker: Worker) -> dict[int, RuleBook]:
    """The rule books of all boards that the person has to do with: the days that do not count are asked for once."""
    boards = {**worker.writes_for, **worker.publishes_for, **worker.reports_for}
    return worker.once("rule books", lambda: rule_books(boards.values()))


def meetings_of(boards: Iterable[BoardPage]) -> QuerySet[MeetingPage]:
    """The live meetings of these boards."""
    paths = [board.path for board in boards]
    return MeetingPage.objects.live().annotate(board_path=_above("path")).filter(board_path__in=paths)


def _above(path: str) -> Substr:
    return Substr(path, 1, Length(path) - Page.steplen)


def _board_path(meeting: MeetingPage) -> str:
    return meeting.path[: -Page.steplen]


def _board(meeting: MeetingPage, boards: Iterable[BoardPage]) -> BoardPage:
    return next(board for board in boards if board.path == _board_path(meeting))


def _of_pack(pack: Pack, words: str) -> Need:
    """What to do with a pack, where it is built."""
    return Need(words=words, about=pack.meeting.title, address=reverse("build_pack", args=[pack.meeting_id]))


def _of_meeting(meeting: MeetingPage, boards: dict[int, BoardPage], words: str, due_on: date | None = None) -> Need:
    """What to do with a meeting, where its steps stand."""
    return Need(
        words=words % {"meeting": meeting.title},
        about=_board(meeting, boards.values()).title,
        address=reverse("wagtailadmin_pages:edit", args=[meeting.pk]),
        due_on=due_on,
    )
