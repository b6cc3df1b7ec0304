"""What decision sheets, minutes packs and packs of one item print, gathered from records."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from minutes.enums import MotionOutcome, PackKind
from minutes.models import AgendaItemPage, MeetingPage, Pack
from minutes.operations.adoption import link_action, say_no_action_needed
from minutes.operations.deciding import publish_decisions
from minutes.operations.minuting import publish_minutes
from minutes.operations.pack_contents import gather_pack
from minutes.operations.packing import ask_for_pack
from minutes.packs.content_decisions import DecisionSheet
from minutes.packs.gather_decisions import decided_items
from minutes.packs.plan import plan
from tests import building
from tests.minutes.packing_stage import issued, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting of today with decisions on two items, one of them lost; nothing is public yet."""
    meeting = make_meeting(board, clerk, starts_at=timezone.now() - timedelta(hours=1))
    home_care, routes = AgendaItemPage.objects.child_of(meeting).order_by("position")
    building.make_minute(home_care, clerk, publish=False)
    ordering = building.make_resolution(home_care, clerk, publish=False, stem="Resolved:")
    complete = building.make_resolution(home_care, clerk, publish=False, number=2, text="That the report be noted.")
    building.make_resolution(routes, clerk, publish=False, outcome=MotionOutcome.LOST)
    action = building.make_action(board, clerk, first_due_on=date(2027, 3, 31), lead_role="Director of Adult Care")
    link_action(resolution=ordering, action=action, by=clerk)
    say_no_action_needed(resolution=complete, by=clerk)
    return meeting


def asked(meeting: MeetingPage, clerk: User, kind: str) -> Pack:
    """A pack that waits to be built."""
    return ask_for_pack(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk, kind=kind)


def test_a_decision_sheet_says_what_was_decided_and_what_it_orders(meeting: MeetingPage, clerk: User) -> None:
    publish_decisions(meeting=meeting, by=clerk)
    sheet = gather_pack(asked(meeting, clerk, PackKind.DECISIONS), timezone.now())
    assert isinstance(sheet, DecisionSheet)
    home_care, routes = sheet.decisions
    first, second = home_care.clauses
    assert (home_care.number, first.label, first.stem) == ("1", "(1)", "Resolved:")
    assert first.orders == ("HWB-A1 Design home care with people. Director of Adult Care. By 31 March 2027.",)
    assert first.reference and first.address.endswith("/")
    assert second.orders == ("No action needed.",)
    assert (routes.clauses[0].outcome_words, routes.clauses[0].stem) == ("Lost", "")
    assert sheet.minutes_words.startswith("This sheet comes before the minutes")
    assert [section.key for section in plan(sheet)] == ["cover", "decisions"]


def test_the_sheet_says_how_the_minutes_stand(meeting: MeetingPage, clerk: User) -> None:
    publish_minutes(meeting=meeting, by=clerk)
    sheet = gather_pack(asked(meeting, clerk, PackKind.DECISIONS), timezone.now())
    assert isinstance(sheet, DecisionSheet) and sheet.minutes_words.startswith("The draft minutes say")


def test_many_decisions_take_no_more_queries_than_a_few(meeting: MeetingPage, clerk: User) -> None:
    publish_decisions(meeting=meeting, by=clerk)
    with CaptureQueriesContext(connection) as few:
        decided_items(meeting)
    item = AgendaItemPage.objects.child_of(meeting).first()
    for number in range(10, 20):
        row = building.make_resolution(item, clerk, number=number)
        link_action(resolution=row, action=building.make_action(meeting.board, clerk, f"Action {number}"), by=clerk)
    with CaptureQueriesContext(connection) as many:
        decided_items(meeting)
    assert len(many) == len(few)


def test_a_minutes_pack_prints_the_meetings_own_minutes(meeting: MeetingPage, clerk: User) -> None:
    publish_minutes(meeting=meeting, by=clerk)
    content = gather_pack(asked(meeting, clerk, PackKind.MINUTES), timezone.now())
    assert content.minutes is not None and content.minutes.held_on == meeting.day
    assert content.minutes.status_words == "DRAFT, to be confirmed"
    assert [line.title for line in content.minutes.items] == ["Home care"]
    assert [section.key for section in plan(content)] == ["cover", "minutes"]


def test_a_pack_of_one_item_holds_that_item_alone(meeting: MeetingPage, clerk: User) -> None:
    item = AgendaItemPage.objects.child_of(meeting).order_by("position").last()
    row = ask_for_pack(meeting=meeting, by=clerk, kind=PackKind.ITEM, item=item)
    content = gather_pack(row, timezone.now())
    assert [line.title for line in content.items] == ["Walking routes"]
    assert (content.previous_minutes, content.actions, content.members) == (None, (), ())


def test_they_are_built_and_issued_from_the_same_pipeline(meeting: MeetingPage, clerk: User, look: None) -> None:
    publish_minutes(meeting=meeting, by=clerk)
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    item = AgendaItemPage.objects.child_of(meeting).first()
    for kind, keys, resolved in (
        (PackKind.DECISIONS, ["cover", "decisions"], 3),
        (PackKind.MINUTES, ["cover", "minutes"], 2),
        (PackKind.ITEM, ["cover"], 0),
    ):
        pack = issued(meeting, clerk, kind=kind, item=item if kind == PackKind.ITEM else None)
        assert [row["key"] for row in pack.layout][: len(keys)] == keys
        assert pack.pages and pack.contents
        assert len(pack.contents["resolutions"]) == resolved
