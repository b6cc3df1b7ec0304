"""`manage.py export_person NUMBER FILE`: everything that is held on a person who asked for it."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.exceptions import Refused
from governance.models import PersonRequest
from governance.operations.person_exports import export_person


class Command(BaseCommand):
    """Write what is held on a person into an archive that its owner alone reads."""

    help = "Write an archive of JSON and HTML with everything that is held on the person of a recorded request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of which request, and where to."""
        parser.add_argument("number", type=int, help="the number of the request, as the register of requests tells it")
        parser.add_argument("file", type=Path, help="a file that is not there yet, such as held.zip")

    def handle(self, *args: Any, number: int, file: Path, **options: Any) -> None:
        """Write it. That it was made stands in the history of the request."""
        request = PersonRequest.objects.filter(pk=number).first()
        if request is None:
            raise CommandError(f"There is no request {number}.")
        if file.exists():
            raise CommandError(f"{file} is there already.")
        try:
            made = export_person(request=request, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(made)
        self.stdout.write(f"Written: {file}. Read it before it is sent: others may be named beside the person.")
