"""Reports that their authors owe before the agenda goes out, for the one mechanism that reminds."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.models import BoardPage, Person
from governance.reminders import Due
from minutes.clock_facts import rule_books
from minutes.enums import UPCOMING, PaperKind, PaperState
from minutes.legal_clock import RuleBook, publish_by
from minutes.models import MeetingPage, Paper


def reports_owed(today: date) -> Iterator[Due]:
    """Reports that are still to follow, due on the last day on which the agenda can go out with clear notice."""
    ahead = MeetingPage.objects.live().filter(status__in=UPCOMING, starts_at__date__gte=today)
    meetings = {meeting.path: meeting for meeting in ahead}
    boards = {board.path: board for board in BoardPage.objects.all()}
    books = rule_books(boards.values())
    wanted = Paper.objects.filter(state=PaperState.TO_FOLLOW, kind=PaperKind.REPORT).select_related("item")
    addresses = dict(Person.objects.exclude(email="").order_by("-pk").values_list("name", "email"))
    for paper in wanted.order_by("pk"):
        meeting = meetings.get(paper.item.path[: -paper.item.steplen])
        if meeting is not None:
            yield _due(paper, meeting, books[boards[meeting.path[: -meeting.steplen]].pk], addresses)


def _due(paper: Paper, meeting: MeetingPage, book: RuleBook, addresses: dict[str, str]) -> Due:
    author = paper.item.report_author
    held_on = timezone.localdate(meeting.starts_at)
    where = absolute(meeting.get_url())
    words = {"meeting": " ".join(meeting.title.split()), "address": where}
    return Due(
        key=f"report:{paper.pk}",
        what=_("the report “%(title)s”") % {"title": " ".join(paper.title.split())},
        due_on=publish_by(book, held_on),
        since=timezone.localdate(meeting.first_published_at),
        who=author or _("Nobody has been named yet."),
        email=addresses.get(author, ""),
        about=paper.item_id,
        text=_("It is for “%(meeting)s”, and the agenda goes out then: %(address)s") % words,
    )
