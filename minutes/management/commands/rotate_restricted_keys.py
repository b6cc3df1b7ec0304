"""`manage.py rotate_restricted_keys`: words that are not for publication, sealed with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minutes.operations.restricted_keys import how_many, rotate_keys


class Command(BaseCommand):
    """To be run after a new key was put first in RESTRICTED_KEYS; then the old one can go."""

    help = "Seal what is not for publication with the first key of RESTRICTED_KEYS. Ends with an error if some of it does not open."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of progress for each part and each paper."""
        every = how_many()
        closed = 0
        for number, (part, problem) in enumerate(rotate_keys(), start=1):
            closed += bool(problem)
            self.stdout.write(f"{number} of {every}: {part}{f'. {problem}' if problem else ''}")
        if closed:
            raise CommandError(f"{closed} of {every} could not be opened and stay as they were. Keep the old key.")
        self.stdout.write(f"Sealed with the newest key: {every}. Once backups are of today, the older keys can go.")
