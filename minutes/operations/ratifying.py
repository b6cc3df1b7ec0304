"""Sending what a meeting without a quorum could not decide to one that can."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from governance.enums import Purpose
from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.wording import day
from minutes.enums import UPCOMING
from minutes.models import AgendaItemPage, MeetingPage, MinutePage
from minutes.operations.agendas import hold_agenda
from minutes.operations.meetings import add_item


@transaction.atomic
def send_for_ratification(
    *, item: AgendaItemPage, meeting: MeetingPage, recommended: str, by: Any, at: datetime | None = None
) -> AgendaItemPage:
    """Put an item that had no quorum on a later agenda, where what those present recommended is to be ratified.

    Args:
        item: of the meeting that could not decide it.
        meeting: one that is still to come.
        recommended: what those present would have decided, word for word.

    Raises:
        Refused: the item had a quorum, the meeting is not later or not to come, or the item was sent there already.
    """
    meeting, before = hold_agenda(meeting), item.meeting
    room = MinutePage.room_at(before, item)
    if not before.had_no_quorum and (room.is_quorate or not room.is_recorded):
        raise Refused(_("“%(item)s” had a quorum, so there is nothing to ratify. Carry it over instead.") % {"item": item})
    if meeting.status not in UPCOMING or meeting.starts_at <= before.starts_at:
        raise Refused(_("Choose a later meeting that is still to come."))
    if not recommended.strip():
        raise Refused(_("Say what those present recommended."))
    if AgendaItemPage.objects.child_of(meeting).filter(carried_from=item).exists():
        raise Refused(_("“%(item)s” is on the agenda of that meeting already.") % {"item": item})
    words = _(
        "The meeting of %(day)s had no quorum for this item. The Board is asked to ratify what those present recommended."
    )
    sent = AgendaItemPage(
        title=item.title,
        purpose=Purpose.DECISION,
        body=format_html("<p>{}</p>", words % {"day": day(before.starts_at)}),
        recommendations=format_html("<p>{}</p>", recommended.strip()),
        carried_from=item,
    )
    made = add_item(meeting=meeting, item=sent, by=by, at=at)
    note = _("Sent for ratification to the meeting of %(meeting)s") % {"meeting": meeting}
    enter(page=item, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
    return made
