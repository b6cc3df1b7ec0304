"""What an agenda should have, and where it goes."""

from governance.enums import StandingKind
from minutes.agenda_filling import Wanted, put_in_place, wanted, with_headings
from minutes.agenda_order import Kind, Line, read_order, write_order
from minutes.enums import MeetingKind

TEMPLATE = [
    Wanted("standing", "1", "Welcome", StandingKind.WELCOME, section="Opening"),
    Wanted("standing", "2", "Minutes", StandingKind.MINUTES, section="Opening"),
    Wanted("standing", "3", "Business", StandingKind.BUSINESS, section="Business"),
    Wanted("standing", "4", "Next", StandingKind.NEXT_MEETING),
]
MINUTES = [Wanted("minutes", "9", "Minutes of 8 October", StandingKind.MINUTES)]
BUSINESS = [Wanted("entry", "5", "Winter plan")]


def titles(template: list[Wanted], kind: str = MeetingKind.ORDINARY) -> list[str]:
    """What an agenda should have, by title."""
    return [row.title for row in wanted(template, meeting_kind=kind, minutes=MINUTES, business=BUSINESS)]


def test_business_and_minutes_come_where_the_template_says() -> None:
    assert titles(TEMPLATE) == ["Welcome", "Minutes of 8 October", "Winter plan", "Next"]
    rows = wanted(TEMPLATE, meeting_kind=MeetingKind.ORDINARY, minutes=MINUTES, business=BUSINESS)
    assert [row.section for row in rows] == ["Opening", "Opening", "Business", ""]


def test_without_their_rows_minutes_come_first_and_business_last() -> None:
    assert titles(TEMPLATE[3:]) == ["Minutes of 8 October", "Next", "Winter plan"]
    assert titles([]) == ["Minutes of 8 October", "Winter plan"]


def test_an_extraordinary_meeting_takes_its_business_and_confirms_nothing() -> None:
    assert titles(TEMPLATE, MeetingKind.EXTRAORDINARY) == ["Welcome", "Winter plan"]
    assert titles([], MeetingKind.EXTRAORDINARY) == ["Winter plan"]
    assert titles(TEMPLATE, MeetingKind.WORKSHOP) == ["Welcome", "Winter plan"]


def test_each_heading_stands_once_before_its_first_line() -> None:
    there = Line(Kind.SECTION, 7)
    rows = with_headings(wanted(TEMPLATE, meeting_kind="ordinary", minutes=MINUTES, business=BUSINESS), {"Business": there})
    assert [(row.title, row.line) for row in rows if row.source == "section"] == [("Opening", None), ("Business", there)]
    assert [row.title for row in rows][:2] == ["Opening", "Welcome"]


def test_what_is_new_comes_after_what_stands_before_it_in_the_template() -> None:
    def placed(now: str, template: str) -> str:
        rows = [(read_order(word.removeprefix("+"))[0], word.startswith("+")) for word in template.split()]
        return write_order(put_in_place(read_order(now), rows))

    assert placed("", "+s1 +i1 +i2") == "s1 i1 i2"
    assert placed("i1 p2 i9", "i1 +i3") == "i1 p2 i3 i9"
    assert placed("i1 i9", "+i3 i1 i8 +i4") == "i3 i1 i4 i9"
