"""`manage.py backup DIR`: database and files in one folder, with a manifest of checksums."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.backups import back_up
from governance.exceptions import Refused


class Command(BaseCommand):
    """Write a backup while the site runs."""

    help = "Write the database and all files into a folder of its own. Keys are left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="an empty folder, or one that is made")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write it, and say what is in it and what is not."""
        try:
            manifest = back_up(folder, self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Backed up: {rows} rows of {len(manifest['rows'])} tables, {len(manifest['files'])} files.")
        self.stdout.write(f"Not in it: {manifest['left_out']} Keep the keys apart from the backup.")
