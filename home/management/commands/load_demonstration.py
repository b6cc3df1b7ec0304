"""`manage.py load_demonstration`: the records of a council that does not exist, to look at and to try things on."""

import datetime
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.exceptions import Refused
from home.demonstration.log_ins import write_down
from home.operations.demonstration import load_demonstration
from home.operations.indexing import index_everything


class Command(BaseCommand):
    """Load the demonstration into an empty database."""

    help = "Load the demonstration records into an empty database. Their dates count from today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            help="the day that all dates count from (default: today), as 2026-11-22",
        )

    def handle(self, *args: Any, today: datetime.date | None, **options: Any) -> None:
        """Load, or say that it is there; refuse a database that holds other records."""
        today = today or timezone.localdate()
        begun = time.monotonic()
        try:
            loaded = load_demonstration(today=today, tell=self.tell)
        except Refused as reason:
            raise CommandError(str(reason)) from None
        if not loaded:
            self.stdout.write("The demonstration is already there. Nothing was changed.")
            return
        index_everything()
        write_down(settings.VAR, today)
        self.stdout.write(f"The demonstration is loaded: two years of records in {time.monotonic() - begun:.0f} seconds.")

    def tell(self, done: int, steps: int, words: str) -> None:
        """One line that counts on a terminal; in a log file a line for each tenth."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {steps}: {words[:60]:<60}", ending="\n" if done == steps else "")
            self.stdout.flush()
        elif done * 10 // steps != (done - 1) * 10 // steps:
            self.stdout.write(f"{done} of {steps} steps")
