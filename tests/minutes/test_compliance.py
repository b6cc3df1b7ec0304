"""How a board kept to its rule book: the figures, the export, and that more meetings ask no more queries."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import openpyxl  # type: ignore[import-untyped]
import pytest

from governance.models import BoardPage, FreeDay, User
from minutes.compliance import compliance, headings
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage
from minutes.operations.meetings import set_status
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
YEAR = date(2026, 5, 1), date(2027, 4, 30), date(2026, 11, 22)


def held(board: BoardPage, clerk: User, day: date, out: date | None) -> MeetingPage:
    """A meeting with the day its agenda went out."""
    meeting = building.make_meeting(board, clerk, london(day.year, day.month, day.day, 14))
    moment = london(out.year, out.month, out.day, 12) if out else None
    MeetingPage.objects.filter(pk=meeting.pk).update(agenda_published_at=moment)
    return meeting


def test_each_meeting_that_was_held_has_its_days_and_its_reason(board: BoardPage, clerk: User) -> None:
    held(board, clerk, date(2026, 10, 8), date(2026, 9, 30))
    late = held(board, clerk, date(2026, 11, 12), date(2026, 11, 9))
    MeetingPage.objects.filter(pk=late.pk).update(short_notice_reason="=Flood")
    held(board, clerk, date(2026, 11, 19), None)
    off = held(board, clerk, date(2026, 9, 10), None)
    set_status(meeting=off, status=MeetingStatus.CANCELLED, by=clerk, reason="Snow.")
    held(board, clerk, date(2026, 12, 17), date(2026, 11, 20))
    lines = compliance(board, *YEAR)
    assert [(line.day.day, line.agenda_days, line.in_time) for line in lines] == [
        (8, 5, True),
        (12, 2, False),
        (19, None, False),
    ]
    assert lines[1].reason == "=Flood"
    assert lines[0].minutes_due == date(2026, 10, 22)


def test_a_day_of_mourning_shortens_the_notice_of_the_boards_it_is_for(board: BoardPage, clerk: User) -> None:
    held(board, clerk, date(2026, 10, 8), date(2026, 9, 30))
    FreeDay.objects.create(day=date(2026, 10, 5), name="Day of mourning", nation="wales")
    assert compliance(board, *YEAR)[0].agenda_days == 5
    FreeDay.objects.create(day=date(2026, 10, 5), name="Day of mourning")
    assert compliance(board, *YEAR)[0].agenda_days == 4


def test_the_report_and_its_exports_run_no_formula(board: BoardPage, clerk: User) -> None:
    late = held(board, clerk, date(2026, 11, 12), date(2026, 11, 9))
    MeetingPage.objects.filter(pk=late.pk).update(short_notice_reason="=Flood")
    client = Client()
    client.force_login(clerk)
    where = reverse("compliance_of_year", args=[board.pk, "2026-27"])
    assert "=Flood" in client.get(where).content.decode()
    rows = list(csv.reader(StringIO(client.get(where, {"export": "csv"}).content.decode("utf-8-sig"))))
    assert rows[0] == headings()
    assert "'=Flood" in rows[1]
    book = openpyxl.load_workbook(BytesIO(client.get(where, {"export": "xlsx"}).content))
    assert [cell.value for cell in book.active[2]][9] == "'=Flood"
    book.close()
    assert client.get(reverse("compliance_of_year", args=[board.pk, "2026"])).status_code == 404
    assert "no meeting in this year" in client.get(reverse("compliance_of_year", args=[board.pk, "2019-20"])).content.decode()


def test_fifty_meetings_ask_no_more_than_five(board: BoardPage, clerk: User) -> None:
    def asked(number: int, first: int) -> int:
        for week in range(first, number):
            day = date(2025, 5, 7) + timedelta(weeks=week)
            building.make_item(held(board, clerk, day, day - timedelta(days=9)), clerk)
        with CaptureQueriesContext(connection) as captured:
            assert len(compliance(board, date(2025, 5, 1), date(2026, 4, 30), date(2026, 11, 22))) == number
        return len(captured)

    assert asked(5, 0) == asked(50, 5) <= 12
