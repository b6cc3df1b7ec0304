"""Whose meetings a board member sees."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

import pytest

from governance.models import BoardPage, Membership, Person, User
from home.members import own_boards
from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.models import Pack, Supplement
from tests import building
from tests.minutes.packing_stage import build_at_once, issued, make_meeting


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


def test_the_area_shows_packs_with_what_is_new(
    board: BoardPage, member: User, person: Person, clerk: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    seat(board, person, -30)
    meeting = make_meeting(board, clerk, starts_at=timezone.now() + timedelta(days=20))
    public = issued(meeting, clerk)
    members = issued(meeting, clerk, audience=PackAudience.MEMBERS)
    large = issued(meeting, clerk, audience=PackAudience.MEMBERS, edition=PackEdition.LARGE_PRINT)
    late = Supplement.objects.create(meeting=meeting, number=1, says="The budget report.", published_at=timezone.now())
    supplement = issued(meeting, clerk, kind=PackKind.SUPPLEMENT, supplement=late)
    client.force_login(member)
    shown = client.get("/members/").content.decode()
    for pack in (members, large):
        assert f"/members/packs/{pack.slug}/" in shown
    for pack in (public, supplement):
        assert f'"/packs/{pack.slug}/"' in shown
    assert "What is new: The budget report." in shown
    assert shown.count('class="new"') == 3
    Pack.objects.filter(pk=public.pk).update(state="superseded")
    Pack.objects.create(
        meeting=meeting,
        version=2,
        reference="X/v2",
        slug="x-v2",
        state="issued",
        sha512="0",
        file="x",
        asked_at=timezone.now(),
        issued_at=timezone.now() - timedelta(days=8),
        says="Changed: “1. Home care”.",
    )
    shown = client.get("/members/").content.decode()
    assert "Changed since version 1, which you were sent: Changed: “1. Home care”." in shown
    assert shown.count('class="new"') == 2


def test_other_boards_packs_are_not_shown(
    board: BoardPage, member: User, person: Person, clerk: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    pack = issued(make_meeting(other, clerk), clerk, audience=PackAudience.MEMBERS)
    seat(board, person, -30)
    client.force_login(member)
    assert pack.slug not in client.get("/members/").content.decode()
