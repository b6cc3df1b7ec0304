"""Carrying an item over to a later meeting, and referring it to another board, with a link both ways."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEvent
from governance.operations.ledger import enter
from governance.wording import day_in_full
from minutes.enums import UPCOMING
from minutes.models import AgendaItemPage, ItemPresenter, MeetingPage, ProgrammeEntry
from minutes.operations.agendas import hold_agenda, items_of
from minutes.operations.meetings import add_item

# What the later meeting is told is what the earlier one was told. Its papers are listed anew: they will be newer ones.
CARRIED = ("title", "purpose", "body", "recommendations", "report_author", "minutes_planned", "exempt_ground", "exempt_reason")


@transaction.atomic
def carry_to_meeting(*, item: AgendaItemPage, meeting: MeetingPage, by: Any, at: datetime | None = None) -> AgendaItemPage:
    """Put an item on the agenda of a later meeting, of the same board or of another, as a draft that says where it comes from.

    Raises:
        Refused: that meeting is past its agenda or not later, or the item was carried to it before.
    """
    row = hold_agenda(meeting)
    before = item.meeting
    if row.status not in UPCOMING:
        raise Refused(_("Choose a meeting that is still to come."))
    if row.pk == before.pk or row.starts_at <= before.starts_at:
        raise Refused(_("Choose a meeting after that of %(meeting)s.") % {"meeting": before})
    if AgendaItemPage.objects.child_of(row).filter(carried_from=item.pk).exists():
        raise Refused(_("“%(item)s” was carried over to that meeting before.") % {"item": item})
    carried = AgendaItemPage(carried_from=item, **{name: getattr(item, name) for name in CARRIED})
    carried.presenters = [ItemPresenter(name=each.name, role=each.role) for each in item.presenters.all()]
    carried = add_item(meeting=row, item=carried, by=by, at=at)
    same = row.board.pk == before.board.pk
    said = _("Carried over to the meeting of %(day)s") if same else _("Referred to %(board)s, meeting of %(day)s")
    _note(item, said % {"day": day_in_full(row.starts_at), "board": row.board}, by=by, at=at)
    return carried


@transaction.atomic
def refer_to_board(*, item: AgendaItemPage, board: BoardPage, by: Any, at: datetime | None = None) -> ProgrammeEntry:
    """Refer an item to a board that has no meeting for it yet: it comes onto that board's work programme.

    The same board's programme takes what is deferred without a date.

    Raises:
        Refused: the board has ended, or the item waits on its programme already.
    """
    row = BoardPage.objects.select_for_update(of=("self",)).get(pk=board.pk)
    if row.ended_on:
        raise Refused(_("“%(board)s” has ended, so nothing is referred to it.") % {"board": row})
    if ProgrammeEntry.objects.waiting().filter(board=row, carried_from=item.pk).exists():
        raise Refused(_("“%(item)s” is on the work programme of that board already.") % {"item": item})
    before = item.meeting
    entry = ProgrammeEntry.objects.create(
        board=row,
        title=item.title,
        purpose=item.purpose,
        lead=item.report_author,
        carried_from=item,
        comes_back_from=before if before.board.pk == row.pk else None,
    )
    _note(item, _("Referred to %(board)s, for a meeting that is not set yet") % {"board": row}, by=by, at=at)
    return entry


@transaction.atomic
def carry_all(
    *, meeting: MeetingPage, to: MeetingPage, by: Any, at: datetime | None = None, items: list[AgendaItemPage] | None = None
) -> list[AgendaItemPage]:
    """Carry what a meeting did not deal with over to a later one, such as everything of a meeting without a quorum.

    What stands on every agenda anyway is left out, and so is what was carried to that meeting before: done twice, it does nothing more.

    Args:
        items: which; all of them unless said otherwise.

    Raises:
        Refused: the later meeting is past its agenda or not later.
    """
    there = set(AgendaItemPage.objects.child_of(to).exclude(carried_from=None).values_list("carried_from", flat=True))
    chosen = items if items is not None else [item for item in items_of(meeting) if not item.standing_kind]
    return [carry_to_meeting(item=item, meeting=to, by=by, at=at) for item in chosen if item.pk not in there]


def _note(item: AgendaItemPage, words: str, *, by: Any, at: datetime | None) -> None:
    enter(page=item, event=LedgerEvent.LINKED, by=by, at=at or timezone.now(), note=words)
