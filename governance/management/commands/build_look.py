"""`manage.py build_look`: make stylesheets and fonts from the installed packages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.look import LookMissing, build_look


class Command(BaseCommand):
    """Make the stylesheet, the web fonts and the print fonts in `build/`, unless they are up to date."""

    help = "Makes the stylesheet, the web fonts and the print fonts from the installed npm packages."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say that there is nothing to do.

        Raises:
            CommandError: the npm packages are not installed.
        """
        try:
            made = build_look(settings.ROOT)
        except LookMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The look is made." if made else "The look is up to date.")
