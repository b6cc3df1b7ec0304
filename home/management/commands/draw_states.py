"""`manage.py draw_states`: write docs/states.md from the tables that the code obeys."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.state_diagrams import states_page


class Command(BaseCommand):
    """Draw the states of records, their diagrams and their groups."""

    help = "Write docs/states.md from the tables of states that the code obeys."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("--output", type=Path, help="another file than docs/states.md")

    def handle(self, *args: Any, output: Path | None, **options: Any) -> None:
        """Write the page."""
        file = output or Path(settings.ROOT) / "docs" / "states.md"
        file.write_text(states_page(), encoding="utf-8")
        self.stdout.write(f"Written: {file.name}")
