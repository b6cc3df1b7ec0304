"""What waits to be done about what meetings leave behind: questions, replies, private business, follow-ups, reports of authors."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.models import BoardPage, Removal, RemovalKind
from governance.needs_doing import MOST_OF_A_SOURCE, Need, Worker
from minutes.enums import ADOPTING_OUTCOMES, NOT_HELD, UPCOMING, PaperState, QuestionState
from minutes.legal_clock import publish_by
from minutes.models import AgendaItemPage, FollowUp, Paper, PublicQuestion, RestrictedPart
from minutes.needs_of_meetings import LONGEST_NOTICE, books_of, meetings_of
from minutes.restriction import RestrictionState

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


def private_business_to_review(worker: Worker) -> Iterator[Need]:
    """Items taken in private whose day has come to be looked at again."""
    rows = AgendaItemPage.objects.filter(exempt_ground__isnull=False, exempt_review_on__lte=worker.until)
    rows = rows.exclude(pk__in=RestrictedPart.objects.values("item"))
    for item in _below(rows, worker.publishes_for.values()).order_by("exempt_review_on", "path")[:_SHOWN]:
        yield Need(
            words=_("See whether “%(item)s” can be public now") % {"item": item.title},
            about=_board_title(item, worker.publishes_for.values()),
            address=reverse("wagtailadmin_pages:edit", args=[item.pk]),
            due_on=item.exempt_review_on,
        )


def restrictions_to_review(worker: Worker) -> Iterator[Need]:
    """Parts not for publication whose day has come to be looked at again, and those whose motion was not carried."""
    items = _below(AgendaItemPage.objects.all(), worker.publishes_for.values()).values("pk")
    lost = Q(motion__live=True) & ~Q(motion__outcome__in=ADOPTING_OUTCOMES)
    rows = RestrictedPart.objects.filter(Q(review_on__lte=worker.until) | lost, item__in=items, state=RestrictionState.IN_FORCE)
    for part in rows.select_related("item", "motion").order_by("review_on", "pk")[:_SHOWN]:
        is_lost = part.motion is not None and part.motion.live and not part.motion.is_carried
        words = (
            _("Release or defer “%(item)s”: the motion to exclude was not carried")
            if is_lost
            else _("See whether “%(item)s” can be released")
        )
        yield Need(
            words=words % {"item": part.item.title},
            about=_board_title(part.item, worker.publishes_for.values()),
            address=reverse("restricted_part", args=[part.item_id]),
            due_on=None if is_lost else part.review_on,
        )


def moves_to_carry_out(worker: Worker) -> Iterator[Need]:
    """Words that somebody else asked to be moved to the part of an item that is not for publication."""
    items = _below(AgendaItemPage.objects.all(), worker.publishes_for.values()).values("pk")
    rows = Removal.objects.filter(page__in=items, kind=RemovalKind.RESTRICT, settled_at=None).exclude(asked_by=worker.user)
    for row in rows.select_related("page").order_by("asked_at", "pk")[:_SHOWN]:
        yield Need(
            words=_("See which words are to be moved out of public view"),
            about=_board_title(row.page, worker.publishes_for.values()),
            address=reverse("restrict", args=[row.page_id]),
        )


def follow_ups_due(worker: Worker) -> Iterator[Need]:
    """Small administrative actions that are due."""
    items = _below(AgendaItemPage.objects.all(), worker.writes_for.values()).values("pk")
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
    private_business_to_review,
    restrictions_to_review,
    moves_to_carry_out,
    follow_ups_due,
    own_reports_due,
)


def _below(items: QuerySet[AgendaItemPage], boards: Iterable[BoardPage]) -> QuerySet[AgendaItemPage]:
    """Those on agendas of these boards."""
    found = Q(pk__in=[])
    for board in boards:
        found |= Q(path__startswith=board.path)
    return items.filter(found)


def _board_title(item: Page, boards: Iterable[BoardPage]) -> str:
    return next(board.title for board in boards if item.path.startswith(board.path))
