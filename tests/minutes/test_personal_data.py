"""Personal data that stands in a text by mistake. Every number here is made up or reserved for examples."""

import pytest

from minutes.personal_data import Sort, is_nhs_number, traces


def sorts(text: str, known: str = "") -> list[Sort]:
    """What is found."""
    return [trace.sort for trace in traces(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her number is 943 476 5919.", [Sort.NHS_NUMBER]),
        ("Her number is 9434765919.", [Sort.NHS_NUMBER]),
        ("Her number is 943-476-5918.", []),
        ("Budget code 1234567890", []),
        ("000 000 0000", []),
        ("Date of birth: 3 May 1961", [Sort.DATE_OF_BIRTH]),
        ("(DOB 03/05/1961)", [Sort.DATE_OF_BIRTH]),
        ("She was born on 1961-05-03.", [Sort.DATE_OF_BIRTH]),
        ("The board was born of need in 2013. The meeting of 3 May 2026", []),
        ("QQ 12 34 56 C", []),
        ("AB123456C", [Sort.NATIONAL_INSURANCE]),
        ("AB 12 34 56 C", [Sort.NATIONAL_INSURANCE]),
        ("GB123456C", []),
        ("Call 01632 960 001", [Sort.TELEPHONE]),
        ("Call (01632) 960001 or +44 1632 960001", [Sort.TELEPHONE, Sort.TELEPHONE]),
        ("Reference 2026/01632960001", []),
        ("in 2026-10-08 to 2027-10-08", []),
        ("Write to jo@example.org.", [Sort.EMAIL]),
        ("He lives at 12 Mill Lane, Ashmere, AB1 2CD", [Sort.HOME_ADDRESS]),
        ("He lives at 12a High Street AB12 3CD", [Sort.HOME_ADDRESS]),
        ("Postcode area AB1 has 12 practices", []),
        ("", []),
    ],
)
def test_each_sort_is_told_by_its_form(text: str, expected: list[Sort]) -> None:
    assert sorts(text) == expected


def test_what_the_board_gives_as_its_contact_is_public() -> None:
    contact = "Democratic services, 01632 960 001, democracy@example.org"
    assert sorts("Call +44 1632 960001 or write to Democracy@example.org", contact) == []
    assert sorts("Call 01632 960 002", contact) == [Sort.TELEPHONE]


def test_the_check_digit_of_an_nhs_number() -> None:
    assert [number for number in ("9434765919", "4010232137", "9434765910", "943476591") if is_nhs_number(number)] == [
        "9434765919",
        "4010232137",
    ]
