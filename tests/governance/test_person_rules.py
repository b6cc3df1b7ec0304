"""By when a person is answered, and which names can be looked for."""

from datetime import date

import pytest

from governance.person_rules import due_by, months_after, says, too_short


@pytest.mark.parametrize(
    ("received", "put_off", "due"),
    [
        (date(2026, 9, 3), False, date(2026, 10, 3)),
        (date(2026, 1, 31), False, date(2026, 2, 28)),
        (date(2028, 1, 30), False, date(2028, 2, 29)),
        (date(2026, 12, 31), False, date(2027, 1, 31)),
        (date(2026, 11, 30), True, date(2027, 2, 28)),
    ],
)
def test_a_month_is_a_calendar_month(received: date, put_off: bool, due: date) -> None:
    assert due_by(received, put_off=put_off) == due


def test_years_are_twelve_months() -> None:
    assert months_after(date(2028, 2, 29), 72) == date(2034, 2, 28)


def test_one_word_is_too_short_and_an_address_is_not() -> None:
    assert too_short("Ann\nAnn Example\nann@example.org\n\n") == ["Ann"]


@pytest.mark.parametrize(
    ("text", "expected"), [("ANN  example", True), ("Mrs Ann Example, carer", True), ("Joann Example", False), ("", False)]
)
def test_a_name_is_found_in_whatever_case(text: str, expected: bool) -> None:
    assert says("Ann Example", text) is expected
