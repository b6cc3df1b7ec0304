"""`manage.py bench`: what pages cost with few records and with many. It wants a database of its own, empty but migrated."""

import datetime
import json
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.exceptions import Refused
from home.bench.heavy_pack import HeavyPack
from home.bench.measuring import WrongAnswer
from home.bench.packs import PackBench
from home.bench.serving import ServingBench
from home.bench.subjects import address_of
from home.bench.table import lines
from home.operations.benching import run_bench


class Command(BaseCommand):
    """Print query counts and times of pages and admin views, and the speed of reader, import and packs."""

    help = "Measure pages, reader, import and packs with the demonstration and with many generated pages, in an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", type=int, default=10_000, help="how many pages are generated (default: %(default)s)")
        parser.add_argument(
            "--promises", type=int, default=5_000, help="how many promises are generated (default: %(default)s)"
        )
        parser.add_argument("--news", type=int, default=12, help="how many updates each of them has (default: %(default)s)")
        parser.add_argument("--times", type=int, default=7, help="how many requests a median is of (default: %(default)s)")
        parser.add_argument("--items", type=int, default=100, help="how many items are read and kept (default: %(default)s)")
        parser.add_argument(
            "--sheets", type=int, default=500, help="how many pages the pack has that is bound (default: %(default)s)"
        )
        parser.add_argument(
            "--heavy-sheets", type=int, default=1000, help="how many pages the large pack has (default: %(default)s)"
        )
        parser.add_argument("--megabytes", type=int, default=300, help="how large the large pack is (default: %(default)s)")
        parser.add_argument(
            "--serving", type=float, default=3.0, help="seconds of many requests at once, 0 for none (default: %(default)s)"
        )
        parser.add_argument(
            "--today", type=datetime.date.fromisoformat, help="the day that all dates count from (default: today)"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, today: Any, **options: Any) -> None:
        """Run it and print the figures."""
        try:
            sizes = {name: options[name] for name in ("pages", "promises", "news", "times", "items")}
            found = run_bench(**sizes, today=today or timezone.localdate(), tell=self.tell)
            self.tell(f"Binding a pack of {options['sheets']} pages")
            with TemporaryDirectory() as folder:
                found["binding"] = PackBench(Path(folder), options["sheets"]).figures()
            self.tell(f"Weighing a pack of {options['heavy_sheets']} pages and {options['megabytes']} MB")
            with TemporaryDirectory() as folder:
                heavy = HeavyPack(Path(folder), options["heavy_sheets"], options["megabytes"])
                found["binding"] = {**found["binding"], **heavy.figures()}
            if options["serving"]:
                self.tell("Serving a page beside the start page of a bare project")
                with TemporaryDirectory() as folder:
                    served = ServingBench(Path(folder), address_of("meeting ahead"), options["serving"])
                    found["binding"] = {**found["binding"], **served.figures()}
        except (Refused, WrongAnswer) as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for line in lines(found):
            self.stdout.write(line)

    def tell(self, words: str) -> None:
        """What is being done, apart from the figures."""
        self.stderr.write(f"{words} ...")
