"""Seats taken and given up."""

from datetime import date

from django.core.exceptions import ValidationError

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, Person, User
from governance.operations.membership import end_membership, seat_member


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(name="Amina Farouk", title="Councillor")


def test_a_seat_is_taken_given_up_and_kept_for_old_minutes(board: BoardPage, person: Person, clerk: User) -> None:
    seat = seat_member(board=board, person=person, from_date=date(2026, 5, 20), role="chair", by=clerk)
    end_membership(membership=seat, to_date=date(2026, 10, 1), by=clerk)
    again = seat_member(board=board, person=person, from_date=date(2026, 10, 2), by=clerk)
    assert list(board.memberships.order_by("from_date")) == [seat, again]
    assert LedgerEntry.objects.filter(page=board, note__startswith="Councillor Amina Farouk").count() == 3


def test_nobody_sits_twice_at_once(board: BoardPage, person: Person, clerk: User) -> None:
    seat_member(board=board, person=person, from_date=date(2026, 5, 20), by=clerk)
    with pytest.raises(Refused, match="sits on Health and Wellbeing Board already"):
        seat_member(board=board, person=person, from_date=date(2026, 6, 1), by=clerk)


def test_a_seat_ends_once_and_after_it_began(board: BoardPage, person: Person, clerk: User) -> None:
    seat = seat_member(board=board, person=person, from_date=date(2026, 5, 20), by=clerk)
    with pytest.raises(ValidationError):
        end_membership(membership=seat, to_date=date(2026, 5, 1), by=clerk)
    seat.refresh_from_db()
    end_membership(membership=seat, to_date=date(2026, 10, 1), by=clerk)
    with pytest.raises(Refused, match="has ended already"):
        end_membership(membership=seat, to_date=date(2026, 10, 2), by=clerk)
