"""Attendance line by line: what is recorded, changed and taken back, and what is refused in words."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, Membership, Person, QuorumGroup, User
from minutes.enums import MeetingStatus, Presence
from minutes.models import AgendaItemPage, Attendance, DeclaredInterest, MeetingPage
from minutes.operations.attendance import record_attendance, remove_presence, set_presence
from minutes.operations.meetings import set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from minutes.room import room_now, vote_problems
from minutes.voting import Vote
from tests import building
from tests.kept import kept


def make_room(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting with two items of a board with three members, of whom one is of the NHS and one has no vote."""
    BoardPage.objects.filter(pk=board.pk).update(quorum=2)
    QuorumGroup.objects.create(board=board, seat_group="NHS", needed=1)
    for name, group, votes in (("Ada Lee", "Council", True), ("Ben Rao", "NHS", True), ("Cat Hill", "Advisers", False)):
        person = Person.objects.create(name=name, role="Member")
        Membership.objects.create(person=person, board=board, seat_group=group, votes=votes, from_date=date(2026, 5, 1))
    meeting = building.make_meeting(board, clerk)
    for title in ("Home care", "Transport"):
        building.make_item(meeting, clerk, title)
    return MeetingPage.objects.get(pk=meeting.pk)


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """Nobody is recorded yet."""
    return kept("attendance room", lambda: make_room(board, clerk))


def person(name: str) -> Person:
    """A member by name."""
    return Person.objects.get(name=name)


def items() -> list[AgendaItemPage]:
    """The agenda."""
    return list(AgendaItemPage.objects.order_by("position"))


def test_members_are_recorded_with_the_vote_of_their_seat(meeting: MeetingPage, clerk: User) -> None:
    for name in ("Ada Lee", "Cat Hill"):
        set_presence(meeting=meeting, person=person(name), presence=Presence.PRESENT, by=clerk)
    assert list(Attendance.objects.values_list("name", "votes")) == [("Ada Lee, Member", True), ("Cat Hill, Member", False)]
    assert not room_now(meeting).is_quorate
    set_presence(meeting=meeting, person=person("Ben Rao"), presence=Presence.PRESENT, by=clerk)
    assert room_now(meeting).is_quorate
    set_presence(meeting=meeting, person=person("Ben Rao"), presence=Presence.APOLOGIES, by=clerk)
    assert Attendance.objects.count() == 3
    assert "NHS (0 of at least 1)" in room_now(meeting).sentence
    assert LedgerEntry.objects.filter(page=meeting, note="Ben Rao, Member: Apologies", by=clerk).exists()


def test_a_substitute_takes_the_vote_and_the_group_of_the_seat(meeting: MeetingPage, clerk: User) -> None:
    set_presence(meeting=meeting, person=person("Ada Lee"), presence=Presence.PRESENT, by=clerk)
    sam = Person.objects.create(name="Sam Poole")
    set_presence(
        meeting=meeting, person=sam, presence=Presence.SUBSTITUTE, substitute_for=person("Ben Rao"), remotely=False, by=clerk
    )
    assert room_now(meeting).is_quorate
    with pytest.raises(Refused, match="Sam Poole stands in for Ben Rao"):
        set_presence(meeting=meeting, person=person("Ben Rao"), presence=Presence.PRESENT, by=clerk)
    with pytest.raises(ValidationError, match="Somebody else stands in for that member already"):
        set_presence(meeting=meeting, name="Guest", presence=Presence.SUBSTITUTE, substitute_for=person("Ben Rao"), by=clerk)


def test_a_member_who_is_also_a_substitute_is_refused_unless_the_rules_allow(meeting: MeetingPage, clerk: User) -> None:
    asked: dict[str, Any] = {"meeting": meeting, "person": person("Ada Lee"), "presence": Presence.SUBSTITUTE, "by": clerk}
    with pytest.raises(Refused, match="is a member, so cannot also stand in for another: one person has one vote"):
        set_presence(**asked, substitute_for=person("Ben Rao"))
    BoardPage.objects.update(members_may_substitute=True)
    meeting = MeetingPage.objects.get()
    set_presence(**{**asked, "meeting": meeting}, substitute_for=person("Ben Rao"))
    assert len(room_now(meeting).counted) == 1


def test_bad_lines_are_refused_in_words_and_leave_no_trace(meeting: MeetingPage, clerk: User) -> None:
    set_presence(meeting=meeting, person=person("Ada Lee"), presence=Presence.PRESENT, by=clerk)
    first, second = items()
    other = building.make_item(building.make_meeting(meeting.board, clerk, building.london(2026, 12, 3, 14)), clerk)
    outsider = Person.objects.create(name="Out Sider")
    substitute: dict[str, Any] = {"name": "Guest", "presence": Presence.SUBSTITUTE}
    bad: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (ValidationError, "Nobody leaves before they arrive", {"arrived_item": second, "left_item": first}),
        (Refused, "not on the agenda of this meeting", {"arrived_item": other}),
        (Refused, "given back before it was taken", {"presided": True, "chaired_from_item": second, "chaired_until_item": first}),
        (Refused, "Say which member Guest stands in for", substitute),
        (Refused, "Out Sider had no seat", {**substitute, "substitute_for": outsider}),
        (Refused, "Ada Lee is recorded as present", {**substitute, "substitute_for": person("Ada Lee")}),
        (ValidationError, "Nobody stands in for themselves", {
            "person": person("Ben Rao"), "name": "Ben", "substitute_for": person("Ben Rao"), "presence": Presence.SUBSTITUTE,
        }),
    ]  # fmt: skip
    BoardPage.objects.update(members_may_substitute=True)
    fresh = MeetingPage.objects.get(pk=meeting.pk)
    for error, words, fields in bad:
        given: dict[str, Any] = {"name": "Guest", "presence": Presence.PRESENT, **fields}
        with pytest.raises(error, match=words):
            set_presence(meeting=fresh, by=clerk, **given)
    assert Attendance.objects.count() == 1


def test_who_is_away_has_no_chair_and_no_times(meeting: MeetingPage, clerk: User) -> None:
    first, second = items()
    line = set_presence(
        meeting=meeting, person=person("Ada Lee"), presence=Presence.REMOTE, presided=True, arrived_item=first,
        left_item=second, chaired_from_item=first, chaired_until_item=first, by=clerk,
    )  # fmt: skip
    assert (line.came_at, line.went_at, line.took_the_chair_for) == ("1", "2", "for item 1")
    line = set_presence(meeting=meeting, line=line, presence=Presence.APOLOGIES, by=clerk)
    assert (line.presided, line.came_at, line.went_at, line.took_the_chair_for) == (False, "", "", "")
    with pytest.raises(Refused, match="another meeting"):
        set_presence(meeting=building.make_meeting(meeting.board, clerk), line=line, presence=Presence.PRESENT, by=clerk)


def test_once_confirmed_no_line_is_added_changed_or_taken_back(meeting: MeetingPage, clerk: User) -> None:
    line = set_presence(meeting=meeting, person=person("Ada Lee"), presence=Presence.PRESENT, by=clerk)
    extra = set_presence(meeting=meeting, name="Guest", presence=Presence.OBSERVER, by=clerk)
    remove_presence(line=extra, by=clerk)
    assert LedgerEntry.objects.filter(note="Taken out of the attendance: Guest: Observer").exists()
    building.make_minute(items()[0], clerk, publish=False)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    confirm_minutes(meeting=meeting, by=clerk)
    confirmed = MeetingPage.objects.get()
    for refused in (
        lambda: set_presence(meeting=confirmed, line=line, presence=Presence.ABSENT, by=clerk),
        lambda: remove_presence(line=line, by=clerk),
        lambda: record_attendance(meeting=confirmed, rows=[], by=clerk),
    ):
        with pytest.raises(Refused, match="are confirmed"):
            refused()
    with pytest.raises(ValidationError, match="are confirmed"):
        Attendance(meeting=confirmed, name="Late").full_clean()
    for change in (Attendance.objects.filter(pk=line.pk).delete, lambda: Attendance.objects.update(name="X")):
        with pytest.raises(IntegrityError, match="confirmed"), transaction.atomic():
            change()


def test_an_interest_declared_under_another_item_acts_on_the_one_it_is_in(meeting: MeetingPage, clerk: User) -> None:
    for name in ("Ada Lee", "Ben Rao"):
        set_presence(meeting=meeting, person=person(name), presence=Presence.PRESENT, by=clerk)
    first, second = items()
    minute = building.make_minute(first, clerk, publish=False)
    minute.interests.add(DeclaredInterest(name="Ben Rao", category="Indirect", about=second, what_they_did="left"))
    minute.save_revision(user=clerk)
    assert room_now(meeting, first).is_quorate
    assert [one.name for one in room_now(meeting, second).withdrawn] == ["Ben Rao, Member"]
    vote = Vote(manner="show_of_hands", votes_for=2)
    assert vote_problems(first, vote) == {}
    assert "2 votes were counted, but 1 member" in vote_problems(second, vote)["votes_for"]


def test_the_room_asks_as_often_for_many_as_for_few(meeting: MeetingPage, clerk: User) -> None:
    first, second = items()
    building.make_minute(first, clerk, publish=False)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            room_now(meeting, second)
        return len(captured)

    set_presence(meeting=meeting, person=person("Ada Lee"), presence=Presence.PRESENT, by=clerk)
    asked()
    few = asked()
    for number in range(20):
        Attendance.objects.create(meeting=meeting, name=f"Member {number}", arrived_item=first)
    assert asked() == few <= 10
