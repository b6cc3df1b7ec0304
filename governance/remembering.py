"""What is asked of a record while one page of it is made: the parts of a page ask alike, the database is asked once."""

from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_ANSWERS = "_answers_of_this_page"


def start(record: Any) -> None:
    """Begin a page of the record. Nothing asked before is remembered."""
    setattr(record, _ANSWERS, {})


def once(record: Any, question: str, ask: Callable[[], Answer]) -> Answer:
    """The answer, asked for once while a page is made and every time otherwise.

    Args:
        record: what it is asked of.
        question: names it among all that are asked of the record.
        ask: asks the database.
    """
    answers = getattr(record, _ANSWERS, None)
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: Answer = answers[question]
    return answer
