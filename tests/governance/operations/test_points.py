"""What people said, and the answers."""

from datetime import date

from django.core.exceptions import ValidationError

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, Point, User
from governance.operations.points import answer_point, record_point
from tests import building

RAISED = date(2026, 10, 8)


@pytest.fixture
def point(board: BoardPage, clerk: User) -> Point:
    action = building.make_action(board, clerk)
    return record_point(
        about=action, text="Who is coming?", source="workshop", raised_by="People who use home care", raised_on=RAISED, by=clerk
    )


def test_an_answer_publishes_the_point_with_its_words_and_date(point: Point, clerk: User) -> None:
    assert not Point.objects.public().exists()
    answer_point(point=point, kind="done", answer="A named team of four.", on=date(2026, 11, 2), by=clerk)
    public = Point.objects.public().get()
    assert (public.answer_kind, public.answer, public.answered_on) == ("done", "A named team of four.", date(2026, 11, 2))
    assert LedgerEntry.objects.filter(page=point.about_id, note="A point was answered: Done").exists()


@pytest.mark.parametrize(("kind", "answer"), [("waiting", "Soon."), ("done", "  ")])
def test_an_answer_that_answers_nothing_is_refused(point: Point, clerk: User, kind: str, answer: str) -> None:
    with pytest.raises(Refused, match="Say what was done"):
        answer_point(point=point, kind=kind, answer=answer, on=date(2026, 11, 2), by=clerk)
    assert Point.objects.get().answered_on is None


def test_an_answer_does_not_come_before_the_point(point: Point, clerk: User) -> None:
    with pytest.raises(Refused, match="before it was raised"):
        answer_point(point=point, kind="done", answer="Yes.", on=date(2026, 10, 7), by=clerk)


def test_a_point_without_words_is_not_recorded(board: BoardPage, clerk: User) -> None:
    with pytest.raises(ValidationError):
        record_point(about=board, text="", source="workshop", raised_on=RAISED, by=clerk)
    assert not Point.objects.exists()
