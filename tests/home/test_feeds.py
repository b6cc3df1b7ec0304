"""Feeds as two feed readers read them, and calendars as two calendars do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import atoma
import feedparser
import ics
import pytest
import time_machine
import vobject

from governance.models import BoardPage, User, WorkshopPage
from governance.operations.publishing import add_record, publish_record, withdraw_record
from minutes.enums import MeetingStatus
from minutes.operations.meetings import publish_agenda, set_status
from tests import building
from tests.building import london
from tests.small_site import DRAFT, SmallSite

pytestmark = pytest.mark.django_db
NOW = london(2026, 11, 22, 10)


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def titles(client: Client, scope: str) -> list[str]:
    """The titles of a feed's entries."""
    return [entry.title for entry in feedparser.parse(client.get(f"/feeds/{scope}/").content).entries]


def test_two_readers_read_every_feed(small_site: SmallSite, client: Client) -> None:
    for scope in ("all-boards", "HWB", "hwb", "hwb-a1", f"workstream-{small_site.action.workstream_id}"):
        body = client.get(f"/feeds/{scope}/")
        assert body["Content-Type"] == "application/atom+xml; charset=utf-8"
        read = feedparser.parse(body.content)
        assert not read.bozo and read.version == "atom10" and read.feed.author
        other = atoma.parse_atom_bytes(body.content)
        assert [entry.id_ for entry in other.entries] == [entry.id for entry in read.entries] and other.entries
        assert len({entry.id_ for entry in other.entries}) == len(other.entries)
        assert other.id_ not in {entry.id_ for entry in other.entries}
        for entry in other.entries:
            assert entry.id_.startswith("urn:uuid:") and entry.published <= entry.updated <= other.updated
        assert next(link.href for link in read.feed.links if link.rel == "self").endswith(f"/feeds/{scope.lower()}/")
        assert DRAFT not in body.content.decode()


def test_a_feed_holds_what_it_is_about(board: BoardPage, clerk: User, client: Client) -> None:
    one, two = building.make_action(board, clerk, "One"), building.make_action(board, clerk, "Two")
    update = building.make_update(one, clerk, title="News <b>& more</b>", what_changed="5 < 6 & 7")
    meeting = building.make_meeting(board, clerk, london(2026, 12, 3, 14))
    building.make_item(meeting, clerk, publish=False)
    assert sorted(titles(client, "hwb-a1")) == ["One", "One: News <b>& more</b>"]
    assert titles(client, "hwb-a2") == ["Two"]
    publish_agenda(meeting=meeting, by=clerk)
    assert sorted(titles(client, "HWB")) == [
        "Agenda: Health and Wellbeing Board, 3 December 2026",
        "One",
        "One: News <b>& more</b>",
        "Two",
    ]
    [entry] = [entry for entry in feedparser.parse(client.get("/feeds/hwb-a1/").content).entries if "News" in entry.title]
    assert entry.link.endswith("/ref/hwb-a1-u1/") and entry.summary == "5 &lt; 6 &amp; 7"
    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert titles(client, "hwb-a1") == ["One"]
    assert two.reference == "HWB-A2"


def test_the_name_of_an_entry_lasts_and_its_times_are_right(board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk)
    workshop = WorkshopPage(title="First workshop", slug="first", starts_at=london(2026, 12, 1, 10))
    workshop = add_record(parent=action, page=workshop, by=clerk, publish=True)

    def entry() -> Any:
        read = feedparser.parse(client.get("/feeds/hwb-a1/").content)
        return next(found for found in read.entries if "First workshop" in found.title)

    first = entry()
    with time_machine.travel(NOW + timedelta(days=1)):
        workshop.starts_at = london(2026, 12, 2, 10)
        publish_record(page=workshop, by=clerk)
    second = entry()
    assert first.id == second.id and first.published == second.published < second.updated
    assert second.updated.startswith("2026-11-23T10:00")


def test_a_reader_that_has_it_is_told_so(board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk)
    building.make_meeting(board, clerk, london(2026, 12, 3, 14))
    for address in ("/feeds/hwb/", "/calendars/hwb.ics"):
        first = client.get(address)
        for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            again = client.get(address, headers=condition)
            assert (again.status_code, again.content) == (304, b""), (address, condition)
        assert client.get(address)["ETag"] == first["ETag"]
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    before = client.get("/feeds/hwb/")
    with time_machine.travel(NOW + timedelta(hours=1)):
        update = building.make_update(action, clerk)
    assert client.get("/feeds/hwb/", headers={"If-None-Match": before["ETag"]}).status_code == 200
    since = client.get("/feeds/hwb/")["Last-Modified"]
    assert client.get("/feeds/hwb/", headers={"If-Modified-Since": before["Last-Modified"]}).status_code == 200
    with time_machine.travel(NOW + timedelta(hours=2)):
        withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert client.get("/feeds/hwb/", headers={"If-Modified-Since": since}).status_code == 200


def test_a_feed_of_nothing_stays_the_same(board: BoardPage, client: Client) -> None:
    first = client.get("/feeds/hwb/")
    with time_machine.travel(NOW + timedelta(days=1)):
        assert client.get("/feeds/hwb/")["ETag"] == first["ETag"]


def test_the_pages_lead_to_their_feeds(small_site: SmallSite, client: Client) -> None:
    text = client.get(small_site.board.get_url()).content.decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/feeds/hwb/"' in text
    assert 'href="webcal://testserver/calendars/hwb.ics"' in text
    assert 'href="/feeds/hwb-a1/"' in client.get(small_site.action.get_url()).content.decode()
    assert 'href="/feeds/all-boards/"' in client.get("/").content.decode()


def events(client: Client, scope: str = "hwb") -> dict[str, Any]:
    """A calendar's events by their summaries; read by one calendar, and by another that must agree."""
    body = client.get(f"/calendars/{scope}.ics").content.decode()
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n")), "RFC 5545, 3.1"
    every = vobject.readOne(body).contents.get("vevent", [])
    others = ics.Calendar(body).events
    assert {(event.uid, event.begin.datetime.astimezone(UTC)) for event in others} == {
        (event.uid.value, event.dtstart.value.astimezone(UTC)) for event in every
    }
    return {event.summary.value: event for event in every}


def test_two_calendars_read_a_meeting(board: BoardPage, clerk: User, client: Client) -> None:
    long = "The Council Chamber; Town Hall, 1 High Street, Ashmere – " + "ring the bell, and wait. " * 4
    winter = building.make_meeting(
        board, clerk, london(2026, 12, 3, 14), venue=long[:250], how_to_attend="<p>Come in.</p><p>Tŷ Dŵr</p>"
    )
    building.make_meeting(board, clerk, london(2027, 7, 1, 14, 30), ends_at=london(2027, 7, 1, 16))
    answer = client.get("/calendars/HWB.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = vobject.readOne(answer.content.decode())
    first, second = sorted(read.vevent_list, key=lambda event: event.dtstart.value)
    assert first.dtstart.value.astimezone(UTC) == datetime(2026, 12, 3, 14, tzinfo=UTC)
    assert second.dtstart.value.astimezone(UTC) == datetime(2027, 7, 1, 13, 30, tzinfo=UTC)
    assert second.dtend.value.astimezone(UTC) == datetime(2027, 7, 1, 15, tzinfo=UTC)
    assert (
        read.vtimezone.tzid.value == "Europe/London" and "DTSTART;TZID=Europe/London:20261203T140000" in answer.content.decode()
    )
    assert first.location.value == winter.venue
    assert "Come in.\nTŷ Dŵr" in first.description.value and first.url.value.endswith("/ref/hwb-2026-12-03/")
    assert (first.summary.value, first.status.value, first.sequence.value) == (board.title, "CONFIRMED", "0")
    assert first.uid.value == str(winter.translation_key)
    assert set(events(client, "all-boards")) == {board.title}


def test_the_sequence_rises_with_each_change_of_time_place_or_standing(board: BoardPage, clerk: User, client: Client) -> None:
    meeting = building.make_meeting(board, clerk, london(2026, 12, 3, 14), venue="Town Hall")

    def event() -> tuple[str, str, str, datetime]:
        [found] = events(client).values()
        when = found.dtstart.value.astimezone(UTC)
        return found.uid.value, found.sequence.value, found.status.value, when

    first = event()
    assert first[1:] == ("0", "CONFIRMED", datetime(2026, 12, 3, 14, tzinfo=UTC))
    meeting.how_to_attend = "<p>By the side door.</p>"
    meeting = publish_record(page=meeting, by=clerk)
    assert event() == first
    meeting.venue = "Library"
    meeting = publish_record(page=meeting, by=clerk)
    assert event()[1] == "1"
    meeting = set_status(meeting=meeting, status=MeetingStatus.POSTPONED, by=clerk, reason="Snow.")
    assert event()[1:3] == ("2", "CANCELLED")
    assert list(events(client)) == [f"Postponed: {board.title}"]
    meeting.starts_at = london(2026, 12, 10, 15)
    meeting = publish_record(page=meeting, by=clerk)
    meeting = set_status(meeting=meeting, status=MeetingStatus.SCHEDULED, by=clerk)
    assert event() == (first[0], "4", "CONFIRMED", datetime(2026, 12, 10, 15, tzinfo=UTC))
    with time_machine.travel(NOW + timedelta(days=1)):
        set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="No business.")
    last = events(client)[f"Cancelled: {board.title}"]
    assert (last.sequence.value, last.status.value) == ("5", "CANCELLED")
    assert last.last_modified.value.replace(tzinfo=UTC) == NOW + timedelta(days=1)
    assert "No business." in last.description.value


def test_a_meeting_that_is_not_public_is_in_no_calendar(board: BoardPage, clerk: User, client: Client) -> None:
    meeting = building.make_meeting(board, clerk, london(2026, 12, 3, 14))
    building.make_meeting(board, clerk, london(2026, 12, 4, 14), publish=False)
    building.make_meeting(board, clerk, london(2024, 12, 4, 14))
    assert len(events(client)) == 1
    withdraw_record(page=meeting, by=clerk, reason="Entered twice.")
    assert events(client) == {}


def test_only_boards_have_meetings(board: BoardPage, clerk: User, client: Client) -> None:
    building.make_action(board, clerk)
    assert client.get("/calendars/hwb-a1.ics").status_code == 404


def test_many_records_ask_the_database_no_more_often(small_site: SmallSite, client: Client) -> None:
    stream = small_site.action.workstream_id
    addresses = ["/feeds/all-boards/", "/feeds/hwb/", "/feeds/hwb-a1/", f"/feeds/workstream-{stream}/", "/calendars/hwb.ics"]

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            cache.clear()
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        return counts

    def grow(first: int, last: int) -> None:
        by = small_site.clerk
        for number in range(first, last):
            action = building.make_action(small_site.board, by, f"Action {number}", workstream=small_site.action.workstream)
            building.make_update(action, by, date(2026, 11, 3))
            building.make_update(small_site.action, by, date(2026, 11, 3), title=f"More {number}")
            meeting = building.make_meeting(small_site.board, by, london(2027, 1, 1 + number, 14))
            building.make_item(meeting, by, publish=False)
            publish_agenda(meeting=meeting, by=by)

    grow(0, 3)
    few = queries()
    grow(3, 15)
    assert queries() == few
    assert max(few) <= 16, few
