"""A month of meetings, for the public and for editors."""

from datetime import date

from django.test import Client
from django.urls import reverse

import pytest

from governance.models import BoardPage, User
from minutes.enums import MeetingStatus
from minutes.models import JointBoard
from minutes.month import Month
from minutes.operations.meetings import set_status
from tests import building
from tests.building import london


def test_a_month_has_whole_weeks_and_its_neighbours() -> None:
    month = Month(2028, 2)
    assert (month.first, month.last) == (date(2028, 2, 1), date(2028, 2, 29))
    assert (str(month.before), str(month.after)) == ("2028-01", "2028-03")
    assert [len(week) for week in month.weeks] == [7] * 5
    assert month.weeks[0][:2] == [None, date(2028, 2, 1)]


@pytest.mark.parametrize("written", ["2026-13", "2026-00", "0001-01", "9999-12", "2026-1", "november", "²026-11", "2026-11-01"])
def test_what_is_no_month_is_none(written: str) -> None:
    assert Month.read(written) is None


@pytest.mark.django_db
def test_the_public_sees_public_meetings_of_that_month_only(board: BoardPage, clerk: User) -> None:
    building.make_meeting(board, clerk, london(2027, 1, 31, 23, 30), venue="Town Hall")
    building.make_meeting(board, clerk, london(2027, 2, 1, 9), venue="Library")
    building.make_meeting(board, clerk, london(2027, 1, 5, 9), venue="Quisquilian", publish=False)
    off = building.make_meeting(board, clerk, london(2027, 1, 12, 9))
    set_status(meeting=off, status=MeetingStatus.POSTPONED, by=clerk, reason="Snow.")
    shown = Client().get("/meetings/2027-01/").content.decode()
    assert "Town Hall" in shown and "Snow." in shown
    assert "Library" not in shown and "Quisquilian" not in shown
    assert 'href="#day-31"' in shown and 'href="/meetings/2026-12/"' in shown
    assert Client().get("/meetings/2027-13/").status_code == 404
    assert Client().get("/meetings/").status_code == 302
    client = Client()
    client.force_login(clerk)
    admin = client.get(reverse("admin_month", args=["2027-01"])).content.decode()
    assert "draft" in admin and "postponed" in admin
    assert client.get(reverse("admin_this_month")).status_code == 200


@pytest.mark.django_db
def test_a_joint_meeting_is_one_page_shown_on_each_board(board: BoardPage, clerk: User) -> None:
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14))
    meeting.joint_boards.add(JointBoard(board=other))
    meeting.save_revision(user=clerk).publish(user=clerk)
    assert meeting.reference == "HWB/2027-01-13"
    assert meeting.get_url() in Client().get(other.get_url()).content.decode()
    shown = Client().get(meeting.get_url()).content.decode()
    assert "jointly with" in shown and other.get_url() in shown
    assert "SUMMARY:Health and Wellbeing Board" in Client().get("/calendars/place.ics").content.decode()
