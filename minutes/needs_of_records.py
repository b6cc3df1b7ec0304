"""What waits to be done about what meetings leave behind: questions, replies, follow-ups, reports of authors."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import BoardPage
from governance.needs_doing import MOST_OF_A_SOURCE, Need, Worker
from minutes.enums import NOT_HELD, UPCOMING, PaperState, QuestionState
from minutes.legal_clock import publish_by
from minutes.models import AgendaItemPage, FollowUp, Paper, PublicQuestion
from minutes.needs_of_meetings import LONGEST_NOTICE, books_of, meetings_of

_SHOWN = MOST_OF_A_SOURCE + 1


def questions_to_settle(worker: Worker) -> Iterator[Need]:
    """What the public sent and nobody has accepted or declined; and what was accepted and, after its meeting, has no answer."""
    boards = worker.publishes_for.values()
    meetings = meetings_of(boards).exclude(status__in=NOT_HELD).values("pk")
    rows = PublicQuestion.objects.filter(meeting__in=meetings, state__in=[QuestionState.RECEIVED, QuestionState.ACCEPTED])
    for question in rows.select_related("meeting").order_by("meeting__starts_at", "pk")[:_SHOWN]:
        day = question.meeting.day
        if question.state == QuestionState.RECEIVED:
            words = _("Accept or decline “%(question)s”")
        elif day < worker.today:
            words = _("Record the answer to “%(question)s”")
        else:
            continue
        short = f"{str(question)[:80]}…" if len(str(question)) > 80 else str(question)
        yield Need(
            words=words % {"question": short},
            about=question.meeting.title,
            address=reverse("question", args=[question.pk]),
            due_on=day,
        )


def replies_owed(worker: Worker) -> Iterator[Need]:
    """Written replies that were promised to people who asked."""
    meetings = meetings_of(worker.publishes_for.values()).values("pk")
    rows = PublicQuestion.objects.filter(meeting__in=meetings, reply_due_on__lte=worker.until, replied_on=None)
    for question in rows.select_related("meeting").order_by("reply_due_on", "pk")[:_SHOWN]:
        yield Need(
            words=_("Send the written reply to %(name)s") % {"name": question.asked_by},
            about=question.meeting.title,
            address=reverse("question", args=[question.pk]),
            due_on=question.reply_due_on,
        )


def follow_ups_due(worker: Worker) -> Iterator[Need]:
    """Small administrative actions that are due."""
    items = below(AgendaItemPage.objects.all(), worker.writes_for.values()).values("pk")
    rows = FollowUp.objects.filter(item__in=items, done_on=None, action=None, due_on__lte=worker.until)
    for row in rows.select_related("item").order_by("due_on", "pk")[:_SHOWN]:
        yield Need(
            words=_("See that this is done: “%(text)s”") % {"text": row.text[:100]},
            about=row.owner or row.item.title,
            address=reverse("minutes_followup_modeladmin_edit", args=[row.pk]),
            due_on=row.due_on,
        )


def own_reports_due(worker: Worker) -> Iterator[Need]:
    """To a report author: the papers of the items that they offered, and that have not come."""
    reports_for = {key: board for key, board in worker.reports_for.items() if key not in worker.writes_for}
    ahead = meetings_of(reports_for.values()).filter(
        status__in=UPCOMING, starts_at__date__range=(worker.today, worker.until + LONGEST_NOTICE)
    )
    meetings = {meeting.path: meeting for meeting in ahead}
    if not meetings:
        return
    awaited = Paper.objects.filter(state=PaperState.TO_FOLLOW, item__owner=worker.user.pk).select_related("item")
    books = books_of(worker)
    for paper in awaited.order_by("item__path", "position")[:_SHOWN]:
        meeting = meetings.get(paper.item.path[: -AgendaItemPage.steplen])
        if meeting is not None:
            board = next(board for board in reports_for.values() if meeting.path.startswith(board.path))
            yield Need(
                words=_("Bring your paper “%(paper)s”") % {"paper": paper},
                about=f"{board.title}, {meeting.title}",
                address=reverse("item_papers", args=[paper.item_id]),
                due_on=publish_by(books[board.pk], meeting.day),
            )


SOURCES = (
    questions_to_settle,
    replies_owed,
    follow_ups_due,
    own_reports_due,
)


def below(items: QuerySet[AgendaItemPage], boards: Iterable[BoardPage]) -> QuerySet[AgendaItemPage]:
    """Those on agendas of these boards."""
    found = Q(pk__in=[])
    for board in boards:
        found |= Q(path__startswith=board.path)
    return items.filter(found)
