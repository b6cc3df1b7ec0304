"""When something may be done to a paper: the tables are complete, and a person answers for what was found."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from governance.exceptions import Refused
from minutes.enums import CHECK_ENDED, PAPER_NEEDS_REASON, PAPER_WAS_PUBLIC, FileCheck, PaperState
from minutes.policies import (
    CHECK_TRANSITIONS,
    PAPER_TRANSITIONS,
    can_check_become,
    can_paper_become,
    check_accepts,
    check_paper_become,
    is_publishable,
)

UPLOADER, OTHER = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
ONCE = datetime(2026, 11, 3, tzinfo=UTC)


@dataclass
class Paper:
    """A paper that stands somewhere."""

    state: str

    def get_state_display(self) -> str:
        """The state in words."""
        return str(PaperState(self.state).label)

    def __str__(self) -> str:
        return "Home care"


@dataclass
class File:
    """A file that was checked."""

    check_state: str = FileCheck.FINDINGS
    copy: str = "papers/copies/1.pdf"
    accepted_at: datetime | None = None
    uploaded_by_id: int = 1


def reachable(table: Any, start: Any) -> set[Any]:
    """Every state that can follow from this one."""
    found: set[Any] = set()
    ahead = {start}
    while ahead:
        found |= ahead
        ahead = {target for state in ahead for target in table[state]} - found
    return found


@pytest.mark.parametrize(
    ("table", "states", "start"),
    [(PAPER_TRANSITIONS, PaperState, PaperState.TO_FOLLOW), (CHECK_TRANSITIONS, FileCheck, FileCheck.WAITING)],
)
def test_every_state_has_its_row_and_can_be_reached(table: Any, states: Any, start: Any) -> None:
    assert set(table) == set(states)
    assert {target for targets in table.values() for target in targets} <= set(states)
    assert reachable(table, start) == set(states)


def test_only_a_withdrawn_paper_is_at_its_end() -> None:
    assert {state for state, targets in PAPER_TRANSITIONS.items() if not targets} == {PaperState.WITHDRAWN}


def test_what_was_public_is_never_a_draft_again() -> None:
    for state in PAPER_WAS_PUBLIC:
        assert reachable(PAPER_TRANSITIONS, state) <= PAPER_WAS_PUBLIC


def test_only_a_checked_paper_is_published() -> None:
    assert [state for state in PaperState if can_paper_become(state, PaperState.PUBLISHED)] == [PaperState.CHECKED]


def test_every_check_that_ended_can_be_made_again() -> None:
    assert {state for state in FileCheck if can_check_become(state, FileCheck.WAITING)} == {*CHECK_ENDED, FileCheck.CHECKING}


@pytest.mark.parametrize("before", list(PaperState))
@pytest.mark.parametrize("after", list(PaperState))
def test_each_step_is_allowed_or_refused_in_words(before: PaperState, after: PaperState) -> None:
    if after in PAPER_TRANSITIONS[before]:
        check_paper_become(Paper(before), after, reason="It named a person.")
    else:
        with pytest.raises(Refused, match=r"Home care.*cannot become"):
            check_paper_become(Paper(before), after, reason="It named a person.")


@pytest.mark.parametrize("after", sorted(PAPER_NEEDS_REASON))
def test_a_step_that_needs_a_reason_is_refused_without(after: PaperState) -> None:
    before = PaperState.PUBLISHED if after == PaperState.WITHDRAWN else PaperState.RECEIVED
    with pytest.raises(Refused, match="reason"):
        check_paper_become(Paper(before), after, reason=" \n")


def test_what_may_be_published() -> None:
    assert is_publishable(File(FileCheck.CLEAN))
    assert is_publishable(File(FileCheck.FINDINGS, accepted_at=ONCE))
    refused = [File(state, accepted_at=ONCE) for state in FileCheck if state not in {FileCheck.CLEAN, FileCheck.FINDINGS}]
    assert not any(is_publishable(file) for file in [*refused, File(FileCheck.FINDINGS), File(FileCheck.CLEAN, copy="")])


@pytest.mark.parametrize(
    ("file", "by", "because", "by_another", "words"),
    [
        (File(FileCheck.BLOCKED), OTHER, "Needed", False, "cannot be published by anybody"),
        (File(FileCheck.CLEAN), OTHER, "Needed", False, "waits for a decision"),
        (File(FileCheck.WAITING), OTHER, "Needed", False, "waits for a decision"),
        (File(accepted_at=ONCE), OTHER, "Needed", False, "waits for a decision"),
        (File(), None, "Needed", False, "A person answers"),
        (File(), SimpleNamespace(pk=None), "Needed", False, "A person answers"),
        (File(), UPLOADER, "Needed", True, "somebody else"),
        (File(), OTHER, "  ", False, "Give the reason"),
    ],
)
def test_publishing_anyway_is_refused_in_words(file: File, by: Any, because: str, by_another: bool, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_accepts(file, by=by, because=because, by_another=by_another)


def test_publishing_anyway_is_for_a_named_person_with_a_reason() -> None:
    check_accepts(File(), by=UPLOADER, because="The chair asked for it.")
    check_accepts(File(), by=OTHER, because="The chair asked for it.", by_another=True)
