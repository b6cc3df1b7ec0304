"""Meetings in the hour that comes twice, across midnight, on 29 February, and too soon for lawful notice: what each page says of them."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from governance.models import BoardPage, User
from minutes.models import MeetingPage
from minutes.operations.meetings import publish_agenda
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
FIRST_HALF_PAST_ONE = london(2026, 10, 25, 1, 30)
SECOND_HALF_PAST_ONE = FIRST_HALF_PAST_ONE.replace(fold=1)


def read(address: str) -> str:
    """What a resident reads."""
    main = BeautifulSoup(Client().get(address).content, "html.parser").main
    assert main is not None
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "told"),
    [
        (SECOND_HALF_PAST_ONE, london(2026, 10, 25, 3), "Sunday 25 October 2026"),
        (FIRST_HALF_PAST_ONE, SECOND_HALF_PAST_ONE, "Sunday 25 October 2026"),
        (london(2027, 3, 28, 0, 30), london(2027, 3, 28, 2, 30), "Sunday 28 March 2027"),
        (london(2027, 1, 13, 23), london(2027, 1, 14, 1), "Wednesday 13 January 2027"),
        (london(2028, 2, 29, 14), london(2028, 2, 29, 16), "Tuesday 29 February 2028"),
    ],
)
def test_every_page_of_a_meeting_tells_its_day(
    board: BoardPage, clerk: User, client: Client, starts_at: datetime, ends_at: datetime, told: str
) -> None:
    meeting = building.make_meeting(board, clerk, starts_at, ends_at=ends_at)
    building.make_item(meeting, clerk, publish=False, minutes_planned=30)
    publish_agenda(meeting=meeting, by=clerk, at=min(starts_at.astimezone(UTC), timezone.now()) - timedelta(days=20))
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    # What is stored is the moment itself, whichever of the two half past ones it is.
    assert (meeting.starts_at, meeting.ends_at) == (starts_at.astimezone(UTC), ends_at.astimezone(UTC))
    for address in (meeting.get_url(), f"{meeting.get_url()}notice/"):
        assert told in read(address), address
    month = read(f"/meetings/{starts_at:%Y-%m}/")
    assert board.title in month
    client.force_login(clerk)
    for route, key in (("wagtailadmin_pages:edit", meeting.pk), ("build_agenda", meeting.pk), ("running_order", meeting.pk)):
        assert client.get(reverse(route, args=[key])).status_code == 200, route
    calendar = Client().get("/calendars/hwb.ics").content.decode()
    local = starts_at.strftime("DTSTART;TZID=Europe/London:%Y%m%dT%H%M%S")
    assert (local in calendar) is (starts_at.fold == 0)
    assert (starts_at.astimezone(UTC).strftime("DTSTART:%Y%m%dT%H%M%SZ") in calendar) is bool(starts_at.fold)


def test_a_meeting_too_soon_for_lawful_notice_is_held_and_says_why(board: BoardPage, clerk: User, client: Client) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    meeting = building.make_meeting(board, clerk, tomorrow, short_notice_reason="The water failed last night.")
    building.make_item(meeting, clerk, publish=False)
    client.force_login(clerk)
    for route in ("wagtailadmin_pages:edit", "publish_agenda"):
        shown = client.get(reverse(route, args=[meeting.pk])).content.decode()
        assert "There is no day left on which the" in shown, route
    assert client.post(reverse("publish_agenda", args=[meeting.pk])).status_code == 302
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    assert meeting.agenda_published_at is not None
    assert "The water failed last night." in read(meeting.get_url())


def test_the_hour_that_does_not_exist_is_refused_where_a_meeting_is_moved(
    board: BoardPage, clerk: User, client: Client
) -> None:
    meeting = building.make_meeting(board, clerk, london(2027, 3, 10, 14))
    client.force_login(clerk)
    where = reverse("move_meeting", args=[meeting.pk])
    answer = client.post(where, {"day": "2027-03-28", "starts": "01:30", "reason": "The hall is taken."})
    assert (answer.status_code, "The hall is taken." in answer.content.decode()) == (400, True)
    assert MeetingPage.objects.get(pk=meeting.pk).starts_at == london(2027, 3, 10, 14)
