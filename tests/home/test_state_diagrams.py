"""The page of states says what the tables say."""

from pathlib import Path

from django.core.management import call_command
from django.utils.translation import override

import pytest

from governance.enums import ActionStatus, CommentState
from governance.policies import COMMENT_TRANSITIONS, STATUS_TRANSITIONS
from home.state_diagrams import ALL, Drawn, states_page
from minutes.enums import MeetingStatus, PackState
from minutes.pack_policies import PACK_TRANSITIONS
from minutes.policies import MEETING_TRANSITIONS
from tests.house.sources import ROOT


def arrows(name: str) -> set[tuple[str, str]]:
    """The arrows drawn in one section of the page."""
    section = states_page().split(f"## {name}\n")[1].split("\n## ")[0]
    pairs = (line.strip().split(" --> ") for line in section.splitlines() if " --> " in line)
    return {(before, after) for before, after in pairs}


def test_the_page_on_record_is_current() -> None:
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == states_page(), "run manage.py draw_states"


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    call_command("draw_states", output=tmp_path / "states.md", verbosity=0)
    assert (tmp_path / "states.md").read_text(encoding="utf-8") == states_page()


@pytest.mark.parametrize(
    ("name", "table", "first"),
    [
        ("Meeting", MEETING_TRANSITIONS, MeetingStatus.SCHEDULED),
        ("Action", STATUS_TRANSITIONS, ActionStatus.PROPOSED),
        ("Pack", PACK_TRANSITIONS, PackState.QUEUED),
        ("Comment", COMMENT_TRANSITIONS, CommentState.RECEIVED),
    ],
)
def test_every_transition_is_an_arrow_and_every_arrow_a_transition(name: str, table: dict, first: str) -> None:
    expected = {(str(before), str(after)) for before, targets in table.items() for after in targets if before != after}
    ends = {(str(before), "[*]") for before, targets in table.items() if not targets - {before}}
    assert arrows(name) == expected | ends | {("[*]", str(first))}


@pytest.mark.parametrize("drawn", ALL, ids=lambda drawn: drawn.name)
def test_every_state_is_listed_and_groups_hold_states(drawn: Drawn) -> None:
    section = states_page().split(f"## {drawn.name}\n")[1].split("\n## ")[0]
    for state in drawn.states:
        assert f"| {state.label} | `{state.value}` |" in section
    for _name, group in drawn.groups:
        assert group <= set(drawn.states)


def test_the_language_that_is_on_makes_no_difference() -> None:
    page = states_page()
    with override("fr"):
        assert states_page() == page
