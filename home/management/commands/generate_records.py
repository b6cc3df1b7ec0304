"""`manage.py generate_records --pages N --seed S`: boards with twenty years of records that are made up, in a database of their own."""

import datetime
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.exceptions import Refused
from home.operations.generating import generate_records


class Command(BaseCommand):
    """Make records up by the bulk path, and say how fast."""

    help = (
        "Fill a database of its own, given by DATABASE_URL and migrated, with boards, meetings, items, minutes, resolutions, actions and "
        "updates that are made up, in realistic proportions. Run again with a larger number, it goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much, and of which seed."""
        parser.add_argument("--pages", type=int, required=True, help="how many live pages there will be, about")
        parser.add_argument("--seed", type=int, default=1, help="the same makes the same records (default: %(default)s)")
        parser.add_argument("--today", type=datetime.date.fromisoformat, help="no record is dated later (default: today)")

    def handle(self, *args: Any, pages: int, seed: int, today: Any, **options: Any) -> None:
        """Make them, with a line that says how far it has come."""
        begun = time.monotonic()
        is_screen = self.stderr.isatty()

        def tell(there: int, wanted: int) -> None:
            words = f"{min(there, wanted):,} of {wanted:,} pages"
            self.stderr.write(f"\r{words}" if is_screen else words, ending="" if is_screen else "\n")

        try:
            made = generate_records(pages=pages, seed=seed, today=today or timezone.localdate(), tell=tell)
        except Refused as reason:
            raise CommandError(str(reason)) from None
        seconds = time.monotonic() - begun
        rate = f"{made.items / seconds:.0f} items and {made.pages / seconds:.0f} pages a second"
        self.stdout.write(f"Made {made.pages:,} pages, {made.items:,} items of agendas, in {seconds:.0f} seconds: {rate}.")
