"""Until when something can be put to a meeting, and which step may follow which."""

from dataclasses import dataclass
from datetime import date, time
from itertools import product

import pytest

from governance.enums import DayCounting, Nation
from governance.exceptions import Refused
from minutes.deadlines import Counting
from minutes.enums import QUESTION_OPEN, QuestionState
from minutes.legal_clock import RuleBook
from minutes.policies import QUESTION_TRANSITIONS
from minutes.question_rules import Deadline, check_is_whole, check_question_become, put_by, reply_by
from minutes.question_time import until_words
from tests.building import london

ENGLAND = RuleBook(5, Counting(DayCounting.CALENDAR, Nation.ENGLAND))


@dataclass
class Asked:
    """Where a question stands."""

    state: str

    def get_state_display(self) -> str:
        return str(QuestionState(self.state).label)


@pytest.mark.parametrize(
    ("meeting", "days", "until", "last"),
    [
        (date(2026, 10, 8), 3, time(12), london(2026, 10, 5, 12)),
        # A weekend and a bank holiday between.
        (date(2026, 9, 1), 2, time(12), london(2026, 8, 27, 12)),
        (date(2027, 1, 6), 3, time(17), london(2026, 12, 31, 17)),
        (date(2028, 3, 1), 1, time(12), london(2028, 2, 29, 12)),
        (date(2026, 10, 8), 0, time(9), london(2026, 10, 8, 9)),
        # A meeting on the Sunday on which there is no half past one, on the day itself.
        (date(2027, 3, 28), 0, time(1, 30), london(2027, 3, 28, 2)),
        # And the Sunday on which there are two: the first is meant.
        (date(2026, 10, 25), 0, time(1, 30), london(2026, 10, 25, 1, 30)),
    ],
)
def test_the_deadline_is_counted_back_in_working_days(meeting: date, days: int, until: time, last: object) -> None:
    assert put_by(ENGLAND, meeting, days, until) == last


def test_a_written_reply_is_due_so_many_working_days_later() -> None:
    assert reply_by(ENGLAND, date(2026, 12, 23), 3) == date(2026, 12, 30)


def test_a_deadline_is_said_as_people_say_it() -> None:
    noon = Deadline("question", london(2026, 10, 5, 12), 3)
    assert until_words(noon) == "Questions by 12 noon on Monday 5 October 2026"
    assert until_words(Deadline("petition", london(2026, 10, 5, 16, 30), 3)) == "Petitions by 4.30pm on Monday 5 October 2026"
    assert not noon.has_passed(london(2026, 10, 5, 12))
    assert noon.has_passed(london(2026, 10, 5, 12, 1))


def test_every_state_has_its_line_and_every_other_step_is_refused() -> None:
    assert set(QUESTION_TRANSITIONS) == set(QuestionState)
    for before, after in product(QuestionState, QuestionState):
        if after in QUESTION_TRANSITIONS[before]:
            check_question_become(Asked(before), after)
        else:
            with pytest.raises(Refused, match=r"cannot become|answered already"):
                check_question_become(Asked(before), after)
    assert {before for before, after in QUESTION_TRANSITIONS.items() if after} == QUESTION_OPEN


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": "question"}, "Write the question"),
        ({"kind": "petition", "text": "Please."}, "in one line"),
        ({"kind": "petition", "subject": "Benches"}, "how many people signed"),
        ({"kind": "deputation"}, "in one line"),
    ],
)
def test_what_is_missing_is_said(sent: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        check_is_whole(**{"text": "", "subject": "", "signatures": None, **sent})  # type: ignore[arg-type]
