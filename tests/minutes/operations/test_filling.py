"""Filling an agenda: from the template, the work programme, the business of the year and the minutes that are due."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from governance.enums import StandingKind
from governance.exceptions import Refused
from governance.models import BoardPage, StandingItem, User, YearlyBusiness
from minutes.enums import MeetingKind, MeetingStatus
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage, ProgrammeEntry
from minutes.operations.agendas import items_of, order_of
from minutes.operations.filling import fill_agenda, proposed_for
from minutes.operations.meetings import set_status
from minutes.operations.sections import add_section, remove_section, rename_section
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
TEMPLATE: list[dict[str, Any]] = [
    {"kind": StandingKind.WELCOME, "section": "Opening", "minutes_planned": 5},
    {"kind": StandingKind.MINUTES, "section": "Opening"},
    {"kind": StandingKind.BUSINESS, "section": "Business"},
    {"kind": StandingKind.OTHER, "title": "Notices"},
]


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting in January of a board with a template."""
    for order, row in enumerate(TEMPLATE):
        StandingItem.objects.create(board=board, sort_order=order, **row)
    return building.make_meeting(board, clerk, london(2027, 1, 13, 14))


def numbered(meeting: MeetingPage) -> list[str]:
    """The agenda as it is printed."""
    return [f"{item.number} {item.title}" for item in items_of(meeting)]


def held(board: BoardPage, clerk: User, month: int, **fields: Any) -> MeetingPage:
    """An earlier meeting that took place."""
    made = building.make_meeting(board, clerk, london(2026, month, 8, 14), **fields)
    return set_status(meeting=made, status=MeetingStatus.HELD, by=clerk)


def test_an_agenda_fills_itself_and_twice_makes_nothing_twice(meeting: MeetingPage, board: BoardPage, clerk: User) -> None:
    earlier = held(board, clerk, 10)
    YearlyBusiness.objects.create(board=board, month=1, title="Annual report")
    ProgrammeEntry.objects.create(board=board, title="Winter plan", meeting=meeting)
    assert all(row.line is None for row in proposed_for(meeting))
    assert not AgendaItemPage.objects.exists()
    fill_agenda(meeting=meeting, by=clerk)
    expected = [
        "1 Welcome and apologies",
        "2 Minutes of the meeting of Thursday 8 October 2026",
        "3 Winter plan",
        "4 Annual report",
        "5 Notices",
    ]
    assert numbered(meeting) == expected
    assert [item.confirms_minutes_of for item in items_of(meeting)] == [None, earlier, None, None, None]
    assert [str(line)[0] for line in order_of(meeting)] == list("siisiii")
    AgendaItemPage.objects.filter(title="Notices").update(title="Notices of the chair")
    assert all(row.line for row in proposed_for(meeting))
    assert fill_agenda(meeting=meeting, by=clerk) == []
    assert len(numbered(meeting)) == 5
    assert AgendaSection.objects.count() == 2


def test_what_comes_later_is_put_in_its_place(meeting: MeetingPage, board: BoardPage, clerk: User) -> None:
    fill_agenda(meeting=meeting, by=clerk)
    building.make_item(meeting, clerk, "By hand", publish=False)
    ProgrammeEntry.objects.create(board=board, title="Winter plan", meeting=meeting)
    held(board, clerk, 11)
    chosen = {row.name for row in proposed_for(meeting) if row.title == "Winter plan"}
    fill_agenda(meeting=meeting, by=clerk, chosen=chosen)
    assert numbered(meeting) == ["1 Welcome and apologies", "2 Winter plan", "3 Notices", "4 By hand"]
    fill_agenda(meeting=meeting, by=clerk)
    assert numbered(meeting)[1] == "2 Minutes of the meeting of Sunday 8 November 2026"


def test_minutes_are_confirmed_at_the_next_suitable_meeting(meeting: MeetingPage, board: BoardPage, clerk: User) -> None:
    extraordinary = held(board, clerk, 11, kind=MeetingKind.EXTRAORDINARY)
    ordinary = held(board, clerk, 10)
    held(board, clerk, 9, kind=MeetingKind.WORKSHOP)
    between = building.make_meeting(board, clerk, london(2026, 12, 20, 14), kind=MeetingKind.EXTRAORDINARY)
    fill_agenda(meeting=between, by=clerk)
    assert not AgendaItemPage.objects.filter(confirms_minutes_of__isnull=False).exists()
    fill_agenda(meeting=meeting, by=clerk)
    assert [item.confirms_minutes_of for item in items_of(meeting) if item.confirms_minutes_of] == [ordinary, extraordinary]
    later = building.make_meeting(board, clerk, london(2027, 3, 10, 14))
    assert not [row for row in proposed_for(later) if row.source == "minutes"]


def test_a_meeting_past_its_agenda_is_not_filled(meeting: MeetingPage, clerk: User) -> None:
    set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    with pytest.raises(Refused, match="past its agenda"):
        fill_agenda(meeting=meeting, by=clerk)
    with pytest.raises(Refused, match="past its agenda"):
        add_section(meeting=meeting, title="Opening", by=clerk)


def test_what_is_proposed_is_asked_in_as_many_queries_for_many_as_for_few(
    meeting: MeetingPage, board: BoardPage, clerk: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            proposed_for(MeetingPage.objects.get(pk=meeting.pk))
        return len(queries)

    ProgrammeEntry.objects.create(board=board, title="One", meeting=meeting)
    held(board, clerk, 10)
    few = asked()
    for number in range(20):
        ProgrammeEntry.objects.create(board=board, title=f"More {number}", meeting=meeting)
    held(board, clerk, 11)
    assert asked() == few


def test_headings_get_other_words_and_go_only_while_nobody_read_them(meeting: MeetingPage, clerk: User) -> None:
    section = add_section(meeting=meeting, title=" Opening ", by=clerk)
    for wrong in ("", "x" * 121, "OPENING"):
        with pytest.raises(Refused):
            add_section(meeting=meeting, title=wrong, by=clerk)
    rename_section(section=section, title="First", by=clerk)
    second = add_section(meeting=meeting, title="Second", by=clerk)
    remove_section(section=second, by=clerk)
    AgendaSection.objects.update(published_at=london(2027, 1, 1, 9))
    section.refresh_from_db()
    rename_section(section=section, title="Welcome", by=clerk)
    assert "“First” now reads “Welcome”" in meeting.ledger_entries.latest("pk").note
    with pytest.raises(Refused, match="is public, so it stays"):
        remove_section(section=section, by=clerk)
