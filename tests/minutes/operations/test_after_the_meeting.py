"""Attendance, follow-ups, papers, questions and answers to recommendations."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, Person, User
from minutes.enums import MeetingStatus, PaperState, Presence
from minutes.models import AgendaItemPage, Attendance, MeetingPage, PublicQuestion, ResolutionPage
from minutes.operations.attendance import record_attendance
from minutes.operations.follow_ups import add_follow_up, finish_follow_up
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.papers import list_paper
from minutes.operations.questions import answer_question, receive_question
from minutes.operations.recommendations import record_answer
from tests import building


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    return building.make_meeting(board, clerk)


@pytest.fixture
def item(meeting: MeetingPage, clerk: User) -> AgendaItemPage:
    return building.make_item(meeting, clerk, publish=False)


def test_attendance_is_recorded_whole_or_not_at_all(meeting: MeetingPage, clerk: User) -> None:
    person = Person.objects.create(name="Amina Farouk")
    twice = [Attendance(person=person, name="Amina Farouk"), Attendance(person=person, name="Amina Farouk")]
    with pytest.raises(ValidationError):
        record_attendance(meeting=meeting, rows=twice, by=clerk)
    assert not Attendance.objects.exists()
    rows = [Attendance(person=person, name="Amina Farouk"), Attendance(name="Dev Aldous", presence=Presence.APOLOGIES)]
    record_attendance(meeting=meeting, rows=rows, by=clerk)
    assert meeting.attendances.count() == 2
    assert LedgerEntry.objects.filter(page=meeting, note="Attendance recorded: 2").exists()


def test_a_meeting_that_was_not_held_has_no_attendance(meeting: MeetingPage, clerk: User) -> None:
    meeting = set_status(meeting=meeting, status=MeetingStatus.CANCELLED, reason="Snow.", by=clerk)
    with pytest.raises(Refused, match="has no minutes"):
        record_attendance(meeting=meeting, rows=[Attendance(name="Dev Aldous")], by=clerk)


def test_a_follow_up_is_done_once(item: AgendaItemPage, clerk: User) -> None:
    follow_up = add_follow_up(item=item, text="Send the slides", owner="Democratic services", by=clerk)
    finish_follow_up(follow_up=follow_up, done_on=date(2026, 10, 12), note="Sent.", by=clerk)
    follow_up.refresh_from_db()
    assert (follow_up.done_on, follow_up.note) == (date(2026, 10, 12), "Sent.")
    with pytest.raises(Refused, match="is done already"):
        finish_follow_up(follow_up=follow_up, done_on=date(2026, 10, 13), by=clerk)
    with pytest.raises(ValidationError):
        add_follow_up(item=item, text="", by=clerk)


def test_a_paper_becomes_public_with_its_agenda_and_not_by_being_listed(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User
) -> None:
    list_paper(item=item, title="Home care: options", kind="report", state=PaperState.CHECKED, by=clerk)
    later = list_paper(item=item, title="Prices", kind="appendix", by=clerk)
    with pytest.raises(Refused, match="becomes public with its agenda"):
        list_paper(item=item, title="Terms", kind="report", state=PaperState.PUBLISHED, by=clerk)
    assert later.position == 2
    publish_agenda(meeting=meeting, by=clerk)
    assert list(item.papers.values_list("title", "state")) == [("Home care: options", "published"), ("Prices", "to_follow")]


def test_a_question_is_public_with_its_answer_or_the_reason_it_was_not_taken(meeting: MeetingPage, clerk: User) -> None:
    asked: dict[str, Any] = {"meeting": meeting, "asked_by": "A resident", "received_on": date(2026, 10, 1), "by": clerk}
    hall = receive_question(text="Where can we sit in the warm?", **asked)
    parking = receive_question(text="Why is parking dear?", **asked)
    assert not PublicQuestion.objects.public().exists()
    answer_question(question=hall, answer="In the hall.", on=date(2026, 10, 8), by=clerk)
    answer_question(question=parking, answer="Not for this Board.", on=date(2026, 10, 8), declined=True, by=clerk)
    assert list(PublicQuestion.objects.public().values_list("state", flat=True)) == ["answered", "declined"]
    with pytest.raises(Refused, match="answered already"):
        answer_question(question=hall, answer="Elsewhere.", on=date(2026, 10, 9), by=clerk)


@pytest.mark.parametrize(("answer", "on", "words"), [(" ", 8, "Give the answer"), ("Yes.", 1, "before it was received")])
def test_a_question_is_answered_in_words_and_in_time(
    meeting: MeetingPage, clerk: User, answer: str, on: int, words: str
) -> None:
    question = receive_question(meeting=meeting, asked_by="A resident", text="Why?", received_on=date(2026, 10, 2), by=clerk)
    with pytest.raises(Refused, match=words):
        answer_question(question=question, answer=answer, on=date(2026, 10, on), by=clerk)
    assert not PublicQuestion.objects.public().exists()


def test_the_answer_to_a_recommendation_is_recorded_beside_its_final_words(item: AgendaItemPage, clerk: User) -> None:
    resolution = building.make_resolution(item, clerk, recommended_to="Cabinet")
    with pytest.raises(Refused, match="Give the answer of Cabinet"):
        record_answer(resolution=resolution, answer="", by=clerk)
    record_answer(resolution=resolution, answer="Accepted.", by=clerk)
    fresh = ResolutionPage.objects.get()
    assert (fresh.answer_to_recommendation, fresh.text, fresh.is_frozen) == ("Accepted.", resolution.text, True)
    with pytest.raises(Refused, match="recorded already"):
        record_answer(resolution=resolution, answer="Refused.", by=clerk)
    other = building.make_resolution(item, clerk, number=2)
    with pytest.raises(Refused, match="recommends nothing"):
        record_answer(resolution=other, answer="Accepted.", by=clerk)
