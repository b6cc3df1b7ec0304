"""When something may be done to a meeting: the table is complete and has no way out of what is final."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from governance.exceptions import Refused
from minutes.enums import NOT_HELD, STATUS_NEEDS_REASON, TOOK_PLACE, UPCOMING, MeetingStatus
from minutes.policies import (
    MEETING_TRANSITIONS,
    can_become,
    check_become,
    check_publishes_decisions,
    check_takes_minutes,
    is_ahead,
)

DAY = date(2026, 10, 8)
FINAL = {MeetingStatus.CONFIRMED, MeetingStatus.CANCELLED}


@dataclass
class Meeting:
    """A meeting that stands somewhere."""

    status: str
    day: date = date(2026, 10, 8)

    def get_status_display(self) -> str:
        """The status in words."""
        return str(MeetingStatus(self.status).label)

    def __str__(self) -> str:
        return "8 October 2026"


def reachable(start: MeetingStatus) -> set[MeetingStatus]:
    """Every status a meeting can come to from this one."""
    found: set[MeetingStatus] = set()
    ahead = {start}
    while ahead:
        found |= ahead
        ahead = {target for status in ahead for target in MEETING_TRANSITIONS[status]} - found
    return found


def test_every_status_has_its_row_and_every_target_is_a_status() -> None:
    assert set(MEETING_TRANSITIONS) == set(MeetingStatus)
    assert {target for targets in MEETING_TRANSITIONS.values() for target in targets} <= set(MeetingStatus)


def test_only_what_is_confirmed_or_cancelled_is_final() -> None:
    assert {status for status, targets in MEETING_TRANSITIONS.items() if not targets} == FINAL


def test_every_status_can_be_reached_and_every_meeting_held_can_be_confirmed() -> None:
    assert reachable(MeetingStatus.SCHEDULED) == set(MeetingStatus)
    for status in set(MeetingStatus) - FINAL:
        assert MeetingStatus.CONFIRMED in reachable(status)


def test_a_meeting_passes_to_another_status_never_to_its_own() -> None:
    assert not any(can_become(status, status) for status in MeetingStatus)


def test_minutes_are_confirmed_only_after_they_were_published() -> None:
    assert {status for status in MeetingStatus if can_become(status, MeetingStatus.CONFIRMED)} == {MeetingStatus.DRAFT_MINUTES}


def test_a_meeting_that_was_held_is_not_called_off_any_more() -> None:
    for status in (MeetingStatus.HELD, MeetingStatus.DRAFT_MINUTES, MeetingStatus.INQUORATE):
        assert not MEETING_TRANSITIONS[status] & NOT_HELD


def test_what_did_not_go_the_usual_way_needs_its_reason() -> None:
    assert NOT_HELD <= STATUS_NEEDS_REASON
    assert not UPCOMING & STATUS_NEEDS_REASON
    for status in STATUS_NEEDS_REASON:
        before = next(each for each in MeetingStatus if can_become(each, status))
        with pytest.raises(Refused, match="Give the reason"):
            check_become(Meeting(before), status, on=DAY, reason=" ")
        check_become(Meeting(before), status, on=DAY, reason="Snow.")


@pytest.mark.parametrize("before", MeetingStatus)
@pytest.mark.parametrize("after", MeetingStatus)
def test_the_check_refuses_exactly_what_the_table_has_not(before: MeetingStatus, after: MeetingStatus) -> None:
    if after in MEETING_TRANSITIONS[before]:
        check_become(Meeting(before), after, on=DAY, reason="A reason.")
        return
    with pytest.raises(Refused) as refusal:
        check_become(Meeting(before), after, on=DAY, reason="A reason.")
    assert f"“{before.label}”" in str(refusal.value)
    assert f"“{after.label}”" in str(refusal.value)


@pytest.mark.parametrize("status", MeetingStatus)
def test_only_a_meeting_that_took_place_and_is_not_confirmed_takes_minutes(status: MeetingStatus) -> None:
    if status in NOT_HELD | {MeetingStatus.CONFIRMED}:
        with pytest.raises(Refused, match="8 October 2026"):
            check_takes_minutes(Meeting(status))
    else:
        check_takes_minutes(Meeting(status))


def test_a_meeting_is_ahead_until_its_day() -> None:
    assert is_ahead(Meeting(MeetingStatus.SCHEDULED), DAY - timedelta(days=1))
    assert not is_ahead(Meeting(MeetingStatus.SCHEDULED), DAY)


def test_before_its_day_a_meeting_only_changes_its_plan() -> None:
    eve = DAY - timedelta(days=1)
    for before, targets in MEETING_TRANSITIONS.items():
        for after in targets:
            if after in TOOK_PLACE:
                with pytest.raises(Refused, match="has not taken place yet"):
                    check_become(Meeting(before), after, on=eve, reason="A reason.")
            else:
                check_become(Meeting(before), after, on=eve, reason="A reason.")


@pytest.mark.parametrize("status", MeetingStatus)
def test_decisions_are_published_of_meetings_that_happened(status: MeetingStatus) -> None:
    with pytest.raises(Refused):
        check_publishes_decisions(Meeting(status), DAY - timedelta(days=1))
    if status in NOT_HELD:
        with pytest.raises(Refused, match="no minutes"):
            check_publishes_decisions(Meeting(status), DAY)
    else:
        check_publishes_decisions(Meeting(status), DAY)
