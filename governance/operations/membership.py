"""Seats on boards: taken and given up."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEvent, Membership, Person
from governance.operations.ledger import enter


@transaction.atomic
def seat_member(
    *, board: BoardPage, person: Person, from_date: date, by: Any, at: datetime | None = None, **fields: Any
) -> Membership:
    """Give a person a seat on a board.

    Args:
        from_date: the first day of the seat.
        fields: further fields of the membership, such as its role, seat group and whether it has a vote.

    Raises:
        Refused: the person sits on the board already.
        ValidationError: a field is missing or wrong.
    """
    sitting = board.memberships.filter(person=person, to_date=None).first()
    if sitting is not None:
        raise Refused(_("%(person)s sits on %(board)s already.") % {"person": person, "board": board})
    membership = Membership(board=board, person=person, from_date=from_date, **fields)
    membership.full_clean()
    membership.save()
    _tell(board, _("%(membership)s: seat taken") % {"membership": membership}, by, at)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, to_date: date, by: Any, at: datetime | None = None) -> None:
    """End a person's seat. The membership stays, so that old minutes can still be read.

    Raises:
        Refused: it has ended already.
        ValidationError: it would end before it began.
    """
    if membership.to_date is not None:
        raise Refused(_("The seat of %(membership)s has ended already.") % {"membership": membership})
    membership.to_date = to_date
    membership.full_clean()
    membership.save(update_fields=["to_date"])
    _tell(membership.board, _("%(membership)s: seat given up") % {"membership": membership}, by, at)


def _tell(board: BoardPage, note: str, by: Any, at: datetime | None) -> None:
    enter(page=board, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
