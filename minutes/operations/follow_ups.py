"""Small administrative actions of a meeting: noted, then done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import ActionKind, ActionOrigin
from governance.exceptions import Refused
from governance.models import ActionPage, LedgerEvent, ProgressIndexPage
from governance.operations.ledger import enter
from governance.operations.publishing import add_record
from minutes.models import AgendaItemPage, FollowUp, MinutePage


@transaction.atomic
def add_follow_up(*, item: AgendaItemPage, text: str, by: Any, at: datetime | None = None, **fields: Any) -> FollowUp:
    """Note a small thing to be done after an item.

    Args:
        fields: further fields, such as the owner and the date, where the minute gives them.

    Raises:
        ValidationError: a field is missing or wrong.
    """
    follow_up = FollowUp(item=item, text=text, **fields)
    follow_up.full_clean()
    follow_up.save()
    enter(page=item, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=_("Follow-up noted"))
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, done_on: date, by: Any, note: str = "", at: datetime | None = None) -> None:
    """Say that a follow-up is done.

    Raises:
        Refused: it is done already, or it became an action, whose updates say so.
    """
    if follow_up.done_on is not None:
        raise Refused(_("“%(follow_up)s” is done already.") % {"follow_up": follow_up})
    if follow_up.action_id:
        raise Refused(
            _("“%(follow_up)s” became an action. Say in an update of the action that it is done.") % {"follow_up": follow_up}
        )
    follow_up.done_on, follow_up.note = done_on, note
    follow_up.save(update_fields=["done_on", "note"])
    enter(page=follow_up.item, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=_("Follow-up done"))


@transaction.atomic
def turn_into_action(
    *, follow_up: FollowUp, title: str, promise: str, by: Any, kind: str = ActionKind.BOARD, at: datetime | None = None
) -> ActionPage:
    """Make a follow-up that grew into a promise an action: a draft on the progress page that says where it comes from.

    The action has the words of the follow-up and points to the minute of its item. Whom the minute names and the time it gives
    go with it, as minuted; no date is made up.

    Args:
        title: a few words that people will know the action by.
        promise: what will be done, in plain English.

    Raises:
        Refused: it is an action already, it is done, its item has no minute, or there is no progress page.
    """
    row = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    minute = _minute_it_comes_from(row)
    progress = ProgressIndexPage.objects.first()
    if progress is None:
        raise Refused(_("There is no progress page to put the action on."))
    action = ActionPage(
        title=title,
        promise=promise,
        kind=kind,
        board=row.item.meeting.board,
        origin=ActionOrigin.DISCUSSION,
        origin_words=row.text,
        origin_page=minute,
        lead_role=row.owner,
        lead_words=row.owner,
        due_words=row.due_words,
        news_every_weeks=row.item.meeting.board.news_every_weeks,
    )
    action = add_record(parent=progress, page=action, by=by, at=at)
    FollowUp.objects.filter(pk=row.pk).update(action=action)
    note = _("Follow-up became an action: %(action)s") % {"action": action}
    enter(page=row.item, event=LedgerEvent.LINKED, by=by, at=at or timezone.now(), note=note)
    return action


def _minute_it_comes_from(row: FollowUp) -> MinutePage:
    """The minute of a follow-up that is still to be done."""
    words = {"follow_up": row}
    if row.action_id:
        raise Refused(_("“%(follow_up)s” is an action already.") % words)
    if row.done_on is not None:
        raise Refused(_("“%(follow_up)s” is done already.") % words)
    minute: MinutePage | None = MinutePage.objects.child_of(row.item).first()
    if minute is None:
        raise Refused(_("“%(follow_up)s” has no minute that says where it comes from. Write the minute first.") % words)
    return minute
