"""What somebody who approves a draft reads of it."""

from datetime import date
from typing import Any

from governance.draft_words import words_of_draft
from governance.models import BoardPage, ProgressUpdatePage
from minutes.models import MeetingPage
from tests.building import london


def said(draft: Any) -> dict[str, str]:
    """Its words by the names of their fields."""
    return {word.label: word.now for word in words_of_draft(draft)}


def test_moments_days_and_ticks_are_said_as_people_say_them(board: BoardPage) -> None:
    meeting = MeetingPage(title="Ordinary meeting", starts_at=london(2026, 7, 9, 14, 30))
    assert said(meeting)["Starts"] == "Thursday 9 July 2026, 2.30pm"
    news = ProgressUpdatePage(title="Autumn", date=date(2027, 3, 1))
    assert "Monday 1 March 2027" in said(news).values()
    board.is_executive = True
    assert said(board)["Executive board"] == "Yes"
