"""Whose meetings a board member sees."""

from datetime import date, timedelta

from django.utils import timezone

import pytest

from governance.models import BoardPage, Membership, Person, User
from home.members import own_boards
from tests import building


@pytest.fixture
def person(db: None) -> Person:
    """Somebody, with no seat yet."""
    return Person.objects.create(name="Priya Rao")


@pytest.fixture
def member(person: Person) -> User:
    """Their log-in."""
    return building.make_user("member", is_superuser=False, is_staff=False, person=person)


def seat(board: BoardPage, person: Person, begins: int, ends: int | None = None) -> Membership:
    """A seat from so many days after today to so many days after today."""
    today = timezone.localdate()

    def day(days: int) -> date:
        return today + timedelta(days=days)

    return Membership.objects.create(
        board=board, person=person, from_date=day(begins), to_date=None if ends is None else day(ends)
    )


@pytest.mark.parametrize(
    ("begins", "ends", "sits"),
    [(-30, None, True), (0, None, True), (-30, 0, True), (-30, -1, False), (1, None, False), (-30, 30, True)],
)
def test_a_member_sees_the_boards_they_sit_on_today(
    board: BoardPage, member: User, person: Person, begins: int, ends: int | None, sits: bool
) -> None:
    seat(board, person, begins, ends)
    assert own_boards(member) == ([board] if sits else [])


def test_a_seat_that_somebody_else_gave_up_takes_nothing_away(board: BoardPage, member: User, person: Person) -> None:
    seat(board, person, -30)
    seat(board, Person.objects.create(name="Tom Ashby"), -90, -60)
    assert own_boards(member) == [board]


def test_somebody_who_comes_back_sees_the_board_again(board: BoardPage, member: User, person: Person) -> None:
    seat(board, person, -90, -60)
    seat(board, person, -30)
    assert own_boards(member) == [board]


def test_somebody_without_a_seat_sees_nothing(board: BoardPage, member: User, person: Person) -> None:
    seat(board, Person.objects.create(name="Tom Ashby"), -30)
    assert own_boards(member) == []
    assert own_boards(building.make_user("nobody", is_superuser=False)) == []
