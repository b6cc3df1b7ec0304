"""`manage.py measure_sizes --sizes 1000 10000`: the cost of each public page as the records grow. It wants a database of its own."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.exceptions import Refused
from home.bench.measuring import WrongAnswer
from home.operations.scaling import measure_sizes, table


class Command(BaseCommand):
    """Print queries and times of every public page at several sizes, as a table in Markdown."""

    help = "Measure public pages and the search at several sizes, in a database of its own, given by DATABASE_URL and migrated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which sizes, and how often each page is asked for."""
        parser.add_argument(
            "--sizes", type=int, nargs="+", default=[1000, 10_000], help="numbers of live pages (default: %(default)s)"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same makes the same records (default: %(default)s)")
        parser.add_argument("--times", type=int, default=15, help="how many requests a median is of (default: %(default)s)")
        parser.add_argument("--today", type=datetime.date.fromisoformat, help="no record is dated later (default: today)")

    def handle(self, *args: Any, sizes: list[int], seed: int, times: int, today: Any, **options: Any) -> None:
        """Measure and print."""
        asked: dict[str, Any] = {"sizes": sorted(sizes), "seed": seed, "times": times, "today": today or timezone.localdate()}
        try:
            found = measure_sizes(**asked, tell=lambda words: self.stderr.write(f"{words} ..."))
        except (Refused, WrongAnswer) as reason:
            raise CommandError(str(reason)) from None
        for line in table(found):
            self.stdout.write(line)
