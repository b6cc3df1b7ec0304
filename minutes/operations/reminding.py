"""Reports that their authors owe before the agenda goes out, for the one mechanism that reminds."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.models import BoardPage, Person, PreparationStep
from governance.reminders import Due
from minutes.clock_facts import rule_books
from minutes.enums import UPCOMING, PaperKind, PaperState
from minutes.legal_clock import RuleBook, publish_by
from minutes.models import MeetingPage, Paper
from minutes.preparation import due_on


def reports_owed(today: date) -> Iterator[Due]:
    """Reports that are still to follow, due with the last step of the board's rule book, or on the last day for the agenda."""
    ahead = MeetingPage.objects.live().filter(status__in=UPCOMING, starts_at__date__gte=today)
    meetings = {meeting.path: meeting for meeting in ahead}
    boards = {board.path: board for board in BoardPage.objects.all()}
    books = rule_books(boards.values())
    last = {step.board_id: step for step in PreparationStep.objects.order_by("-days_before", "pk")}
    wanted = Paper.objects.filter(state=PaperState.TO_FOLLOW, kind=PaperKind.REPORT).select_related("item")
    addresses = dict(Person.objects.exclude(email="").order_by("-pk").values_list("name", "email"))
    for paper in wanted.order_by("pk"):
        meeting = meetings.get(paper.item.path[: -paper.item.steplen])
        if meeting is not None:
            board = boards[meeting.path[: -meeting.steplen]].pk
            yield _due(paper, meeting, _due_on(meeting, books[board], last.get(board)), addresses)


def _due_on(meeting: MeetingPage, book: RuleBook, last: PreparationStep | None) -> date:
    """The day of the last step of the board's rule book, else the last day for the agenda."""
    return due_on(last, book, meeting.day) if last else publish_by(book, meeting.day)


def _due(paper: Paper, meeting: MeetingPage, due_by: date, addresses: dict[str, str]) -> Due:
    author = paper.item.report_author
    where = absolute(meeting.get_url())
    words = {"meeting": " ".join(meeting.title.split()), "address": where}
    return Due(
        key=f"report:{paper.pk}",
        what=_("the report “%(title)s”") % {"title": " ".join(paper.title.split())},
        due_on=due_by,
        since=timezone.localdate(meeting.first_published_at),
        who=author or _("Nobody has been named yet."),
        email=addresses.get(author, ""),
        about=paper.item_id,
        text=_("It is for “%(meeting)s”, in time for its agenda: %(address)s") % words,
    )
