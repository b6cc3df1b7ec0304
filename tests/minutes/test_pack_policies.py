"""When a pack may pass from one state to another, what it is called, and how long it still takes."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.exceptions import Refused
from minutes.enums import PACKS_OF_A_MEETING, PackAudience, PackEdition, PackKind, PackState
from minutes.pack_policies import (
    PACK_TRANSITIONS,
    Facts,
    check_become,
    pack_reference,
    seconds_left,
    states_before,
    what_is_missing,
)


def test_every_state_says_what_may_follow() -> None:
    assert set(PACK_TRANSITIONS) == set(PackState)
    assert all(after <= set(PackState) for after in PACK_TRANSITIONS.values())


def test_every_state_but_the_first_is_reached_and_only_a_withdrawal_is_the_end() -> None:
    reached = set().union(*PACK_TRANSITIONS.values())
    assert reached == set(PackState)
    assert [state for state, after in PACK_TRANSITIONS.items() if not after] == [PackState.WITHDRAWN]


@pytest.mark.parametrize("before", list(PackState))
@pytest.mark.parametrize("after", list(PackState))
def test_what_the_table_does_not_have_is_refused(before: PackState, after: PackState) -> None:
    pack = SimpleNamespace(state=before, reference="HWB/2026-10-08/AGENDA/v1", get_state_display=lambda: before.label)
    if after in PACK_TRANSITIONS[before]:
        check_become(pack, after)
        assert before in states_before(after)
    else:
        with pytest.raises(Refused, match="cannot become"):
            check_become(pack, after)
        assert before not in states_before(after)


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (PackKind.AGENDA, Facts(), "Publish the agenda first"),
        (PackKind.AGENDA, Facts(agenda_published=True), ""),
        (PackKind.SUPPLEMENT, Facts(agenda_published=True), "No supplement is published"),
        (PackKind.CONSOLIDATED, Facts(agenda_published=True, supplements=1), ""),
        (PackKind.CONSOLIDATED, Facts(supplements=1), "Publish the agenda first"),
        (PackKind.MINUTES, Facts(agenda_published=True), "Publish the minutes first"),
        (PackKind.MINUTES, Facts(minutes=1), ""),
        (PackKind.DECISIONS, Facts(minutes=1), "Publish the decisions first"),
        (PackKind.DECISIONS, Facts(resolutions=1), ""),
        (PackKind.ITEM, Facts(), ""),
        (PackKind.ACTIONS, Facts(), ""),
        (PackKind.ACTIONS, Facts(meeting_public=False), "not public"),
    ],
)
def test_what_is_missing_is_said(kind: str, facts: Facts, words: str) -> None:
    said = what_is_missing(kind, facts)
    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("asked", "reference"),
    [
        ({"kind": PackKind.AGENDA, "version": 2}, "HWB/2026-10-08/AGENDA/v2"),
        ({"kind": PackKind.SUPPLEMENT, "number": 1, "version": 1}, "HWB/2026-10-08/SUPPLEMENT-1/v1"),
        ({"kind": PackKind.AGENDA, "audience": PackAudience.MEMBERS, "version": 1}, "HWB/2026-10-08/AGENDA-MEMBERS/v1"),
        ({"kind": PackKind.AGENDA, "edition": PackEdition.LARGE_PRINT, "version": 1}, "HWB/2026-10-08/AGENDA-LARGE-PRINT/v1"),
        ({"kind": PackKind.AGENDA, "edition": PackEdition.PRINT_SET, "version": 1}, "HWB/2026-10-08/AGENDA-PRINT-SET/v1"),
        ({"kind": PackKind.MINUTES, "version": 1}, "HWB/2026-10-08/MINUTES/v1"),
        ({"kind": PackKind.DECISIONS, "version": 1}, "HWB/2026-10-08/DECISIONS/v1"),
    ],
)
def test_a_pack_of_a_meeting_is_called_by_kind_audience_edition_and_version(asked: dict, reference: str) -> None:
    assert pack_reference("HWB/2026-10-08", **asked) == reference


def test_a_pack_of_one_item_is_called_after_the_item() -> None:
    assert pack_reference("HWB/2026-10-08/I7", kind=PackKind.ITEM, version=1) == "HWB/2026-10-08/I7/v1"
    large = pack_reference("HWB/2026-10-08/I7", kind=PackKind.ITEM, version=3, edition=PackEdition.LARGE_PRINT)
    assert large == "HWB/2026-10-08/I7-LARGE-PRINT/v3"


def test_no_two_packs_of_a_meeting_share_a_name() -> None:
    names = [
        pack_reference("X", kind=kind, version=1, audience=audience, edition=edition, number=1)
        for kind in PACKS_OF_A_MEETING
        for audience in PackAudience
        for edition in PackEdition
    ]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("done", "total", "elapsed", "left"),
    [(0, 10, 5.0, None), (5, 10, 5.0, 5), (10, 10, 9.0, 0), (1, 3, 1.1, 3), (3, 0, 1.0, None)],
)
def test_the_rest_takes_as_long_as_what_is_done(done: int, total: int, elapsed: float, left: int | None) -> None:
    assert seconds_left(done, total, elapsed) == left


@given(total=st.integers(1, 500), elapsed=st.floats(0, 10_000))
def test_the_time_left_only_falls_while_sections_are_done_at_once(total: int, elapsed: float) -> None:
    told = [seconds_left(done, total, elapsed) for done in range(1, total + 1)]
    assert told == sorted(told, reverse=True) and told[-1] == 0  # type: ignore[type-var]
