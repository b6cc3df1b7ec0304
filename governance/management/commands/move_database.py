"""`manage.py move_database FILE`: from SQLite to PostgreSQL, with everything that is public the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from governance.exceptions import Refused
from governance.moving import move_from


class Command(BaseCommand):
    """Run where DATABASE_URL names the new, empty database."""

    help = "Move every record from an SQLite file into the empty PostgreSQL database that DATABASE_URL names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path, help="the SQLite database, such as var/records.sqlite3, with nothing using it")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Move, and say the digest that both share."""
        if connection.vendor != "postgresql":
            raise CommandError("Set DATABASE_URL to the new PostgreSQL database, then run this again.")
        try:
            digest = move_from(file, self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Moved. What is public is the same in both: {digest}")
