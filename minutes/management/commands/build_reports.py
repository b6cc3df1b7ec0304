"""`manage.py build_reports`: put annual reports together now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.exceptions import Refused
from governance.models import BoardPage
from minutes.enums import ReportState
from minutes.operations.annual_reports import ask_for_report, boards_since, build_report, years_of


class Command(BaseCommand):
    """Put together the annual reports of every board and year, or of those named, without waiting for the worker."""

    help = "Put together the annual reports of every board and year, or of those named, now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--board", help="the code of one board, such as HWB")
        parser.add_argument("--year", help="one year, such as 2026-27")

    def handle(self, *args: Any, board: str | None, year: str | None, **options: Any) -> None:
        """Ask for each and build it; what fails is named, and the rest is built."""
        boards = [(one, since) for one, since in boards_since() if board in {None, one.code}]
        if board and not boards:
            known = ", ".join(BoardPage.objects.live().order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no public board {board} with a meeting or an action. There are: {known or 'none'}.")
        today, failed = timezone.localdate(), 0
        for one, since in boards:
            for named in [year] if year else years_of(one, since, today):
                failed += not self._build(one, named)
        if failed:
            raise CommandError(f"{failed} could not be put together.")

    def _build(self, board: BoardPage, year: str) -> bool:
        try:
            asked = ask_for_report(board=board, year=year)
        except Refused as reason:
            raise CommandError(str(reason)) from None
        report = build_report(report=asked.pk) or asked
        told = f"{report.pages} pages" if report.state == ReportState.READY else report.failure or report.get_state_display()
        self.stdout.write(f"{board.code} {year}: {told}")
        return report.state == ReportState.READY
