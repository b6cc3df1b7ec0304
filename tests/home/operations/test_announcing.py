"""What is told, to whom, and that it is told once; what is not public is never told."""

from datetime import date, timedelta
from typing import Any

from django.core import mail

import pytest
import time_machine

from governance.models import ActionPage, BoardPage, Delivery, User
from governance.operations.mail import send_deliveries
from governance.operations.publishing import publish_record, withdraw_record
from home.models import AlertLine, Announcement, HowOften
from home.operations import announcing, digests
from home.operations.announcing import spread_announcements
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage
from minutes.operations.adoption import link_action
from minutes.operations.corrections import record_correction
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building
from tests.building import london
from tests.home.listening import READER, subscribe, told

pytestmark = pytest.mark.django_db
NOW = london(2026, 11, 22, 10)


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Any:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    """An action whose beginning has been told to nobody."""
    made = building.make_action(board, clerk)
    spread_announcements()
    return made


def test_an_update_is_told_once_to_each_who_asked(board: BoardPage, clerk: User, action: ActionPage) -> None:
    other = building.make_board(clerk, "CYP", "Children's Board")
    for about, name in ((action, "a"), (board, "b"), (None, "c"), (other, "d"), (building.make_action(other, clerk), "e")):
        subscribe(about, f"{name}@example.org")
    told()
    building.make_update(action, clerk, date(2026, 11, 20), next_step="A second workshop.", next_news_on=date(2027, 1, 20))
    subject = f"Progress: {action.title}"
    assert told() == [(f"{name}@example.org", subject) for name in "abc"]
    text = str(mail.outbox[0].body)
    assert "The first workshop was held." in text and "A second workshop." in text
    assert "You will hear again by Wednesday 20 January 2027." in text
    assert "/ref/hwb-a1-u1/" in text and "/alerts/stop/" in text
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http") and "/alerts/stop/" in headers["List-Unsubscribe"]
    assert told() == []


def test_a_workstream_hears_of_its_actions(small_site: Any) -> None:
    subscribe(small_site.action.workstream)
    building.make_update(small_site.action, small_site.clerk, date(2026, 11, 20))
    assert told() == [(READER, f"Progress: {small_site.action.title}")]


def test_a_correction_is_told_again_and_a_withdrawal_never(clerk: User, action: ActionPage) -> None:
    subscribe(action)
    first = building.make_update(action, clerk, date(2026, 11, 20))
    assert len(told()) == 1
    second = building.make_update(action, clerk, date(2026, 11, 21), corrects=first, title="Corrected")
    assert told() == [(READER, f"Correction: {action.title}")]
    withdraw_record(page=second, by=clerk, reason="It named a person.")
    assert told() == []


def test_what_is_withdrawn_before_it_is_told_is_not_told(clerk: User, action: ActionPage) -> None:
    subscribe(action)
    update = building.make_update(action, clerk, date(2026, 11, 20))
    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert told() == []


def test_what_is_withdrawn_after_it_was_asked_for_is_not_sent(clerk: User, action: ActionPage) -> None:
    subscribe(action)
    update = building.make_update(action, clerk, date(2026, 11, 20))
    assert spread_announcements() == 1
    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert (send_deliveries(), mail.outbox) == (0, [])
    assert "withdrawn" in Delivery.objects.get(kind="alert").failed_because


def test_drafts_are_never_told(board: BoardPage, clerk: User, action: ActionPage) -> None:
    subscribe()
    building.make_update(action, clerk, date(2026, 11, 20), publish=False)
    building.make_action(board, clerk, "Draft", publish=False)
    assert told() == []
    assert not Announcement.objects.filter(spread_at=None).exists()


def test_those_who_confirm_later_are_not_told_of_what_was_before(clerk: User, action: ActionPage) -> None:
    building.make_update(action, clerk, date(2026, 11, 20))
    subscribe(action)
    assert told() == []


def test_what_is_replayed_or_imported_is_no_news(board: BoardPage, clerk: User, action: ActionPage) -> None:
    subscribe(board)
    building.make_update(action, clerk, date(2026, 11, 1))
    told()
    with time_machine.travel(NOW):
        page = building.make_update(action, clerk, date(2026, 11, 2), publish=False, title="Replayed")
        publish_record(page=page, by=clerk, at=NOW - timedelta(days=20))
    old = building.make_meeting(board, clerk, london(2020, 3, 5, 14))
    building.make_minute(building.make_item(old, clerk), clerk)
    assert told() == []


def test_an_agenda_is_told_as_one_when_it_has_settled(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2026, 12, 3, 14))
    for number in range(4):
        building.make_item(meeting, clerk, f"Item {number}", publish=False)
    spread_announcements(at=NOW + timedelta(days=1))
    subscribe(board)
    publish_agenda(meeting=meeting, by=clerk)
    assert spread_announcements() == 0, "it settles first"
    assert told() == [(READER, "Agenda: Health and Wellbeing Board, 3 December 2026")]
    assert "2. Item 1" in str(mail.outbox[0].body)
    item = building.make_item(meeting, clerk, "A late item", publish=True)
    assert told() == [(READER, "Agenda: Health and Wellbeing Board, 3 December 2026")]
    assert item.title in str(mail.outbox[0].body)


def test_items_that_are_public_before_the_agenda_are_not_told(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, london(2026, 12, 3, 14))
    subscribe(board)
    told()
    building.make_item(meeting, clerk)
    assert told() == []


def test_a_meeting_is_told_when_it_is_new_moves_or_is_called_off(board: BoardPage, clerk: User) -> None:
    subscribe(board)
    meeting = building.make_meeting(board, clerk, london(2026, 12, 3, 14), venue="Town Hall")
    assert told() == [(READER, "Meeting: Health and Wellbeing Board, 3 December 2026")]
    meeting.how_to_attend = "<p>By the side door.</p>"
    meeting = publish_record(page=meeting, by=clerk)
    assert told() == [], "a word changed on its page is no news"
    with time_machine.travel(NOW + timedelta(hours=1)):
        meeting.starts_at = london(2026, 12, 4, 15)
        meeting = publish_record(page=meeting, by=clerk)
        assert told() == [(READER, "Meeting changed: Health and Wellbeing Board, 4 December 2026")]
        assert "Friday 4 December 2026, 3pm, Town Hall" in str(mail.outbox[0].body)
    with time_machine.travel(NOW + timedelta(hours=2)):
        set_status(meeting=meeting, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
        assert told() == [(READER, "Cancelled: Health and Wellbeing Board, 4 December 2026")]
        assert "Snow." in str(mail.outbox[0].body)


def _held(board: BoardPage, clerk: User) -> tuple[MeetingPage, Any, Any]:
    meeting = building.make_meeting(board, clerk, london(2026, 11, 5, 14))
    item = building.make_item(meeting, clerk)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    minute = building.make_minute(item, clerk, publish=False)
    resolution = building.make_resolution(item, clerk, publish=False)
    spread_announcements(at=NOW + timedelta(days=1))
    return meeting, minute, resolution


def test_minutes_and_resolutions_are_told_as_one(board: BoardPage, clerk: User, action: ActionPage) -> None:
    meeting, _minute, resolution = _held(board, clerk)
    subscribe(board)
    subscribe(action, "action@example.org")
    publish_minutes(meeting=meeting, by=clerk)
    link_action(resolution=type(resolution).objects.get(), action=action, by=clerk)
    subject = "Minutes: Health and Wellbeing Board, 5 November 2026"
    assert told() == [(READER, subject), ("action@example.org", subject)]
    assert "That home care be designed with the people who use it." in str(mail.outbox[0].body)
    assert "draft until a later meeting confirms them" in str(mail.outbox[0].body)


def test_confirmation_and_correction_of_minutes_are_told(board: BoardPage, clerk: User) -> None:
    meeting, minute, _resolution = _held(board, clerk)
    publish_minutes(meeting=meeting, by=clerk)
    spread_announcements(at=NOW + timedelta(days=1))
    subscribe(board)
    confirm_minutes(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    assert told() == [(READER, "Minutes confirmed: Health and Wellbeing Board, 5 November 2026")]
    minute = type(minute).objects.get()
    record_correction(minute=minute, old_words="planned", new_words="made", reason="A slip.", by=clerk)
    assert told() == [(READER, "Minutes corrected: Health and Wellbeing Board, 5 November 2026")]
    assert "“planned” is to be read as “made”." in str(mail.outbox[0].body)


def test_a_dead_worker_leaves_nobody_out_and_tells_nobody_twice(
    clerk: User, action: ActionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "AT_A_TIME", 2)
    for number in range(5):
        subscribe(action, f"r{number}@example.org")
    building.make_update(action, clerk, date(2026, 11, 20))
    key = Announcement.objects.get(spread_at=None).pk
    assert announcing._spread_some(key) == (2, True)
    assert told() == [(f"r{number}@example.org", f"Progress: {action.title}") for number in range(5)]
    assert AlertLine.objects.count() == 5
    Announcement.objects.filter(pk=key).update(spread_at=None, spread_to=0)
    assert told() == []


def test_a_title_cannot_bring_a_header(board: BoardPage, clerk: User, action: ActionPage) -> None:
    subscribe(action)
    ActionPage.objects.filter(pk=action.pk).update(title="Home\r\nBcc: all@example.org")
    building.make_update(action, clerk, date(2026, 11, 20))
    assert told() == [(READER, "Progress: Home Bcc: all@example.org")]


def _daily(at: Any) -> list[str]:
    mail.outbox.clear()
    with time_machine.travel(at):
        digests.send_digests()
        send_deliveries()
    return [str(message.subject) for message in mail.outbox]


def test_the_daily_mail_comes_once_at_seven_with_everything_in_it(board: BoardPage, clerk: User, action: ActionPage) -> None:
    subscribe(board, often=HowOften.DAILY)
    building.make_update(action, clerk, date(2026, 11, 20))
    building.make_action(board, clerk, "A second promise")
    assert told() == []
    assert _daily(london(2026, 11, 23, 6, 59)) == []
    assert _daily(london(2026, 11, 23, 7)) == ["2 pieces of news, 23 November 2026"]
    text = str(mail.outbox[0].body)
    assert "The first workshop was held." in text and "A second promise" in text and text.count("/alerts/stop/") == 1
    assert _daily(london(2026, 11, 23, 7, 1)) == []
    assert _daily(london(2026, 11, 24, 7)) == []


def test_seven_is_seven_in_summer_and_winter() -> None:
    assert digests.last_seven(london(2026, 7, 1, 7)) == london(2026, 7, 1, 7)
    assert digests.last_seven(london(2026, 7, 1, 6, 59)) == london(2026, 6, 30, 7)
    assert digests.last_seven(london(2026, 10, 25, 12)) == london(2026, 10, 25, 7)


def test_a_daily_mail_leaves_out_what_was_withdrawn(board: BoardPage, clerk: User, action: ActionPage) -> None:
    subscribe(board, often=HowOften.DAILY)
    update = building.make_update(action, clerk, date(2026, 11, 20))
    building.make_action(board, clerk, "A second promise")
    told()
    with time_machine.travel(london(2026, 11, 23, 7)):
        digests.send_digests()
        withdraw_record(page=update, by=clerk, reason="It named a person.")
        mail.outbox.clear()
        send_deliveries()
        assert [message.subject for message in mail.outbox] == ["1 piece of news, 23 November 2026"]
        assert "The first workshop was held." not in str(mail.outbox[0].body)
        assert digests.send_digests() == 0


def test_a_daily_mail_of_nothing_but_withdrawn_things_is_none(board: BoardPage, clerk: User, action: ActionPage) -> None:
    subscribe(board, often=HowOften.DAILY)
    update = building.make_update(action, clerk, date(2026, 11, 20))
    told()
    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert _daily(london(2026, 11, 23, 8)) == []
