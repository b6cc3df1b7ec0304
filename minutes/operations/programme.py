"""The work programme: putting an entry on an agenda, and ticking off the steps of its report."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import BoardPage
from minutes.enums import UPCOMING, PaperKind, PaperState
from minutes.models import AgendaItemPage, Clearance, MeetingPage, Paper, ProgrammeEntry
from minutes.operations.meetings import add_item


@transaction.atomic
def put_on_agenda(*, entry: ProgrammeEntry, meeting: MeetingPage, by: Any, at: datetime | None = None) -> AgendaItemPage:
    """Make an item of an entry at the end of an agenda, as a draft, with its report still to follow.

    What comes back to the board is carried over from the item it came from, where that is known.

    Raises:
        Refused: it is on an agenda already or was dropped, or the meeting is another board's or past its agenda.
    """
    row = ProgrammeEntry.objects.select_for_update(of=("self",)).select_related("board").get(pk=entry.pk)
    if row.item_id or row.dropped_because:
        raise Refused(_("“%(entry)s” is on an agenda already, or was dropped.") % {"entry": row})
    if not meeting.path.startswith(row.board.path) or meeting.status not in UPCOMING:
        raise Refused(_("Choose a meeting of “%(board)s” that is still to come.") % {"board": row.board})
    body = format_html("<p>{}</p>", row.about) if row.about else ""
    item = AgendaItemPage(
        title=row.title, purpose=row.purpose, body=body, report_author=row.lead, carried_from=_comes_from(row)
    )
    item = add_item(meeting=meeting, item=item, by=by, at=at)
    if row.lead:
        Paper.objects.create(item=item, title=row.title, kind=PaperKind.REPORT, state=PaperState.TO_FOLLOW)
    ProgrammeEntry.objects.filter(pk=row.pk).update(item=item, meeting=meeting)
    return item


def _comes_from(entry: ProgrammeEntry) -> Any:
    """The item that was carried over or referred, or whose resolution brings the entry back; None where neither is named."""
    if entry.carried_from:
        return entry.carried_from
    return entry.because_of.get_parent().specific if entry.because_of else None


@transaction.atomic
def tick_step(*, item: AgendaItemPage, step: str, by: Any, at: datetime | None = None, note: str = "") -> Clearance:
    """Record that a step of the board's preparation is done for an item.

    Raises:
        Refused: the board has no such step, or it was ticked before.
    """
    board = BoardPage.objects.ancestor_of(item).get()
    if not board.preparation_steps.filter(name=step).exists():
        raise Refused(_("The board's rule book has no step “%(step)s”.") % {"step": step})
    try:
        with transaction.atomic():
            return Clearance.objects.create(item=item, step=step, by=by, at=at or timezone.now(), note=note.strip())
    except IntegrityError as taken:
        raise Refused(_("“%(step)s” was ticked off before.") % {"step": step}) from taken
