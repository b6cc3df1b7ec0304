"""`manage.py weigh_pack FILE…`: what memory it takes to check these papers and to build the pack that holds them. For the bench."""

import json
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand

from home.bench.heavy_pack import weigh


class Command(BaseCommand):
    """Check papers and build a pack of them, and print the most memory that any process took, as JSON."""

    help = "Check papers and build a pack of them in a temporary folder. Prints pages, megabytes and the most memory taken, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which papers."""
        parser.add_argument("files", nargs="+", type=Path, help="PDF files as they are uploaded")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Do it and print the figures. Nothing is kept and no record is made."""
        with TemporaryDirectory() as folder:
            self.stdout.write(json.dumps(weigh(files, Path(folder))))
