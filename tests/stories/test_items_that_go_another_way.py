"""An urgent item, a late report, a deferred item and a withdrawn one: from the clerk's desk to the public page."""

import pytest

from governance.enums import Purpose
from governance.models import BoardPage, User
from minutes.enums import DecisionKind, ItemOutcome, PaperKind
from minutes.models import AgendaItemPage, MeetingPage, Paper
from tests import building
from tests.building import london
from tests.kept import kept
from tests.stories.clerks_day import Clerk, resident_reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def sue(board: BoardPage, clerk: User) -> Clerk:
    """Sue, the clerk of a board whose October agenda is out: welcome, home care and transport; its next meeting is in January."""

    def make() -> Clerk:
        sue = Clerk(clerk, board)
        october = building.make_meeting(board, clerk)
        for title in ("Welcome", "Home care", "Transport"):
            sue.adds(october, title, minutes_planned=10)
        sue.publishes_the_agenda(october)
        building.make_meeting(board, clerk, london(2027, 1, 13, 14))
        return sue

    return kept("sue", make)


@pytest.fixture
def october(sue: Clerk) -> MeetingPage:
    """The meeting in October."""
    return MeetingPage.objects.earliest("starts_at")


@pytest.fixture
def january(sue: Clerk) -> MeetingPage:
    """The meeting in January."""
    return MeetingPage.objects.latest("starts_at")


def the_item(title: str) -> AgendaItemPage:
    """The item of that title, the newest where there are two."""
    return AgendaItemPage.objects.filter(title=title).latest("pk")


def test_an_urgent_item(sue: Clerk, october: MeetingPage) -> None:
    # Two days before the meeting the chair asks for an item that cannot wait. It comes after “Home care”.
    urgent = sue.adds(october, "Water at Mill Court", is_urgent=True, purpose=Purpose.DECISION)
    seen = sue.browser.get(f"/admin/meetings/{october.pk}/agenda/").context["desk"].order
    sue.takes("build_agenda", october, seen=seen, move=f"up i{urgent.pk}")
    # Nobody's printed agenda changes: it is 2A, and “Transport” is still 3.
    assert [item.number for item in AgendaItemPage.objects.order_by("position")] == ["1", "2", "2A", "3"]
    # The list before publishing says that the chair's reason is not given. The law lets the agenda go out all the same.
    assert "Item 2A is urgent, and the chair's reason is not given" in sue.sees("publish_agenda", october)
    sue.publishes_the_agenda(october)
    assert the_item("Transport").reference == "HWB/2026-10-08/I3"
    assert the_item("Water at Mill Court").reference == "HWB/2026-10-08/I4"
    # The board meets and decides. Without the reason the minutes do not go out.
    sue.takes("meeting_step", october, "hold")
    sue.minutes(urgent, "The Board heard that Mill Court has no water.", decision_kind=DecisionKind.AGREED)
    assert "Its reason must stand in the minutes" in sue.is_refused("meeting_step", october, "publish-minutes")
    sue.changes(urgent, urgency_reason="The water failed on 6 October, and forty people live there.")
    sue.takes("meeting_step", october, "publish-minutes")
    # A resident reads that it was urgent and why, and nothing of a late report.
    for page in (urgent, october):
        said = resident_reads(page)
        assert "Urgent item. The water failed on 6 October, and forty people live there." in said
        assert "Late report" not in said


def test_a_late_report_is_no_urgent_item(sue: Clerk, october: MeetingPage) -> None:
    # “Transport” was on the agenda in time. Its report comes three days later, and Sue says why.
    transport = the_item("Transport")
    Paper.objects.create(item=transport, title="Transport report", kind=PaperKind.REPORT)
    assert "Item 3 has a paper that is still to follow. Transport report" in sue.sees("publish_agenda", october)
    sue.changes(transport, late_report_reason="The count of passengers ended on 2 October.")
    for page in (transport, october):
        said = resident_reads(page)
        assert "Late report." in said
        assert "The count of passengers ended on 2 October." in said
        assert "Urgent item" not in said


def test_a_deferred_item(sue: Clerk, october: MeetingPage, january: MeetingPage) -> None:
    # The board runs out of time for “Transport” and defers it.
    transport = the_item("Transport")
    sue.takes("meeting_step", october, "hold")
    minute = sue.minutes(
        transport, "The Board had no time for it.", outcome=ItemOutcome.DEFERRED, decision_kind=DecisionKind.NONE
    )
    sue.takes("meeting_step", october, "publish-minutes")
    assert "Carry over or refer" in sue.sees("wagtailadmin_pages:edit", transport)
    sue.takes("carry_item", transport, to=f"meeting-{january.pk}")
    # Until January's agenda is out, nobody reads more than that it was deferred.
    assert "Deferred." in resident_reads(october)
    assert "Carried over" not in resident_reads(transport)
    sue.publishes_the_agenda(january)
    later = the_item("Transport")
    # Now each page leads to the other.
    assert "Carried over. Item 1 of the meeting of 13 January 2027" in resident_reads(transport)
    assert "Carried over from Transport, 8 October 2026" in resident_reads(later)
    assert "The Board had no time for it." in resident_reads(minute)
    # Carrying it over a second time is refused in words.
    assert "was carried over to that meeting before" in sue.is_refused("carry_item", transport, to=f"meeting-{january.pk}")


def test_an_item_that_is_withdrawn_at_the_meeting(sue: Clerk, october: MeetingPage) -> None:
    # The Director withdraws the report on home care at the meeting. It goes onto the work programme without a date.
    care = the_item("Home care")
    sue.takes("meeting_step", october, "hold")
    sue.minutes(care, "The Director withdrew the report.", outcome=ItemOutcome.WITHDRAWN, decision_kind=DecisionKind.NONE)
    sue.takes("meeting_step", october, "publish-minutes")
    sue.takes("carry_item", care, to=f"board-{sue.board.pk}")
    assert "Withdrawn." in resident_reads(october)
    assert "The Director withdrew the report." in resident_reads(care)
    assert "Home care" in sue.sees("wagtailadmin_pages:edit", sue.board)


def test_an_item_that_is_withdrawn_before_the_meeting(sue: Clerk, october: MeetingPage) -> None:
    # A week before, the item is taken off. Its address says so and why, and no other item gets its number.
    care = the_item("Home care")
    address = care.get_url()
    sue.takes("withdraw_record", care, reason="The provider asked for more time to answer.")
    assert "The provider asked for more time to answer." in resident_reads(address, status=410)
    said = resident_reads(october)
    assert "Home care" not in said
    assert the_item("Transport").number == "3"
    new = sue.adds(october, "Winter plan")
    assert new.number == "4"
