"""Who sits on a board and who sat on it before, for the board's page: asked for once."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from governance.gathering import rows_of
from governance.models import Membership


def seats_of(board: Any) -> list[Membership]:
    """Every public seat of a board, those that ended last first, in one query for all parts of its page."""
    return rows_of(board, "seats") if board.pk else []


def has_ended(seat: Membership, today: date) -> bool:
    """Whether a seat was given up before a day."""
    return seat.to_date is not None and seat.to_date < today


def every_seat(board: Any) -> QuerySet[Membership]:
    """Every public seat of a board with who sits on it and for whom, those that ended last first."""
    seats = Membership.objects.public().filter(board_id=board.pk)
    seats = seats.select_related("person", "organisation", "person__organisation")
    return seats.order_by(F("to_date").desc(nulls_first=True), "person__name")
