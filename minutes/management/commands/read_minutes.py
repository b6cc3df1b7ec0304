"""``manage.py read_minutes FILE…``: what a careful reader finds in each file, one JSON object a line."""

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minutes.reading import LIMIT, Reading, UnreadableMinutes, decode, read


class Command(BaseCommand):
    """Print the reading of each file of minutes; touches no database and writes nothing."""

    help = "Read minutes from text files and print one JSON object a line, in the order of the files."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files to read."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text file holding one item of minutes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every file; a bad one is named on the error stream and does not stop the others."""
        refused = 0
        for name in options["files"]:
            try:
                reading = _read_file(Path(name))
            except UnreadableMinutes as reason:
                refused += 1
                self.stderr.write(f"{name}: {reason}")
            except OSError as error:
                refused += 1
                self.stderr.write(f"{name}: The file cannot be opened ({error.strerror}).")
            else:
                self.stdout.write(json.dumps(reading.as_printed(), ensure_ascii=False))
        if refused:
            raise CommandError(f"{refused} of {len(options['files'])} files could not be read.")


def _read_file(path: Path) -> Reading:
    """The reading of one file, of which never more than a page's limit is taken into memory."""
    with path.open("rb") as file:
        text, warnings = decode(file.read(LIMIT + 1))
    reading = read(text)
    return replace(reading, warnings=(*warnings, *reading.warnings))
