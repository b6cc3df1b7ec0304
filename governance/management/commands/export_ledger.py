"""`manage.py export_ledger FILE`: everything that the stand-alone check of the records needs, as lines of JSON."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.ledger_export import lines


class Command(BaseCommand):
    """Write the ledger, what the public records say now and the checksums of their files."""

    help = "Write the ledger and what it is checked against to a file, for check_records.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and for whom."""
        parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
        parser.add_argument(
            "--for-everybody", action="store_true", help="without names and notes, with digests in place of what records say"
        )

    def handle(self, *args: Any, file: Path, for_everybody: bool, **options: Any) -> None:
        """Write it whole, readable by its owner alone unless it is for everybody."""
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644 if for_everybody else 0o600)
        except OSError as problem:
            raise CommandError(f"{file} cannot be written: {problem.strerror}.") from problem
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.writelines(json.dumps(line, sort_keys=True) + "\n" for line in lines(for_everybody=for_everybody))
        self.stdout.write(f"The ledger is written to {file}. Check it with check_records.py.")
