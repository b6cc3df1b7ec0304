"""The reports: what each tells, who reads it, as a file no formula runs in, and a longer table asks no more often."""

import csv
from datetime import date
from io import BytesIO, StringIO

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from openpyxl import load_workbook  # type: ignore[import-untyped]

from governance.enums import Role
from governance.models import BoardPage, Membership, Person, Service, User
from governance.operations.roles import give_role
from minutes.enums import MeetingStatus, Presence
from minutes.models import AgendaItemPage, Attendance, ExemptionGround, MeetingPage, ResolutionPage
from minutes.reports import REPORTS, Asked, report_named, years_to_choose
from tests import building

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(building.london(2026, 11, 22, 9), tick=False):
        yield


def table(name: str, *boards: BoardPage, year: str = "") -> list[list[object]]:
    """The cells of a report."""
    report = report_named(name)
    assert report is not None
    return report.rows(Asked(boards, year, TODAY))


def grow(board: BoardPage, clerk: User, number: int) -> MeetingPage:
    """One more row in each report."""
    council = building.make_organisation("Ashmere Council")
    meeting = building.make_meeting(board, clerk, building.london(2026, 10, 1 + number, 14))
    item = building.make_item(meeting, clerk, f"=Prices {number}")
    building.make_resolution(item, clerk, text="That it be done.")
    private = {"exempt_ground": ExemptionGround.objects.all()[0], "exempt_reason": "Prices.", "exempt_review_on": TODAY}
    AgendaItemPage.objects.filter(pk=item.pk).update(**private)
    MeetingPage.objects.filter(pk=meeting.pk).update(status=MeetingStatus.DRAFT_MINUTES)
    person = Person.objects.create(name=f"Member {number}", organisation=council)
    Membership.objects.create(person=person, board=board, organisation=council, from_date=date(2026, 1, 1))
    Attendance.objects.create(meeting=meeting, person=person, name=str(person), presence=Presence.APOLOGIES)
    Service.objects.create(name=f"Service {number}", organisation=council, next_review_on=date(2026, 11, 1 + number))
    building.make_action(board, clerk, f"Action {number}", first_due_on=date(2026, 11, 1 + number))
    return meeting


def test_each_report_tells_what_it_says(board: BoardPage, clerk: User) -> None:
    meeting = grow(board, clerk, 1)
    off = building.make_meeting(board, clerk, building.london(2026, 9, 1, 14))
    MeetingPage.objects.filter(pk=off.pk).update(status=MeetingStatus.CANCELLED)
    Attendance.objects.create(meeting=off, name="Member 1", presence=Presence.PRESENT)
    name = board.title
    assert [row[:3] + row[7:9] for row in table("outstanding-actions", board)] == [
        [name, "HWB-A1", "Action 1", date(2026, 11, 2), 20]
    ]
    assert [row[:2] + row[3:4] for row in table("without-action", board)] == [[name, meeting.day, "=Prices 1"]]
    assert table("attendance", board) == [[name, "Ashmere Council", 0, 1, 0, 1]]
    assert table("services", board) == [["Ashmere Council", "Service 1", date(2026, 11, 2), 20]]
    assert [row[3:4] + row[5:] for row in table("private-business", board)] == [["=Prices 1", "Prices.", TODAY]]
    ResolutionPage.objects.update(no_action_needed=True)
    assert table("without-action", board) == []


def test_a_report_is_narrowed_by_year_and_board(board: BoardPage, clerk: User) -> None:
    grow(board, clerk, 1)
    other = building.make_board(clerk, code="SCP", title="Safer Communities")
    assert years_to_choose(TODAY, 5)[:2] == ["2026-27", "2025-26"]
    for report in REPORTS:
        assert table(report.name, other) == []
        assert len(table(report.name, board, year="2026-27")) == 1
        if report.years:
            assert table(report.name, board, year="2025-26") == []


def test_a_longer_table_asks_no_more_often(board: BoardPage, clerk: User) -> None:
    def asked() -> list[int]:
        counts = []
        for report in REPORTS:
            with CaptureQueriesContext(connection) as queries:
                report.rows(Asked([board], "", TODAY))
            counts.append(len(queries))
        return counts

    grow(board, clerk, 1)
    few = asked()
    for number in range(2, 5):
        grow(board, clerk, number)
    assert asked() == few
    assert max(few) <= 5


def test_the_files_hold_the_table_and_no_formula(board: BoardPage, clerk: User, client: Client) -> None:
    grow(board, clerk, 1)
    client.force_login(clerk)
    where = reverse("report", args=["private-business"])
    assert "=Prices 1" in client.get(where).content.decode()
    response = client.get(where, {"export": "csv", "board": "HWB", "year": "2026-27"})
    assert 'filename="private-business-hwb-2026-27.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][3] == "'=Prices 1"
    book = load_workbook(BytesIO(client.get(where, {"export": "xlsx"}).content))
    assert [cell.value for cell in book.active[2]][3] == "'=Prices 1"
    assert client.get(where, {"board": "NONE", "year": "\x00", "export": "pdf"}).status_code == 200
    assert client.get(reverse("report", args=["nothing"])).status_code == 404


def test_a_long_report_is_shown_page_by_page_and_its_file_is_whole(
    board: BoardPage, clerk: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minutes.report_views.ON_A_PAGE", 2)
    for number in range(1, 4):
        building.make_action(board, clerk, f"Action {number}", first_due_on=date(2026, 11, 1 + number))
    client.force_login(clerk)
    where = reverse("report", args=["outstanding-actions"])
    first, second = (client.get(where, {"p": page, "board": "HWB"}).content.decode() for page in ("1", "2"))
    assert [f"Action {number}" in first for number in (1, 2, 3)] == [True, True, False]
    assert [f"Action {number}" in second for number in (1, 2, 3)] == [False, False, True]
    assert "board=HWB" in first.split("p=2")[0][-40:] + first.split("p=2")[1][:40]
    file = client.get(where, {"export": "csv", "p": "2"}).content.decode("utf-8-sig")
    assert len(list(csv.reader(StringIO(file)))) == 4


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_a_report_and_of_which_boards(board: BoardPage, clerk: User, role: Role) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities")
    for one in (board, other):
        building.make_action(one, clerk, f"Action of {one.code}")
    user = building.make_user("somebody", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    client = Client()
    client.force_login(user)
    response = client.get(reverse("report", args=["outstanding-actions"]))
    reads = role in {Role.EDITOR, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR}
    assert (response.status_code == 200) is reads
    shown = response.content.decode()
    assert ("Action of HWB" in shown) is reads
    assert ("Action of SCP" in shown) is (role in {Role.AUDITOR, Role.ADMINISTRATOR})
