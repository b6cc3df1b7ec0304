"""`manage.py take_away_second_factor USERNAME "how you know who asks"`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.exceptions import Refused
from governance.models import User
from governance.operations.second_factor import take_away_second_factor


class Command(BaseCommand):
    """Takes away the lost second factor of somebody whom no other administrator can help."""

    help = "Take away the second factor of a log-in, such as that of the only administrator who lost their telephone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and how it is known who asks."""
        parser.add_argument("username")
        parser.add_argument("reason", help="how you know that it is this person who asks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away.

        Raises:
            CommandError: nobody has the log-in, or it has no second factor.
        """
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody has the log-in “{options['username']}”.")
        try:
            take_away_second_factor(user=user, reason=options["reason"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user} logs in with the password alone until another second factor is set up.")
