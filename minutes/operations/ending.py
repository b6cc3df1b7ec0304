"""Replacing and rescinding resolutions, and the steps by which a decision is called in."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEvent
from governance.operations.ledger import enter
from minutes.call_in import CALL_IN_TRANSITIONS, TAKES_EFFECT_THEN, check_call_in, window
from minutes.clock_facts import rule_book
from minutes.ending import check_ends
from minutes.enums import CallIn, Ending, ResolutionStanding
from minutes.models import CallInStep, ResolutionPage

AFTER_A_CALL_IN = {Ending.SUPERSEDED: CallIn.CHANGED, Ending.RESCINDED: CallIn.RESCINDED}


@transaction.atomic
def end_resolution(
    *, earlier: ResolutionPage, later: ResolutionPage, how: str, by: Any, at: datetime | None = None
) -> ResolutionPage:
    """Say that a later resolution replaces or rescinds an earlier one. The words of both stay as they were adopted.

    Args:
        how: one of `Ending`.

    Raises:
        Refused: the later one is not adopted, or the earlier one was ended already or never adopted.
    """
    at = at or timezone.now()
    row = ResolutionPage.objects.select_for_update(of=("self",)).get(pk=earlier.pk)
    if later.adopted_at is None:
        raise Refused(_("“%(later)s” is not adopted, so it ends nothing yet.") % {"later": later})
    check_ends(row, later)
    if row.ended_by_id is not None:
        return row
    standing = ResolutionStanding(Ending(how).value)
    ResolutionPage.objects.filter(pk=row.pk).update(standing=standing, ended_by=later, ended_at=at)
    row.refresh_from_db()
    names = {"earlier": row.reference or row, "later": later.reference or later, "standing": standing.label}
    enter(page=row, event=LedgerEvent.STATUS, by=by, at=at, note=_("%(standing)s by %(later)s") % names)
    enter(page=later, event=LedgerEvent.LINKED, by=by, at=at, note=_("%(earlier)s: %(standing)s") % names)
    after = AFTER_A_CALL_IN[Ending(how)]
    if row.call_in and after in CALL_IN_TRANSITIONS[row.call_in]:
        reason = _("By resolution %(later)s") % names
        _pass(row, after, who=str(later.item.meeting.board), reason=reason, on=timezone.localdate(at), by=by, at=at)
    return row


@transaction.atomic
def begin_call_in(*, resolution: ResolutionPage, by: Any, at: datetime) -> None:
    """A decision of an executive board was published: say until when it can be called in, and from when it may be carried out."""
    begun = call_in_of(resolution.item.meeting.board, resolution, at)
    if begun:
        ResolutionPage.objects.filter(pk=resolution.pk).update(**begun)
        resolution.refresh_from_db(fields=list(begun))


def call_in_of(board: BoardPage, resolution: ResolutionPage, at: datetime) -> dict[str, Any]:
    """The columns that say so of a decision that was published then; none for a board that is not executive."""
    if not board.is_executive:
        return {}
    urgent = bool(resolution.urgent_because.strip())
    begun = window(rule_book(board), published_on=timezone.localdate(at), urgent=urgent)
    return {"call_in": begun.state, "call_in_until": begun.until, "in_effect_on": begun.in_effect_on} if begun else {}


@transaction.atomic
def record_call_in(
    *,
    resolution: ResolutionPage,
    state: str,
    who: str,
    reason: str,
    by: Any,
    on: date | None = None,
    at: datetime | None = None,
) -> CallInStep:
    """Record a step of the call-in of a decision: called in, stands, referred back or to full council, confirmed.

    Args:
        state: where the decision stands then, one of `CallIn`. That it was changed or rescinded follows from a resolution.
        who: who called it in or decided on that, for the public.
        reason: why, for the public.
        on: the day of the step; today unless said.

    Raises:
        Refused: the board is not executive, the window is over, the table does not have that step, its day has not come, or who
            took it and why are left out.
    """
    at = at or timezone.now()
    on = on or timezone.localdate(at)
    row = ResolutionPage.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    check_call_in(row, state, on=on, who=who, reason=reason)
    last = row.call_in_steps.order_by("-at").first()
    earliest = last.on if last is not None else timezone.localdate(row.adopted_at)
    if not earliest <= on <= timezone.localdate(at):
        raise Refused(_("The day of this step is that of the step before it or later, and not in the future."))
    return _pass(row, CallIn(state), who=who.strip(), reason=reason.strip(), on=on, by=by, at=at)


def _pass(row: ResolutionPage, state: CallIn, *, who: str, reason: str, on: date, by: Any, at: datetime) -> CallInStep:
    effect = on if state in TAKES_EFFECT_THEN else None
    ResolutionPage.objects.filter(pk=row.pk).update(call_in=state, in_effect_on=effect)
    enter(page=row, event=LedgerEvent.STATUS, by=by, at=at, note=f"{state.label}: {who}. {reason}")
    return CallInStep.objects.create(resolution=row, state=state, who=who[:250], reason=reason, on=on, at=at, by=by)
