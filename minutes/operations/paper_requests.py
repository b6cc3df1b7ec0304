"""Asking authors for their reports: by mail where an address is known, by a day that the one mechanism that reminds then knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.exceptions import Refused
from governance.models import Delivery
from governance.operations.mail import queue_mail
from governance.wording import day, day_in_full
from minutes.enums import UPCOMING, PaperKind, PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper, PaperRequest
from minutes.operations.papers import audit, list_paper, locked

KIND = "paper request"
KEPT_DAYS = 14
"""So long after its meeting an address is kept at most."""


@dataclass(frozen=True)
class Asked:
    """Of whom a report is asked.

    Attributes:
        paper: the one that is to follow; None where none is listed yet: then it is, by the title of the item.
        email: empty where they are asked by other means.
    """

    item: AgendaItemPage
    name: str
    email: str = ""
    paper: Paper | None = None


@transaction.atomic
def request_papers(
    *, meeting: MeetingPage, asked: Sequence[Asked], due_on: date, by: Any, note: str = "", at: datetime | None = None
) -> list[PaperRequest]:
    """Ask for reports of a meeting that are to follow, all or none. Who has an address is written to, once for each report.

    Args:
        asked: which reports, and of whom.
        due_on: by when they are to be here.
        note: a few words to all of them.

    Raises:
        Refused: nothing is chosen; the meeting is over; the day is past or after the meeting; a report is here already, or its
            item is of another meeting; nobody is named; or an address cannot be written to.
    """
    at = at or timezone.now()
    if not asked:
        raise Refused(_("Choose the reports to ask for."))
    if meeting.status not in UPCOMING:
        raise Refused(_("“%(meeting)s” is not a meeting to come, so nothing is asked for it.") % {"meeting": meeting})
    if due_on < timezone.localdate(at):
        raise Refused(_("The day by which the reports are due has passed already."))
    if due_on > meeting.day:
        raise Refused(_("The reports would be due after the meeting. Choose a day before it."))
    return [_ask(meeting, one, due_on=due_on, note=note.strip(), by=by, at=at) for one in asked]


def _ask(meeting: MeetingPage, asked: Asked, *, due_on: date, note: str, by: Any, at: datetime) -> PaperRequest:
    if not asked.item.is_child_of(meeting) or (asked.paper is not None and asked.paper.item_id != asked.item.pk):
        raise Refused(_("“%(item)s” is not on the agenda of this meeting.") % {"item": asked.item})
    listed = asked.paper or list_paper(item=asked.item, title=asked.item.title, kind=PaperKind.REPORT, by=by, at=at)
    paper = locked(listed)
    if paper.state != PaperState.TO_FOLLOW:
        raise Refused(
            _("“%(paper)s” is “%(state)s”, so it is not asked for.") % {"paper": paper, "state": paper.get_state_display()}
        )
    if not asked.name.strip():
        raise Refused(_("Say of whom “%(paper)s” is asked.") % {"paper": paper})
    request = PaperRequest(
        wanted_paper=paper,
        name=asked.name.strip(),
        email=asked.email.strip(),
        due_on=due_on,
        note=note,
        asked_at=at,
        asked_by=by,
    )
    try:
        request.full_clean()
    except ValidationError as error:
        raise Refused(f"{paper}: {' '.join(error.messages)}") from error
    request.save()
    audit(paper, _("Paper asked for: %(paper)s, of %(name)s by %(day)s"), by=by, at=at, name=request.name, day=day(due_on))
    if request.email:
        _write_to(request, meeting)
    return request


def _write_to(request: PaperRequest, meeting: MeetingPage) -> None:
    words = {
        "name": request.name,
        "title": " ".join(request.wanted_paper.title.split()),
        "board": " ".join(meeting.board.title.split()),
        "day": day_in_full(meeting.starts_at),
        "due": day_in_full(request.due_on),
        "address": absolute(reverse("item_papers", args=[request.wanted_paper.item_id])),
    }
    paragraphs = [
        _("Dear %(name)s,") % words,
        _("please send us the report “%(title)s” by %(due)s. It is for the meeting of the %(board)s on %(day)s.") % words,
        request.note,
        _("If you have a log-in, bring it here: %(address)s") % words,
        _("If you have none, reply to this mail with the file. If it cannot be ready by then, tell us now."),
    ]
    queue_mail(
        key=f"{KIND}:{request.pk}",
        to=request.email,
        subject=_("Please send the report “%(title)s” by %(due)s") % words,
        text="\n\n".join(filter(None, paragraphs)) + "\n",
        kind=KIND,
        about=request.wanted_paper.item,
    )


def why_not_ask(delivery: Delivery) -> str:
    """Just before a mail goes out: why it must not any more; empty when it may."""
    request = PaperRequest.objects.select_related("wanted_paper__item").filter(pk=delivery.key.rpartition(":")[2]).first()
    if request is None or request.wanted_paper.state != PaperState.TO_FOLLOW:
        return _("The report came in the meantime.")
    if request.wanted_paper.item.meeting.status not in UPCOMING:
        return _("The meeting does not take place on its day.")
    return ""


def latest_requests(papers: Sequence[Paper]) -> dict[int, PaperRequest]:
    """How each of these papers was asked for last, by the key of the paper, in one query."""
    rows = PaperRequest.objects.filter(wanted_paper__in=[paper.pk for paper in papers]).select_related("asked_by")
    return {row.wanted_paper_id: row for row in rows.order_by("asked_at", "pk")}


def forget_addresses(today: date | None = None) -> int:
    """Erase the addresses of those whose paper has come, or was due two weeks ago. How many were erased."""
    known = PaperRequest.objects.exclude(email="")
    came = known.exclude(wanted_paper__state=PaperState.TO_FOLLOW)
    long_ago = known.filter(due_on__lt=(today or timezone.localdate()) - timedelta(days=KEPT_DAYS))
    return (came | long_ago).update(email="")
