"""Annual reports are asked for, put together once for each content, emptied when a record is withdrawn, and never left half done."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, User
from governance.operations.publishing import withdraw_record
from minutes.enums import ReportState
from minutes.models import AnnualReport
from minutes.operations import annual_reports
from minutes.operations.annual_reports import ask_for_due_reports, ask_for_report, build_report, years_of
from minutes.packs.render import SectionFailed
from tests import building

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The years that were printed; the print engine itself has tests of its own."""
    years: list[str] = []

    def print_report(content: Any, *, cache_dir: Any) -> tuple[bytes, int]:
        years.append(content.year)
        return b"%PDF-1.7 " + content.digest.encode(), 3

    monkeypatch.setattr(annual_reports, "print_report", print_report)
    return years


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    """An action of the board, public since June 2026."""
    made: ActionPage = building.make_action(board, clerk)
    ActionPage.objects.filter(pk=made.pk).update(first_published_at=datetime(2026, 6, 1, tzinfo=UTC))
    return ActionPage.objects.get(pk=made.pk)


def _built(board: BoardPage, at: datetime = NOW, year: str = "2026-27") -> AnnualReport:
    report = build_report(report=ask_for_report(board=board, year=year, at=at).pk, at=at)
    assert report is not None
    return report


def test_a_report_is_built_and_kept(board: BoardPage, action: ActionPage, printed: list[str]) -> None:
    report = _built(board)
    assert (report.state, report.as_at, report.pages) == (ReportState.READY, date(2026, 11, 22), 3)
    assert report.said.made == 1
    with report.file.open("rb") as kept:
        assert kept.read().endswith(report.content_sha256.encode())
    assert list(AnnualReport.objects.public()) == [report]
    assert build_report(report=report.pk) is None


def test_the_same_content_is_not_printed_twice(board: BoardPage, action: ActionPage, clerk: User, printed: list[str]) -> None:
    first = _built(board)
    again = _built(board, NOW + timedelta(days=1))
    assert (len(printed), again.file.name, again.as_at) == (1, first.file.name, first.as_at)
    assert again.looked_at == NOW + timedelta(days=1)
    building.make_update(action, clerk, date(2026, 11, 22), status="completed", reason="It was done.")
    changed = _built(board, NOW + timedelta(days=3))
    assert len(printed) == 2
    assert (changed.file.name != first.file.name, changed.as_at) == (True, date(2026, 11, 25))


def test_what_is_withdrawn_is_in_no_report_from_then_on(
    board: BoardPage, action: ActionPage, clerk: User, printed: list[str]
) -> None:
    report = _built(board)
    withdraw_record(page=action, by=clerk, reason="It named a person.")
    report.refresh_from_db()
    assert (report.state, report.content, report.file.name, report.as_at) == (ReportState.WAITING, {}, "", None)
    assert not AnnualReport.objects.public().exists()
    anew = build_report(report=report.pk, at=NOW)
    assert anew is not None
    assert anew.said.made == 0


def test_a_withdrawal_while_it_is_put_together_wins(
    board: BoardPage, action: ActionPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def print_report(content: Any, *, cache_dir: Any) -> tuple[bytes, int]:
        withdraw_record(page=ActionPage.objects.get(pk=action.pk), by=clerk, reason="It named a person.")
        return b"%PDF-1.7", 1

    monkeypatch.setattr(annual_reports, "print_report", print_report)
    assert _built(board).state == ReportState.WAITING
    assert not AnnualReport.objects.public().exists()


def test_a_failure_says_why_and_keeps_what_was_there(
    board: BoardPage, action: ActionPage, clerk: User, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _built(board)
    building.make_update(action, clerk, date(2026, 11, 20), status="completed", reason="It was done.")

    def fail(content: Any, *, cache_dir: Any) -> tuple[bytes, int]:
        raise SectionFailed("Report", "It took too long.")

    monkeypatch.setattr(annual_reports, "print_report", fail)
    after = _built(board)
    assert (after.state, after.failure) == (ReportState.FAILED, "Report: It took too long.")
    assert after.file.name == before.file.name
    assert list(AnnualReport.objects.public()) == [after]


@pytest.mark.parametrize("year", ["2027-28", "2026", "2026-28", "", "x", "9" * 500, "2026-27\x00"])
def test_a_year_that_is_not_there_is_refused(board: BoardPage, year: str) -> None:
    with pytest.raises(Refused):
        ask_for_report(board=board, year=year, at=NOW)
    assert not AnnualReport.objects.exists()


def test_a_board_that_is_not_public_has_no_report(board: BoardPage, action: ActionPage, printed: list[str]) -> None:
    _built(board)
    BoardPage.objects.filter(pk=board.pk).update(live=False)
    assert not AnnualReport.objects.public().exists()
    with pytest.raises(Refused, match="not public"):
        ask_for_report(board=BoardPage.objects.get(pk=board.pk), year="2026-27", at=NOW)
    assert ask_for_due_reports(at=NOW + timedelta(days=9)) == 0


def test_the_worker_asks_for_what_is_due_and_for_nothing_else(board: BoardPage, action: ActionPage, printed: list[str]) -> None:
    old = datetime(2024, 6, 1, tzinfo=UTC)
    ActionPage.objects.filter(pk=action.pk).update(first_published_at=old)
    assert ask_for_due_reports(at=NOW) == 3
    assert ask_for_due_reports(at=NOW) == 0
    for report in AnnualReport.objects.all():
        build_report(report=report.pk, at=NOW)
    assert sorted(printed) == ["2024-25", "2025-26", "2026-27"]
    assert ask_for_due_reports(at=NOW + timedelta(hours=23)) == 0
    assert ask_for_due_reports(at=NOW + timedelta(hours=25)) == 2
    due = AnnualReport.objects.filter(state=ReportState.WAITING).values_list("year", flat=True)
    assert sorted(due) == ["2025-26", "2026-27"]


def test_what_a_dead_worker_left_is_taken_up(board: BoardPage, action: ActionPage, printed: list[str]) -> None:
    report = ask_for_report(board=board, year="2026-27", at=NOW)
    taken = {"state": ReportState.BUILDING, "taken_up_at": NOW}
    AnnualReport.objects.filter(pk=report.pk).update(**taken)
    assert ask_for_due_reports(at=NOW + timedelta(minutes=9)) == 0
    assert ask_for_due_reports(at=NOW + timedelta(minutes=11)) == 1
    assert build_report(report=report.pk, at=NOW) is not None


def test_years_run_from_the_first_record_to_the_end_of_the_board(board: BoardPage) -> None:
    assert years_of(board, date(2025, 4, 30), date(2026, 5, 1)) == ["2024-25", "2025-26", "2026-27"]
    board.ended_on = date(2025, 6, 1)
    assert years_of(board, date(2025, 4, 30), date(2026, 5, 1)) == ["2024-25", "2025-26"]
    board.year_starts_in, board.ended_on = 1, None
    assert years_of(board, date(2025, 4, 30), date(2026, 5, 1)) == ["2025", "2026"]


def test_a_file_never_stands_without_what_it_says(board: BoardPage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.create(board=board, year="2026-27", asked_at=NOW, file="reports/x.pdf")


def test_the_command_builds_every_year(
    board: BoardPage, action: ActionPage, printed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("build_reports")
    assert "HWB 2026-27: 3 pages" in capsys.readouterr().out
    assert AnnualReport.objects.public().count() == len(years_of(board, date(2026, 6, 1), timezone.localdate()))
    with pytest.raises(CommandError, match=r"There is no public board NONE .* There are: HWB"):
        call_command("build_reports", board="NONE")
    with pytest.raises(CommandError, match="is not a year of this board"):
        call_command("build_reports", board="HWB", year="nonsense")
