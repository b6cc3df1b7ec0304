"""`manage.py build_pack MEETING_REFERENCE --output FILE`: build a meeting's agenda pack now."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.exceptions import Refused
from minutes.enums import PackState
from minutes.models import MeetingPage
from minutes.operations.packing import ask_for_pack, build_pack


class Command(BaseCommand):
    """Build and issue the agenda pack of a meeting, and print its pages, bytes and seconds as JSON."""

    help = "Build and issue the agenda pack of a meeting. Prints reference, pages, bytes and seconds as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which meeting, and where a copy goes."""
        parser.add_argument("meeting", help="the reference of the meeting, such as HWB/2026-10-08")
        parser.add_argument("--output", type=Path, help="a file to write a copy to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the pack and build it in this process."""
        meeting = MeetingPage.objects.filter(reference=options["meeting"]).first()
        if meeting is None:
            raise CommandError(f"There is no meeting with the reference {options['meeting']}.")
        try:
            pack = build_pack(pack=ask_for_pack(meeting=meeting, by=None).pk)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if pack is None or pack.state != PackState.ISSUED:
            raise CommandError(f"The pack could not be built: {pack.failure if pack else 'another worker has it.'}")
        if options["output"]:
            with pack.file.open("rb") as stored:
                options["output"].write_bytes(stored.read())
        said = {"reference": pack.reference, "pages": pack.pages, "bytes": pack.bytes, "seconds": pack.seconds}
        self.stdout.write(json.dumps(said))
