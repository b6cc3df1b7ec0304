"""Emergency withdrawal: one step takes an item, a paper, a pack or a whole meeting out of every channel and says how long that took."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import put_back
from minutes.emergencies import Channel, Choice, EmergencyTarget, lookers, takers
from minutes.enums import SERVED
from minutes.models import AgendaItemPage, EmergencyChannel, EmergencyWithdrawal, MeetingPage, Pack, Paper
from minutes.operations.emergency_channels import SHOWN_PAPERS, beyond_reach, keys_to_take

logger = logging.getLogger(__name__)
LOOKED_AT_FOR = timedelta(days=7)
"""So long the worker looks again at channels that are not empty."""


COLUMNS = {
    EmergencyTarget.MEETING: "meeting",
    EmergencyTarget.ITEM: "item",
    EmergencyTarget.PAPER: "taken_paper",
    EmergencyTarget.PACK: "pack",
}


@transaction.atomic
def withdraw_at_once(*, choice: Choice, by: Any, reason: str, pressed_at: datetime | None = None) -> EmergencyWithdrawal:
    """Take something out of every channel. Whatever fails in one channel stops no other; when all is committed each is looked at.

    Args:
        choice: the meeting, item, paper or pack.
        reason: shown to whoever follows an old address.
        pressed_at: when the person confirmed it; the time it takes is counted from then.

    Raises:
        Refused: it is not public, or no reason is given.
    """
    check_is_public(choice)
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown to anyone who follows the old address."))
    row = EmergencyWithdrawal(
        target=choice.target,
        **{"meeting": meeting_of(choice), COLUMNS[choice.target]: choice.record},
        reason=reason.strip(),
        pressed_at=pressed_at or timezone.now(),
        by=by,
    )
    row.taken = keys_to_take(row)
    row.beyond_reach = beyond_reach(row)
    row.save()
    for position, channel in enumerate(Channel):
        _empty(row, channel, position)
    note = _("Emergency withdrawal of %(what)s: %(reason)s") % {"what": row.reference, "reason": row.reason}
    enter(page=row.item or row.meeting, event=LedgerEvent.WITHDRAWN, by=by, at=row.pressed_at, note=note)
    transaction.on_commit(partial(look_at_channels, emergency=row), robust=True)
    return row


@transaction.atomic
def put_back_pages(*, emergency: EmergencyWithdrawal, by: Any, at: datetime | None = None) -> list[Any]:
    """Make the pages that were taken out public again, just as they were; their papers come with them. Packs are asked for anew.

    Raises:
        Refused: it took out no page, they are put back, or the same person took them out.
    """
    row = EmergencyWithdrawal.objects.select_for_update(of=("self",)).get(pk=emergency.pk)
    if not row.taken["pages"]:
        raise Refused(_("No page was taken out. Bring the paper again, or ask for the pack again."))
    if row.put_back_at:
        raise Refused(_("It was put back already."))
    at = at or timezone.now()
    pages = [put_back(page=page, by=by, at=at) for page in row.pages() if not page.live]
    row.put_back_at, row.put_back_by = at, by
    row.save(update_fields=["put_back_at", "put_back_by"])
    return pages


def check_is_public(choice: Choice) -> None:
    """Refuse what the public cannot read anyway, in no part.

    Raises:
        Refused: it is not public.
    """
    record = choice.record
    if choice.target == EmergencyTarget.PACK:
        public = record.state in SERVED
    elif choice.target == EmergencyTarget.PAPER:
        public = record.state in SHOWN_PAPERS
    else:
        public = record.get_descendants(inclusive=True).live().exists()
    if not public:
        raise Refused(_("“%(record)s” is not public, so there is nothing to take out.") % {"record": record})


def meeting_of(choice: Choice) -> MeetingPage:
    """The meeting that a choice belongs to."""
    record = choice.record
    if choice.target == EmergencyTarget.MEETING:
        return record
    found: MeetingPage = (record.item if choice.target == EmergencyTarget.PAPER else record).meeting
    return found


def choices_of(meeting: MeetingPage) -> list[Choice]:
    """Everything of a meeting that is public and can be taken out: itself, its items, their papers, its packs."""
    live = list(meeting.get_descendants(inclusive=True).live().values_list("path", flat=True))
    found = [Choice(EmergencyTarget.MEETING, meeting)] if live else []
    items = [
        item
        for item in AgendaItemPage.objects.child_of(meeting).order_by("position", "path")
        # What was minuted of an item may be public still when the item is not.
        if any(path.startswith(item.path) for path in live)
    ]
    papers: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(item__in=items, state__in=SHOWN_PAPERS).order_by("position", "pk"):
        papers.setdefault(paper.item_id, []).append(paper)
    for item in items:
        found.append(Choice(EmergencyTarget.ITEM, item))
        found += [Choice(EmergencyTarget.PAPER, paper) for paper in papers.get(item.pk, [])]
    packs = Pack.objects.filter(meeting=meeting.pk, state__in=SERVED).order_by("-issued_at", "-pk").light()
    return [*found, *(Choice(EmergencyTarget.PACK, pack) for pack in packs)]


def _empty(row: EmergencyWithdrawal, channel: Channel, position: int) -> None:
    """Empty one channel. What goes wrong in it is undone in it alone, kept in words and told to the log."""
    did, failure = _tried(takers.get(channel), row)
    EmergencyChannel.objects.create(emergency=row, channel=channel, position=position, did=did, failure=failure)


def _tried(take_out: Callable[[Any], str] | None, row: EmergencyWithdrawal) -> tuple[str, str]:
    if take_out is None:
        return "", ""
    try:
        with transaction.atomic():
            return take_out(row), ""
    except Exception as problem:
        logger.exception("Emergency withdrawal %s could not empty a channel", row.pk)
        return "", str(problem) or type(problem).__name__


def look_at_channels(*, emergency: EmergencyWithdrawal) -> EmergencyWithdrawal:
    """Look at each channel as the public does and keep what is found; what could not be taken out before is tried again first.

    The last channel that is seen to be empty ends the withdrawal.
    """
    row = EmergencyWithdrawal.objects.select_related("meeting", "item", "taken_paper", "pack", "by").get(pk=emergency.pk)
    for channel in row.channels.filter(empty_at=None):
        if channel.failure:
            did, channel.failure = _tried(takers.get(channel.channel), row)
            channel.did = did or channel.did
        channel.left, channel.looked_at = [*filter(None, [channel.failure]), *_looked(channel.channel, row)], timezone.now()
        channel.empty_at = None if channel.left else channel.looked_at
        channel.save()
    _end(row)
    return row


def _looked(channel: str, row: EmergencyWithdrawal) -> list[str]:
    look = lookers.get(channel)
    if look is None:
        return [_("Nobody looks at this channel, so nobody can say that it is empty.")]
    try:
        return look(row)
    except Exception as problem:
        logger.exception("Emergency withdrawal %s could not look at a channel", row.pk)
        return [_("It could not be looked at: %(problem)s") % {"problem": problem}]


@transaction.atomic
def _end(row: EmergencyWithdrawal) -> None:
    """Say that the last channel is empty, once."""
    held = EmergencyWithdrawal.objects.select_for_update(of=("self",)).get(pk=row.pk)
    moments = list(row.channels.values_list("empty_at", flat=True))
    empty = [moment for moment in moments if moment is not None]
    if held.ended_at is None and len(empty) == len(moments):
        row.ended_at = ended = max(empty)
        row.save(update_fields=["ended_at"])
        note = _("Out of every channel %(seconds).1f seconds after it was asked for") % {"seconds": row.seconds}
        enter(page=row.item or row.meeting, event=LedgerEvent.WITHDRAWN, by=row.by, at=ended, note=note)


def look_again(*, at: datetime | None = None) -> int:
    """Look again at what is not out of every channel yet. Returns of how many that is."""
    since = (at or timezone.now()) - LOOKED_AT_FOR
    waiting = list(EmergencyWithdrawal.objects.filter(ended_at=None, put_back_at=None, pressed_at__gte=since))
    for row in waiting:
        look_at_channels(emergency=row)
    return len(waiting)
