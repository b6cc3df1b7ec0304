"""The order and the numbers of an agenda, and publishing it as it was shown."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail import hooks
from wagtail.test.utils.form_data import querydict_from_html

import pytest

from governance.enums import SubNumbers
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User
from governance.operations.publishing import add_record, publish_record
from minutes.agenda_order import Kind, Line, Move, moved, read_order
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage
from minutes.operations.agendas import items_of, order_of, reorder_items
from minutes.operations.agendas_shown import shown_now
from minutes.operations.meetings import publish_agenda, set_status
from tests import building
from tests.building import london
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting to come with three draft items."""

    def make() -> MeetingPage:
        made = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
        for title in ("Welcome", "Home care", "Transport"):
            building.make_item(made, clerk, title, publish=False)
        return made

    return kept("meeting with three drafts", make)


def numbered(meeting: MeetingPage) -> list[str]:
    """The agenda as it is printed."""
    return [f"{item.number} {item.title}" for item in items_of(meeting)]


def swap(meeting: MeetingPage, clerk: User, title: str, move: Move) -> None:
    """Move an item as the page does."""
    seen = order_of(meeting)
    line = next(line for line in seen if line.key == AgendaItemPage.objects.get(title=title).pk)
    reorder_items(meeting=meeting, order=moved(seen, line, move), seen=seen, by=clerk)


def test_an_agenda_that_is_not_public_is_numbered_anew_with_every_move(meeting: MeetingPage, clerk: User) -> None:
    swap(meeting, clerk, "Transport", Move.UP)
    assert numbered(meeting) == ["1 Welcome", "2 Transport", "3 Home care"]
    swap(meeting, clerk, "Home care", Move.PART)
    assert numbered(meeting) == ["1 Welcome", "2 Transport", "2a Home care"]
    BoardPage.objects.update(sub_numbers=SubNumbers.DECIMALS)
    swap(meeting, clerk, "Welcome", Move.DOWN)
    assert numbered(meeting) == ["1 Transport", "1.1 Home care", "2 Welcome"]


def test_after_publication_numbers_and_references_stay_and_a_new_item_is_a_letter(meeting: MeetingPage, clerk: User) -> None:
    publish_agenda(meeting=meeting, by=clerk)
    before = dict(AgendaItemPage.objects.values_list("title", "reference"))
    building.make_item(meeting, clerk, "Winter", publish=False)
    swap(meeting, clerk, "Winter", Move.UP)
    assert numbered(meeting) == ["1 Welcome", "2 Home care", "2A Winter", "3 Transport"]
    swap(meeting, clerk, "Transport", Move.UP)
    assert numbered(meeting) == ["1 Welcome", "2 Home care", "3 Transport", "4 Winter"]
    publish_agenda(meeting=meeting, by=clerk)
    after = dict(AgendaItemPage.objects.values_list("title", "reference"))
    assert {**before, "Winter": "HWB/2027-01-13/I4"} == after
    assert LedgerEntry.objects.filter(note="The order of the agenda changed").count() == 2


def test_a_number_printed_elsewhere_stays_as_text(meeting: MeetingPage, clerk: User) -> None:
    building.make_item(meeting, clerk, "Old", publish=False, number="12(b)")
    building.make_item(meeting, clerk, "Next", publish=False, number="4")
    swap(meeting, clerk, "Old", Move.UP)
    assert numbered(meeting) == ["1 Welcome", "2 Home care", "12(b) Old", "3 Transport", "4 Next"]
    assert not AgendaItemPage.objects.get(title="Next").keeps_number


def test_an_item_made_in_the_editor_gets_its_place_and_number_when_it_is_public(meeting: MeetingPage, clerk: User) -> None:
    page = add_record(parent=MeetingPage.objects.get(), page=AgendaItemPage(title="By hand"), by=clerk)
    assert (page.number, page.position) == ("", 0)
    publish_record(page=page, by=clerk)
    assert numbered(meeting)[-1] == "4 By hand"
    copy = add_record(parent=MeetingPage.objects.get(), page=AgendaItemPage(title="Copied"), by=clerk)
    publish_agenda(meeting=meeting, by=clerk, shown=shown_now(meeting))
    copy.refresh_from_db()
    assert (copy.number, copy.reference) == ("5", "HWB/2027-01-13/I5")
    # A version that is older than the number does not take it away again.
    publish_record(page=page.revisions.earliest("pk").as_object(), by=clerk)
    assert numbered(meeting)[-2:] == ["4 By hand", "5 Copied"]


def test_a_move_of_somebody_who_saw_another_order_is_refused_and_nothing_moves(meeting: MeetingPage, clerk: User) -> None:
    seen = order_of(meeting)
    swap(meeting, clerk, "Transport", Move.UP)
    now = order_of(meeting)
    with pytest.raises(Refused, match="Somebody else changed the agenda meanwhile"):
        reorder_items(meeting=meeting, order=[seen[1], seen[0], seen[2]], seen=seen, by=clerk)
    # The same form sent twice asks for what is there already.
    assert reorder_items(meeting=meeting, order=now, seen=seen, by=clerk) == now
    for wrong in (now[:2], [*now, Line(Kind.ITEM, 10**9)], [*now[:2], Line(Kind.ITEM, 10**9)]):
        with pytest.raises(Refused, match="each line of the agenda once"):
            reorder_items(meeting=meeting, order=wrong, seen=now, by=clerk)
    assert order_of(meeting) == now


def test_the_order_stays_once_the_meeting_is_over(meeting: MeetingPage, clerk: User) -> None:
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk, at=london(2027, 1, 13, 18))
    with pytest.raises(Refused, match="past its agenda"):
        reorder_items(meeting=meeting, order=order_of(meeting)[::-1], seen=order_of(meeting), by=clerk)


def test_headings_stand_among_the_items_and_are_public_with_the_agenda(meeting: MeetingPage, clerk: User) -> None:
    section = AgendaSection.objects.create(meeting=meeting, title="Opening", position=1)
    assert order_of(meeting)[0] == Line(Kind.SECTION, section.pk)
    assert not AgendaSection.objects.public().exists()
    publish_agenda(meeting=meeting, by=clerk)
    assert AgendaSection.objects.public().get() == section


def test_what_changed_since_it_was_shown_is_not_published_unseen(meeting: MeetingPage, clerk: User) -> None:
    shown = shown_now(meeting)
    item = AgendaItemPage.objects.get(title="Home care")
    item.title = "Care at home"
    item.save_revision(user=clerk)
    with pytest.raises(Refused, match="“Home care” was last changed by clerk at"):
        publish_agenda(meeting=meeting, by=clerk, shown=shown)
    assert not AgendaItemPage.objects.live().exists()
    publish_agenda(meeting=meeting, by=clerk, shown=shown_now(meeting), despite=["Item 2 has no presenter."])
    assert AgendaItemPage.objects.live().count() == 3
    noted = LedgerEntry.objects.get(note__startswith="The agenda was published although")
    assert noted.note.endswith("Item 2 has no presenter.")


def test_the_same_form_sent_twice_publishes_once(meeting: MeetingPage, clerk: User) -> None:
    shown = shown_now(meeting)
    publish_agenda(meeting=meeting, by=clerk, shown=shown)
    entries = LedgerEntry.objects.count()
    publish_agenda(meeting=meeting, by=clerk, shown=shown)
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize("written", ["x1", "i", "i1 i1", "i1 p1", "i-1", "i²", "i" + "1" * 30])
def test_an_order_that_means_nothing_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="Load the page again"):
        read_order(written)


def test_an_item_read_before_somebody_else_published_it_keeps_its_reference_and_number(
    meeting: MeetingPage, clerk: User
) -> None:
    stale = AgendaItemPage.objects.get(title="Transport").get_latest_revision_as_object()
    swap(meeting, clerk, "Transport", Move.UP)
    publish_record(page=AgendaItemPage.objects.get(title="Transport").get_latest_revision_as_object(), by=clerk)
    publish_record(page=stale, by=clerk)
    assert (stale.reference, stale.number) == ("HWB/2027-01-13/I1", "2")
    assert numbered(meeting) == ["1 Welcome", "2 Transport", "3 Home care"]


def test_what_is_sent_from_the_editor_leaves_a_place_that_was_changed_meanwhile(meeting: MeetingPage, clerk: User) -> None:
    item = AgendaItemPage.objects.get(title="Home care")
    editor = Client()
    editor.force_login(clerk)
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    form = querydict_from_html(editor.get(address).content.decode(), form_id="page-edit-form")

    def somebody_moves_it(request: Any, page: Any) -> None:
        """At the moment at which the editor has read the page and not yet written it."""
        AgendaItemPage.objects.filter(pk=item.pk).update(position=9, number="9")

    with hooks.register_temporarily("before_edit_page", somebody_moves_it, order=-1):
        answer = editor.post(address, form)
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.position, item.number) == (9, "9")


def test_an_order_is_written_only_while_nobody_publishes_an_item(meeting: MeetingPage, clerk: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        swap(meeting, clerk, "Transport", Move.UP)
    statements = [query["sql"] for query in asked]
    held = next(
        place
        for place, sql in enumerate(statements)
        if sql.startswith("SELECT") and '"depth" = ' in sql and " LIKE " in sql and '"minutes_' not in sql
    )
    written = next(place for place, sql in enumerate(statements) if sql.startswith('UPDATE "minutes_agendaitempage"'))
    assert held < written
    assert ("FOR UPDATE" in statements[held]) == (connection.vendor == "postgresql")
