"""`manage.py verify_records`: whether ledger, records and files still say what was published."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.check_records import Checker, Unreadable, checkpoints_in, summary
from governance.files_panel import WORRYING
from governance.ledger_export import lines
from governance.ledger_seals import SealsLookedAt
from governance.models import FileOnRecord, FixityResult, FixityRound


class Command(BaseCommand):
    """The same check as the stand-alone script, on the database as it is."""

    help = "Check that no record was changed, removed, reordered or forged. Ends with 1 if one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What else to check against."""
        parser.add_argument(
            "--checkpoints", type=Path, nargs="*", default=[], help="checkpoints that were saved from the site earlier"
        )

    def handle(self, *args: Any, checkpoints: list[Path], **options: Any) -> None:
        """One sentence for each finding, then how much was looked at."""
        checker, seals = self.look(checkpoints)
        if checker.findings:
            # What somebody publishes while it is read may disagree for a moment. What was changed in silence disagrees twice.
            before = set(checker.findings)
            checker, seals = self.look(checkpoints)
            checker.findings = [finding for finding in checker.findings if finding in before]
        findings = checker.findings
        for sentence in [*checker.told, *findings]:
            self.stdout.write(sentence)
        self.stdout.write(" ".join(filter(None, [summary(checker), seals.summary])))
        if self.tell_of_files() or findings:
            sys.exit(1)

    def look(self, checkpoints: list[Path]) -> tuple[Checker, SealsLookedAt]:
        """Look at everything once.

        Raises:
            CommandError: a file of checkpoints cannot be read.
        """
        checker = Checker()
        try:
            for line in lines():
                checker.take(line)
            checker.finish(checkpoints_in(checkpoints))
        except Unreadable as problem:
            raise CommandError(str(problem), returncode=2) from problem
        seals = SealsLookedAt()
        checker.findings = [*checker.findings, *seals.findings]
        return checker, seals

    def tell_of_files(self) -> bool:
        """What the last look at every stored file found. Returns whether a file is changed or missing."""
        latest = FixityRound.objects.exclude(finished_at=None).first()
        if latest is None:
            self.stdout.write("The stored files were not all looked at yet: the worker does so once a night.")
            return False
        counts = ", ".join(f"{label}: {latest.counts.get(value, 0)}" for value, label in FixityResult.choices)
        self.stdout.write(f"The stored files were looked at on {latest.finished_at:%Y-%m-%d}. {counts}.")
        wrong = FileOnRecord.objects.filter(result__in=WORRYING)
        for file in wrong:
            self.stdout.write(f"{file.get_result_display()}: the file of {file.what} ({file.name}), when it was looked at.")
        return wrong.exists()
