"""`manage.py rebuild_progress`: work out again where every action stands, from its published updates alone."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from governance.operations.progress import difference_of, every_action, recompute_standing

WIDTH = 30


class Command(BaseCommand):
    """Status, confidence, dates and milestones of every action follow from its updates; this makes sure that they do."""

    help = "Work out where every action stands from its published updates alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to look only."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing; print what differs, and end with 1 if anything does"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """One JSON line for each action that does not stand where its updates say; then how many there were."""
        number, wrong = every_action().count(), 0
        for place, action in enumerate(every_action().iterator(), start=1):
            differing = difference_of(action)
            if differing:
                wrong += 1
                self.tell(action, differing)
                if not check:
                    recompute_standing(action=action)
            self.bar(place, number)
        done = "differ" if check else "put right"
        self.stderr.write(f"{number} actions, {wrong} {done}")
        if check and wrong:
            sys.exit(1)

    def tell(self, action: Any, differing: dict[str, tuple[Any, Any]]) -> None:
        """What one action holds and what it should hold."""
        line = {
            "action": action.reference or action.title,
            "page": action.pk,
            "differences": {name: {"is": held, "should_be": wanted} for name, (held, wanted) in differing.items()},
        }
        self.stdout.write(json.dumps(line, cls=DjangoJSONEncoder, ensure_ascii=False))

    def bar(self, place: int, number: int) -> None:
        """How far it is, on a terminal only."""
        if self.stderr.isatty():
            filled = WIDTH * place // number
            end = "\n" if place == number else ""
            self.stderr.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {place} of {number}", ending=end)
            self.stderr.flush()
