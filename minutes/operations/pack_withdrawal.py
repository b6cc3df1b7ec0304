"""What becomes of issued packs: withdrawn with a reason that stays at their address, or asked for anew because of a paper inside."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.enums import SERVED, PackKind, PackState
from minutes.models import MeetingPage, Pack, Paper
from minutes.operations.packing import ask_for_pack
from minutes.pack_policies import check_become


@transaction.atomic
def withdraw_pack(*, pack: Pack, by: Any, reason: str, at: datetime | None = None) -> Pack:
    """Withdraw a pack. Its address stays and tells the reason; the file is kept and shown to nobody.

    Raises:
        Refused: it is not issued, or no reason is given.
    """
    at = at or timezone.now()
    row = Pack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    check_become(row, PackState.WITHDRAWN)
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown to anyone who follows the address of the pack."))
    columns = {"withdrawn_at": at, "withdrawn_by": by, "withdrawn_because": reason.strip()}
    Pack.objects.filter(pk=row.pk).update(state=PackState.WITHDRAWN, **columns)
    note = _("%(pack)s withdrawn: %(reason)s") % {"pack": row.reference, "reason": reason.strip()}
    enter(page=row.meeting, event=LedgerEvent.WITHDRAWN, by=by, at=at, note=note)
    row.refresh_from_db()
    return row


@transaction.atomic
def withdraw_packs_with(*, paper: Paper, by: Any, reason: str, at: datetime | None = None) -> list[Pack]:
    """Withdraw every pack that holds a paper which is withdrawn, and ask for those anew that were issued until now.

    Returns:
        The packs that were withdrawn.
    """
    meeting = paper.item.meeting
    MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    holding = _holding(paper, Pack.objects.filter(meeting=meeting.pk, state__in=SERVED))
    words = _("It holds “%(paper)s”, which was withdrawn: %(reason)s") % {"paper": paper, "reason": reason.strip()}
    gone = [withdraw_pack(pack=pack, by=by, reason=words, at=at) for pack in holding]
    for pack in holding:
        if pack.state == PackState.ISSUED and pack.kind != PackKind.SUPPLEMENT:
            ask_again(pack, by=by, at=at)
    return gone


@transaction.atomic
def renew_packs_with(*, paper: Paper, by: Any, at: datetime | None = None) -> list[Pack]:
    """Ask anew for every issued pack that holds a paper whose file was replaced: agenda, supplement, the pack with everything.

    Those of a meeting that has begun stay as they were: they are what the board had before it.

    Returns:
        The packs that were asked for.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=paper.item.meeting.pk)
    if meeting.starts_at <= (at or timezone.now()):
        return []
    issued = Pack.objects.filter(meeting=meeting.pk, state=PackState.ISSUED)
    return [ask_again(pack, by=by, at=at) for pack in _holding(paper, issued)]


def _holding(paper: Paper, packs: QuerySet[Pack]) -> list[Pack]:
    key = f"paper-{paper.pk}"
    return [pack for pack in packs.order_by("pk") if key in {row["key"] for row in pack.layout}]


def ask_again(pack: Pack, *, by: Any, at: datetime | None) -> Pack:
    """Ask for a pack like this one.

    Raises:
        Refused: there is nothing any more that it could be made from.
    """
    same: dict[str, Any] = {"kind": pack.kind, "audience": pack.audience, "edition": pack.edition, "item": pack.item}
    supplement = pack.supplement if pack.kind == PackKind.SUPPLEMENT else None
    return ask_for_pack(meeting=pack.meeting, by=by, at=at, supplement=supplement, **same)
