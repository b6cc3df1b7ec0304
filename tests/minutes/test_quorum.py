"""Who is in the room at an item, and whether there is a quorum: cases worked out by hand."""

from dataclasses import replace

import pytest

from minutes.enums import Presence
from minutes.quorum import Attendee, GroupRule, Interest, JointRule, QuorumRule, came_and_went_problem, room_at

THREE = QuorumRule(needed=3, groups=(GroupRule("NHS", 1),))
ADA = Attendee(name="Councillor Ada Lee, Chair", person=1, person_name="Ada Lee", seat_group="Council", presided=True)
BEN = Attendee(name="Dr Ben Rao", person=2, person_name="Ben Rao", seat_group="NHS")
CAT = Attendee(name="Cat Hill", person=3, person_name="Cat Hill", seat_group="Council")


def test_enough_members_of_every_group_are_a_quorum() -> None:
    room = room_at(None, rule=THREE, attendance=[ADA, BEN, CAT])
    assert room.is_quorate
    assert room.sentence == "There is a quorum: 3 voting members are present, 3 are needed."


def test_nothing_is_said_before_anybody_is_recorded() -> None:
    room = room_at(None, rule=THREE, attendance=[Attendee(name="Dev", presence=Presence.APOLOGIES)])
    assert (room.is_recorded, room.is_quorate) == (False, False)
    assert room.sentence == "Nobody is recorded as present yet, so the quorum is not known."


def test_a_group_that_is_missing_is_named() -> None:
    room = room_at(None, rule=THREE, attendance=[ADA, CAT, Attendee(name="Eve", seat_group="Council")])
    assert not room.is_quorate
    assert room.sentence.endswith("Too few are present from: NHS (0 of at least 1).")


def test_those_without_a_vote_and_those_who_only_attend_do_not_count() -> None:
    others = [
        Attendee(name="Adviser", votes=False),
        Attendee(name="Officer", presence=Presence.IN_ATTENDANCE),
        Attendee(name="Guest", presence=Presence.OBSERVER),
    ]
    room = room_at(None, rule=THREE, attendance=[ADA, BEN, *others])
    assert [one.name for one in room.present] == [ADA.name, BEN.name, "Adviser"]
    assert room.sentence == "There is no quorum: 2 voting members are present, 3 are needed."


@pytest.mark.parametrize(("remote_counts", "quorate"), [(True, True), (False, False)])
@pytest.mark.parametrize("how", [{"presence": Presence.REMOTE}, {"presence": Presence.SUBSTITUTE, "remotely": True}])
def test_remote_attendance_counts_by_the_boards_rule(remote_counts: bool, quorate: bool, how: dict[str, object]) -> None:
    rule = QuorumRule(needed=3, remote_counts=remote_counts)
    room = room_at(None, rule=rule, attendance=[ADA, BEN, Attendee(name="Far", **how)])  # type: ignore[arg-type]
    assert (room.is_quorate, len(room.present)) == (quorate, 3)


def test_a_substitute_counts_for_the_group_of_the_seat() -> None:
    stand_in = Attendee(name="Sam", presence=Presence.SUBSTITUTE, seat_group="nhs")
    assert room_at(None, rule=THREE, attendance=[ADA, CAT, stand_in]).is_quorate


def test_a_meeting_becomes_inquorate_when_somebody_leaves_and_only_from_then_on() -> None:
    leaves = Attendee(name="Ben", seat_group="NHS", arrived_at=2, left_at=4)
    quorate = {at: room_at(at, rule=THREE, attendance=[ADA, leaves, CAT]).is_quorate for at in range(1, 6)}
    assert quorate == {1: False, 2: True, 3: True, 4: True, 5: False}


def test_who_withdraws_is_out_of_the_count_of_that_item() -> None:
    room = room_at(
        6, rule=THREE, attendance=[ADA, BEN, CAT], interests=[Interest("Dr Ben Rao", withdraws=True, may_vote=False)]
    )
    assert [one.name for one in room.withdrawn] == ["Dr Ben Rao"]
    assert not room.is_quorate
    assert room.sentence == (
        "There is no quorum: 2 voting members are present, 3 are needed. Too few are present from: NHS (0 of at least 1). "
        "Not counted, having left because of an interest: Dr Ben Rao."
    )


def test_who_stays_without_voting_counts_and_has_no_vote() -> None:
    room = room_at(6, rule=THREE, attendance=[ADA, BEN, CAT], interests=[Interest("Ben", person=2, may_vote=False)])
    assert (room.is_quorate, [one.name for one in room.may_vote]) == (True, [ADA.name, CAT.name])


def test_the_chair_changes_for_an_item() -> None:
    vice = Attendee(name="Cat Hill", presided=True, chaired_from=3, chaired_until=3)
    chairs = [room_at(at, rule=THREE, attendance=[ADA, vice]).chair for at in (2, 3, 4)]
    assert [one.name for one in chairs if one] == [ADA.name, "Cat Hill", ADA.name]


def test_who_withdraws_does_not_preside() -> None:
    room = room_at(1, rule=THREE, attendance=[ADA], interests=[Interest("ADA LEE", withdraws=True)])
    assert (room.chair, room.withdrawn) == (None, (ADA,))
    assert room_at(1, rule=THREE, attendance=[BEN, CAT]).chair is None


@pytest.mark.parametrize(
    ("name", "person", "called"),
    [("ada lee", None, True), ("Councillor Ada Lee", None, True), ("", None, False), ("X", 1, True), ("Ada Lee", 9, False)],
)
def test_a_name_in_a_minute_is_found_without_its_role(name: str, person: int | None, called: bool) -> None:
    assert ADA.is_called(name, person) is called


def test_nobody_leaves_before_they_arrive() -> None:
    assert came_and_went_problem(5, 3).startswith("Nobody leaves before they arrive")
    assert [came_and_went_problem(*pair) for pair in ((3, 3), (3, 5), (None, 1), (1, None))] == [""] * 4


HOST = JointRule("Ashmere Board", QuorumRule(needed=2), {1: "Council", 2: "NHS"}, hosts=True)
OTHER = JointRule(
    "Place Partnership", QuorumRule(needed=2, groups=(GroupRule("NHS", 1),), remote_counts=True), {2: "NHS", 3: "Council"}
)
ADA_1, BEN_2, CAT_3 = (replace(one, seat=one.person) for one in (ADA, BEN, CAT))


@pytest.mark.parametrize(
    ("there", "quorate", "words"),
    [
        # Ben sits on both boards and counts for both.
        (
            [ADA_1, BEN_2, CAT_3],
            True,
            "There is a quorum of each board. Ashmere Board: 2 of at least 2. Place Partnership: 2 of at least 2.",
        ),
        ([ADA_1, BEN_2], False, "Place Partnership: 1 of at least 2."),
        ([BEN_2, CAT_3], False, "Ashmere Board: 1 of at least 2."),
        # Who stands in for Ben counts for the seat. A guest with a vote and no seat counts for the host alone.
        ([ADA_1, CAT_3, Attendee(name="Sam", person=9, seat=2, presence=Presence.SUBSTITUTE)], True, ""),
        ([BEN_2, CAT_3, Attendee(name="Guest")], True, ""),
        ([ADA_1, CAT_3, Attendee(name="Guest")], False, "Too few are present from: NHS (0 of at least 1)."),
        # From elsewhere one counts by the rule of one's own board.
        ([ADA_1, BEN_2, replace(CAT_3, remotely=True)], True, ""),
        ([replace(ADA_1, remotely=True), BEN_2, CAT_3], False, "Ashmere Board: 1 of at least 2."),
        ([], False, "Nobody is recorded"),
    ],
)
def test_each_board_of_a_joint_meeting_needs_a_quorum_of_its_own(there: list[Attendee], quorate: bool, words: str) -> None:
    room = room_at(None, rule=HOST.rule, attendance=there, jointly=[HOST, OTHER])
    assert (room.is_quorate, words in room.sentence) == (quorate, True)


def test_who_joins_remotely_votes_where_their_own_board_lets_them() -> None:
    far = [replace(ADA_1, remotely=True), replace(CAT_3, remotely=True)]
    room = room_at(None, rule=HOST.rule, attendance=[BEN_2, *far], jointly=[HOST, OTHER])
    assert [one.name for one in room.may_vote] == ["Dr Ben Rao", "Cat Hill"]
