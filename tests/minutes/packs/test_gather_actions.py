"""How the actions report says where an action stands."""

from datetime import date
from typing import Any

import pytest

from governance.models import ActionPage
from minutes.packs.content import Mark
from minutes.packs.gather_actions import MARKS, action_line, due_words, mark

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)


def action(**fields: Any) -> ActionPage:
    """An action that is kept nowhere."""
    return ActionPage(**{"title": "Open the hall", "promise": "We will open the hall.", "status": "under_way", **fields})


@pytest.mark.parametrize(
    ("fields", "shape", "words"),
    [
        ({"status": "proposed"}, Mark.PROPOSED, "Proposed"),
        ({"status": "agreed"}, Mark.AGREED, "Agreed"),
        ({}, Mark.UNDER_WAY, "Under way"),
        ({"confidence": "on_track"}, Mark.ON_TRACK, "On track"),
        ({"status": "agreed", "confidence": "at_risk"}, Mark.AT_RISK, "At risk"),
        ({"status": "paused", "confidence": "at_risk"}, Mark.PAUSED, "Paused"),
        ({"status": "completed", "confidence": "on_track"}, Mark.COMPLETED, "Completed"),
        ({"status": "handed_on"}, Mark.HANDED_ON, "Handed on"),
        ({"status": "closed"}, Mark.CLOSED, "Closed without completion"),
    ],
)
def test_the_shape_belongs_to_the_words_beside_it(fields: dict[str, str], shape: Mark, words: str) -> None:
    line = action_line(action(**fields), None, None, TODAY)
    assert (line.mark, line.confidence_words or line.status_words) == (shape, words)


def test_each_status_has_a_shape_of_its_own() -> None:
    shapes = [mark(action(status=status)) for status in MARKS]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),
        ({"due_words": "in spring"}, "in spring"),
        ({"due_on": TODAY}, "By 27 November 2026"),
        ({"due_on": date(2026, 11, 26)}, "By 26 November 2026, late by 1 day"),
        ({"due_on": date(2026, 5, 1), "date_moves": 1}, "By 1 May 2026, late by 210 days; the date has moved once"),
        ({"due_on": date(2027, 5, 1), "date_moves": 2}, "By 1 May 2027; the date has moved 2 times"),
        ({"due_on": date(2026, 5, 1), "status": "completed"}, "By 1 May 2026"),
    ],
)
def test_a_date_that_has_passed_is_said_to_be_late(fields: dict[str, Any], said: str) -> None:
    assert due_words(action(**fields), TODAY) == said


def test_a_decision_sheet_says_no_lateness() -> None:
    assert due_words(action(due_on=date(2026, 5, 1))) == "By 1 May 2026"
