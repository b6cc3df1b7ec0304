"""Attendance is summed for the organisation that a member sat for on the day."""

from datetime import date

from minutes.annual.attendance import Presences, Seat, sums
from minutes.enums import Presence

DAY = date(2026, 10, 8)


def test_a_seat_counts_only_while_it_is_held() -> None:
    seats = [Seat(1, "The council", date(2026, 5, 1), date(2026, 10, 7)), Seat(1, "The trust", DAY, None)]
    rows = [Presences(date(2026, 6, 4), "present", 1, "Elsewhere"), Presences(DAY, "present", 1, "Elsewhere")]
    assert [(line.organisation, line.attended) for line in sums(rows, seats)] == [("The council", 1), ("The trust", 1)]


def test_every_way_of_being_there_or_not() -> None:
    seats = [Seat(1, "The council", DAY, None)]
    (line,) = sums([Presences(DAY, presence, 1, "") for presence in Presence], seats)
    assert (line.attended, line.apologies, line.absent) == (3, 1, 1)


def test_without_a_seat_it_is_where_the_person_works_and_else_nowhere() -> None:
    rows = [Presences(DAY, "present", None, ""), Presences(DAY, "apologies", 2, "The trust")]
    assert [line.organisation for line in sums(rows, [])] == ["The trust", ""]
    assert sums([], []) == ()


def test_who_is_away_before_or_after_their_seat_is_not_counted() -> None:
    seats = [Seat(1, "The council", date(2026, 5, 1), date(2026, 10, 7))]
    rows = [Presences(DAY, presence, 1, "Elsewhere") for presence in ("apologies", "absent")]
    assert sums(rows, seats) == ()
