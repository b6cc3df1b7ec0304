"""`manage.py export_static DIR`: the whole public site as files that any web server can serve."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.exceptions import Refused
from home.static_copy import StaticCopy


class Command(BaseCommand):
    """Write a static copy."""

    help = "Write every public page, file, feed and checkpoint into a folder that any web server can serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="an empty folder, or one that is made")
        parser.add_argument(
            "--address", default=settings.WAGTAILADMIN_BASE_URL, help="the address of the site (default: %(default)s)"
        )

    def handle(self, *args: Any, folder: Path, address: str, **options: Any) -> None:
        """Write it; name links that lead nowhere."""
        copy = StaticCopy(folder, address.rstrip("/"), self.stdout.write)
        try:
            copy.write()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for dead, page in copy.dead.items():
            self.stdout.write(f"Nothing is at {dead}, to which {page} links.")
        self.stdout.write(f"{len(copy.files)} files written to {folder}. Serve the folder at the root of a site.")
