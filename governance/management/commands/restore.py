"""`manage.py restore DIR`: a backup onto an empty machine, verified before it says that it is done."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from governance.backups import restore
from governance.exceptions import Refused
from governance.sealed_things import what_does_not_open


class Command(BaseCommand):
    """Restore into an empty database and empty stores."""

    help = "Put a backup into an empty database and empty stores, and verify counts, checksums and ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("folder", type=Path, help="the folder of the backup")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Restore, bring the tables up to date, verify."""
        began = time.monotonic()
        try:
            manifest = restore(folder, self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Bringing the tables and their triggers up to date ...")
        call_command("migrate", verbosity=0)
        self.stdout.write("Verifying the records ...")
        try:
            call_command("verify_records", stdout=self.stdout)
        except SystemExit:
            raise CommandError("Everything is restored, but the records do not prove themselves: see above.") from None
        self.stdout.write("Not restored: keys. Without the SECRET_KEY of then, people log in anew and signed links end.")
        closed = list(what_does_not_open())
        for name in closed:
            self.stdout.write(f"Does not open: {name}")
        if closed:
            self.stdout.write(f"{len(closed)} sealed records do not open here. Add the keys of then to RESTRICTED_KEYS.")
        seconds = time.monotonic() - began
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Restored and verified in {seconds:.1f} s: {rows} rows, {len(manifest['files'])} files.")
