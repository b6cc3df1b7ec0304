"""`manage.py build_pack MEETING_REFERENCE`: build and issue a pack of a meeting now."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.exceptions import Refused
from minutes.enums import PACKS_OF_A_MEETING, PackAudience, PackEdition, PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack, Supplement
from minutes.operations.pack_series import issued_before
from minutes.operations.packing import ask_for_pack, build_pack


class Command(BaseCommand):
    """Build and issue a pack of a meeting, and print its pages, bytes and seconds as JSON."""

    help = "Build and issue a pack of a meeting. Prints reference, pages, bytes and seconds as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which pack, and where a copy goes."""
        parser.add_argument("meeting", help="the reference of the meeting, such as HWB/2026-10-08")
        parser.add_argument("--kind", choices=[kind.value for kind in PACKS_OF_A_MEETING], default=PackKind.AGENDA.value)
        parser.add_argument("--audience", choices=PackAudience.values, default=PackAudience.PUBLIC.value)
        parser.add_argument("--edition", choices=PackEdition.values, default=PackEdition.STANDARD.value)
        parser.add_argument("--item", help="the reference of the item, for a pack of one")
        parser.add_argument("--supplement", type=int, help="the number of the supplement, for a pack of one")
        parser.add_argument("--output", type=Path, help="a file to write a copy to")
        parser.add_argument("--profile", action="store_true", help="print the seconds of each stage too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the pack and build it in this process. One that would say what the issued one says is not made again."""
        meeting = MeetingPage.objects.filter(reference=options["meeting"]).first()
        if meeting is None:
            raise CommandError(f"There is no meeting with the reference {options['meeting']}.")
        pack, is_new = self._built(meeting, options)
        if options["output"]:
            with pack.file.open("rb") as stored, options["output"].open("wb") as copy:
                shutil.copyfileobj(stored, copy)
        said = {"reference": pack.reference, "pages": pack.pages, "bytes": pack.bytes, "seconds": pack.seconds, "new": is_new}
        if options["profile"]:
            said["stages"] = pack.stage_seconds
        self.stdout.write(json.dumps(said))

    def _built(self, meeting: MeetingPage, options: dict[str, Any]) -> tuple[Pack, bool]:
        """The pack, and whether it was issued now."""
        wanted = {name: options[name] for name in ("kind", "audience", "edition")}
        wanted["item"] = self._named(AgendaItemPage.objects.child_of(meeting), "reference", options["item"])
        wanted["supplement"] = self._named(Supplement.objects.public().filter(meeting=meeting), "number", options["supplement"])
        try:
            pack = build_pack(pack=ask_for_pack(meeting=meeting, by=None, **wanted).pk)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if pack is not None and pack.state == PackState.ISSUED:
            return pack, True
        same = issued_before(pack) if pack is not None and pack.state == PackState.CANCELLED else None
        if same is None:
            raise CommandError(f"The pack could not be built: {pack.failure if pack else 'another worker has it.'}")
        return same, False

    def _named(self, rows: Any, by: str, name: Any) -> Any:
        """The row of that name; None when none is named.

        Raises:
            CommandError: there is none.
        """
        if name is None:
            return None
        found = rows.filter(**{by: name}).first()
        if found is None:
            raise CommandError(f"This meeting has no {rows.model._meta.verbose_name} {name}.")
        return found
