"""Publishing minutes: numbered in the order of the agenda, and only of meetings that took place."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, LedgerEvent, User
from governance.operations.publishing import publish_record, withdraw_record
from governance.operations.scheduled import publish_due
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage, MinutePage, ResolutionPage
from minutes.operations.agendas import order_of, reorder_items
from minutes.operations.meetings import set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting with two items, each with a minute and a resolution that are drafts."""
    meeting = building.make_meeting(board, clerk)
    for title in ("Home care", "Transport"):
        item = building.make_item(meeting, clerk, title=title)
        building.make_minute(item, clerk, publish=False)
        building.make_resolution(item, clerk, publish=False)
    return meeting


def test_minutes_are_numbered_in_the_order_of_the_agenda(meeting: MeetingPage, clerk: User) -> None:
    seen = order_of(meeting)
    reorder_items(meeting=meeting, order=seen[::-1], seen=seen, by=clerk)
    publish_minutes(meeting=meeting, by=clerk)
    assert dict(MinutePage.objects.values_list("title", "reference")) == {
        "Transport": "HWB/2026-27/1",
        "Home care": "HWB/2026-27/2",
    }
    cited = {page.item.title: page.reference for page in ResolutionPage.objects.all()}
    assert cited == {"Transport": "HWB/2026-27/1(1)", "Home care": "HWB/2026-27/2(1)"}


def test_a_meeting_that_was_called_off_publishes_no_minutes(meeting: MeetingPage, clerk: User) -> None:
    set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    with pytest.raises(Refused, match="Cancelled"):
        publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    assert not MinutePage.objects.live().exists()


def test_the_notes_of_a_meeting_without_a_quorum_are_published_and_confirmed(meeting: MeetingPage, clerk: User) -> None:
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    set_status(meeting=meeting, status=MeetingStatus.INQUORATE, by=clerk, reason="Two members were ill.")
    publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    assert MeetingPage.objects.get().status == MeetingStatus.DRAFT_MINUTES
    confirm_minutes(meeting=meeting, by=clerk)
    confirmed = MeetingPage.objects.get()
    assert (confirmed.status, confirmed.status_reason) == (MeetingStatus.CONFIRMED, "Two members were ill.")


@pytest.fixture
def coming(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting in a month, with a minute and a resolution prepared for it."""
    meeting = building.make_meeting(board, clerk, timezone.now() + timedelta(days=30))
    item = building.make_item(meeting, clerk)
    building.make_minute(item, clerk, publish=False)
    building.make_resolution(item, clerk, publish=False)
    return meeting


def changes_of(meeting: MeetingPage) -> list[tuple[str, str, str | None, datetime]]:
    """What the ledger tells of where a meeting stood, from the first."""
    told = LedgerEntry.objects.filter(page=meeting.pk, event__in=[LedgerEvent.STATUS, LedgerEvent.CONFIRMED])
    return [(row.event, row.note, row.by.username if row.by else None, row.at) for row in told.order_by("pk")]


def test_every_change_of_state_is_in_the_ledger(meeting: MeetingPage, clerk: User) -> None:
    times = [building.london(2026, 10, day, 9) for day in (9, 10, 12, 13, 14)]
    first, second = MinutePage.objects.order_by("path")
    publish_minutes(meeting=meeting, by=clerk, at=times[0])
    for minute, at in ((first, times[1]), (second, times[2])):
        withdraw_record(page=MinutePage.objects.get(pk=minute.pk), by=clerk, reason="A name was wrong.", at=at)
    publish_minutes(meeting=MeetingPage.objects.get(), by=clerk, at=times[3])
    confirm_minutes(meeting=meeting, by=clerk, at=times[4])
    assert changes_of(meeting) == [
        ("status", "Draft minutes published", "clerk", times[0]),
        ("status", "Held", "clerk", times[2]),
        ("status", "Draft minutes published", "clerk", times[3]),
        ("confirmed", "Minutes confirmed", "clerk", times[4]),
    ]


def test_nothing_that_happened_is_said_before_the_day(coming: MeetingPage, clerk: User) -> None:
    for status in (MeetingStatus.HELD, MeetingStatus.DRAFT_MINUTES):
        with pytest.raises(Refused, match="not taken place yet"):
            set_status(meeting=coming, status=status, by=clerk)
    with pytest.raises(Refused, match="not taken place yet"):
        publish_minutes(meeting=coming, by=clerk)
    for draft in (MinutePage.objects.get(), ResolutionPage.objects.get()):
        with pytest.raises(Refused, match="not taken place yet"):
            publish_record(page=draft, by=clerk)
    assert not MinutePage.objects.live().exists()
    assert not ResolutionPage.objects.live().exists()
    assert MeetingPage.objects.get().status == MeetingStatus.SCHEDULED
    assert changes_of(coming) == []


def typed(minute: MinutePage, **more: Any) -> dict[str, str]:
    """A minute as the editor's browser sends it."""
    fields = {
        "title": minute.title,
        "slug": minute.slug,
        "text": rich_text("<p>Words that took an hour.</p>"),
        "presented_by": "",
        "decision_kind": minute.decision_kind,
        "comments": inline_formset([]),
        **{name: inline_formset([]) for name in ("votes", "amendments", "interests")},
        **more,
    }
    return nested_form_data(fields)


def test_the_editor_says_why_a_minute_is_not_published_and_keeps_its_words(
    coming: MeetingPage, clerk: User, client: Client
) -> None:
    client.force_login(clerk)
    minute = MinutePage.objects.get()
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[minute.pk]), typed(minute, **{"action-publish": "1"}))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "has not taken place yet" in shown
    assert "Words that took an hour." in shown
    assert not MinutePage.objects.live().exists()
    kept = client.post(reverse("wagtailadmin_pages:edit", args=[minute.pk]), typed(minute))
    assert kept.status_code == 302
    assert "took an hour" in MinutePage.objects.get().get_latest_revision_as_object().text


def test_what_was_scheduled_and_is_refused_keeps_nothing_else_waiting(
    meeting: MeetingPage, coming: MeetingPage, clerk: User
) -> None:
    due = timezone.now() - timedelta(minutes=1)
    early = MinutePage.objects.descendant_of(coming).get()
    ready = MinutePage.objects.descendant_of(meeting).first()
    assert ready is not None
    for place, minute in enumerate((early, ready)):
        revision = minute.save_revision(user=clerk)
        revision.approved_go_live_at = due + timedelta(seconds=place)
        revision.save(update_fields=["approved_go_live_at"])
    assert publish_due() == 2
    assert list(MinutePage.objects.live()) == [ready]
    assert PageLogEntry.objects.filter(page=early.pk, action="wagtail.schedule.cancel").exists()
    assert "has not taken place yet" in PageLogEntry.objects.get(page=early.pk, action="resolved.plan_refused").data["reason"]
    assert publish_due() == 0


def test_what_is_final_is_not_taken_down_by_a_date(meeting: MeetingPage, clerk: User) -> None:
    publish_minutes(meeting=meeting, by=clerk)
    confirm_minutes(meeting=meeting, by=clerk)
    ended = timezone.now() - timedelta(minutes=1)
    MinutePage.objects.update(expire_at=ended)
    ResolutionPage.objects.update(expire_at=ended)
    assert publish_due() == 4
    assert MinutePage.objects.live().count() == ResolutionPage.objects.live().count() == 2
    assert publish_due() == 0


def test_a_page_is_taken_down_by_its_date(meeting: MeetingPage, clerk: User) -> None:
    publish_minutes(meeting=meeting, by=clerk)
    minute = MinutePage.objects.first()
    assert minute is not None
    MinutePage.objects.filter(pk=minute.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert publish_due() == 1
    assert not MinutePage.objects.get(pk=minute.pk).live


def test_a_minute_of_an_urgent_item_waits_for_the_reason_by_every_door(meeting: MeetingPage, clerk: User) -> None:
    minute = MinutePage.objects.order_by("path")[0]
    item = minute.item
    item.is_urgent = True
    item.save()
    with pytest.raises(Refused, match="Its reason must stand in the minutes"):
        publish_record(page=minute, by=clerk)
    with pytest.raises(Refused, match="Its reason must stand in the minutes"):
        publish_minutes(meeting=meeting, by=clerk)
    item.urgency_reason = "The river rose after the agenda was out."
    item.save()
    assert len(publish_minutes(meeting=meeting, by=clerk)) == 2
