"""Small administrative actions of a meeting: noted, then done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.models import AgendaItemPage, FollowUp


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
        Refused: it is done already.
    """
    if follow_up.done_on is not None:
        raise Refused(_("“%(follow_up)s” is done already.") % {"follow_up": follow_up})
    follow_up.done_on, follow_up.note = done_on, note
    follow_up.save(update_fields=["done_on", "note"])
    enter(page=follow_up.item, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=_("Follow-up done"))
