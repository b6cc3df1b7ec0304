"""What the reader finds besides the printed keys."""

import pytest

from minutes.reading import Meeting, Quotation, read

PAGE = """Issue - meetings
Shared Care
Meeting: 02/06/2031 - Care Board (Item 9)
9 Shared Care pdf icon PDF 5 KB
To hear of the work.
Additional documents:
Minutes:
Bo Ash, Care Lead, presented the paper, which would be looked at again by Easter.
\u00a0
The promise behind it was:-
\u00a0
\u201cWe will plan care with the people who use it.\u201d
\u00a0
Two partners voiced concern about cases already begun.
\u00a0
Answers were wanted on the 5th\u00a0December, 2031, or on Monday, 8th September 2031, in May 2032 or on 31/02/2031.
\u00a0
Resolved:-  (1)  That a workshop be held by 14 March 2032.
"""


def test_parts_of_the_page_stand_apart() -> None:
    reading = read(PAGE)

    assert reading.meeting == Meeting("02/06/2031", "Care Board", "9")
    assert reading.agenda_text == ("To hear of the work.",)
    assert reading.minute_text[0].startswith("Bo Ash, Care Lead, presented")
    assert len(reading.minute_text) == 5
    assert not any("Resolved" in paragraph or "Additional" in paragraph for paragraph in reading.minute_text)


def test_a_promise_is_found_with_what_introduces_it() -> None:
    assert read(PAGE).quotations == (
        Quotation("The promise behind it was:-", "\u201cWe will plan care with the people who use it.\u201d"),
    )


def test_concerns_are_found() -> None:
    assert read(PAGE).concerns == ("Two partners voiced concern about cases already begun.",)


def test_dates_are_offered_and_only_certain_ones_parsed() -> None:
    dates = [(date.printed, date.iso, date.in_clause) for date in read(PAGE).dates]

    assert dates == [
        ("14 March 2032", "2032-03-14", True),
        ("5th December, 2031", "2031-12-05", False),
        ("Monday, 8th September 2031", "2031-09-08", False),
        ("May 2032", None, False),
        ("31/02/2031", None, False),
    ]


def test_a_weekday_that_does_not_fit_makes_a_date_uncertain() -> None:
    assert read("Title\n\nBack on Friday, 8th September 2031.").dates[0].iso is None


def test_printed_keys() -> None:
    assert list(read(PAGE).as_printed()) == [
        "title", "item_number", "presenters", "stem", "resolutions", "labels", "decision_kind", "documents", "actions",
        "declared_exempt", "warnings",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_make_no_difference(ending: str) -> None:
    assert read(PAGE.replace("\n", ending)).as_printed() == read(PAGE).as_printed()


def test_a_heading_alone_is_said_to_record_nothing() -> None:
    reading = read("Agenda item\n\nPond\n\nMinutes:\n")

    assert reading.title == "Pond"
    assert any("no text" in warning for warning in reading.warnings)
