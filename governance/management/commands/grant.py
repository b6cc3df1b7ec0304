"""`manage.py grant ROLE USERNAME [--board CODE | --organisation NAME]`: give a person a role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, Organisation, User
from governance.operations.roles import give_role


class Command(BaseCommand):
    """Gives somebody who has a log-in a role, for a board, an organisation or the whole site."""

    help = "Give a person a role, for one board, one organisation or the whole site."

    def add_arguments(self, parser: CommandParser) -> None:
        """The role, the person, and the board or the organisation."""
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("username")
        parser.add_argument("--board", metavar="CODE", help="the board's code, such as HWB")
        parser.add_argument("--organisation", metavar="NAME", help="the organisation, for partner contributors")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it, or say in one line why not."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody has the log-in “{options['username']}”.")
        board = BoardPage.objects.filter(code=options["board"]).first() if options["board"] else None
        if options["board"] and board is None:
            raise CommandError(f"There is no board with the code “{options['board']}”.")
        organisation = Organisation.objects.filter(name=options["organisation"]).first() if options["organisation"] else None
        if options["organisation"] and organisation is None:
            raise CommandError(f"There is no organisation with the name “{options['organisation']}”.")
        try:
            group = give_role(user=user, role=options["role"], board=board, organisation=organisation)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.username}: {group.name}")
