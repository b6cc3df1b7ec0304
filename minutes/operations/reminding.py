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
from minutes.models import MeetingPage, Paper, PaperRequest
from minutes.operations.paper_requests import latest_requests
from minutes.preparation import due_on


def reports_owed(today: date) -> Iterator[Due]:
    """Reports that are still to follow, and every other paper that was asked for.

    Each is due when it was asked for, else with the last step of the board's rule book, else on the last day for the agenda.
    """
    ahead = MeetingPage.objects.live().filter(status__in=UPCOMING, starts_at__date__gte=today)
    meetings = {meeting.path: meeting for meeting in ahead}
    boards = {board.path: board for board in BoardPage.objects.all()}
    books = rule_books(boards.values())
    last = {step.board_id: step for step in PreparationStep.objects.order_by("-days_before", "pk")}
    to_follow = list(Paper.objects.filter(state=PaperState.TO_FOLLOW).select_related("item").order_by("pk"))
    by_paper = latest_requests(to_follow)
    addresses = addresses_by_name()
    for paper in to_follow:
        meeting, asked = meetings.get(paper.item.path[: -paper.item.steplen]), by_paper.get(paper.pk)
        if meeting is None:
            continue
        if asked is not None:
            yield _asked(paper, meeting, asked)
        elif paper.kind == PaperKind.REPORT:
            board = boards[meeting.path[: -meeting.steplen]].pk
            yield _due(paper, meeting, due_by(meeting, books[board], last.get(board)), addresses)


def addresses_by_name() -> dict[str, str]:
    """The addresses of people in the register, by their names."""
    return dict(Person.objects.exclude(email="").order_by("-pk").values_list("name", "email"))


def due_by(meeting: MeetingPage, book: RuleBook, last: PreparationStep | None) -> date:
    """The day of the last step of the board's rule book, else the last day for the agenda."""
    return due_on(last, book, meeting.day) if last else publish_by(book, meeting.day)


def _asked(paper: Paper, meeting: MeetingPage, asked: PaperRequest) -> Due:
    return Due(
        key=f"report:{paper.pk}",
        what=_what(paper),
        due_on=asked.due_on,
        since=timezone.localdate(asked.asked_at),
        who=asked.name,
        email=asked.email,
        about=paper.item_id,
        text=_where(meeting),
    )


def _due(paper: Paper, meeting: MeetingPage, by: date, addresses: dict[str, str]) -> Due:
    author = paper.item.report_author
    return Due(
        key=f"report:{paper.pk}",
        what=_what(paper),
        due_on=by,
        since=timezone.localdate(meeting.first_published_at),
        who=author or _("Nobody has been named yet."),
        email=addresses.get(author, ""),
        about=paper.item_id,
        text=_where(meeting),
    )


def _what(paper: Paper) -> str:
    return _("the report “%(title)s”") % {"title": " ".join(paper.title.split())}


def _where(meeting: MeetingPage) -> str:
    words = {"meeting": " ".join(meeting.title.split()), "address": absolute(meeting.get_url())}
    return _("It is for “%(meeting)s”, in time for its agenda: %(address)s") % words
