"""`manage.py import_minutes FILE --board CODE --date YYYY-MM-DD [--publish]`: keep the minute in a file."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from governance.exceptions import Refused
from governance.models import BoardPage
from minutes.operations.importing import Kept, keep_minutes
from minutes.proposal import propose
from minutes.reading import UnreadableMinutes, check_size, decode, read


class Command(BaseCommand):
    """Read one item's minute from a file and keep it: meeting, item, minute, resolutions and proposed actions."""

    help = "Keep the minute in a file: meeting, item, minute, resolutions and proposed actions. Prints what was kept as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, whose meeting and when."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--board", required=True, help="the board's code, such as HWB")
        parser.add_argument("--date", required=True, help="the day of the meeting, as YYYY-MM-DD")
        parser.add_argument("--publish", action="store_true", help="make all of it public at once")
        parser.add_argument("--by", help="the username of the person who keeps it; else the first administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, propose, keep. Everything is refused before anything is written."""
        file: Path = options["file"]
        day, board, by = self._day(options["date"]), self._board(options["board"]), self._person(options["by"])
        text, doubts = self._text(file)
        try:
            reading = read(text)
            kept = keep_minutes(
                board=board,
                day=day,
                proposal=propose(reading),
                source=text,
                by=by,
                file_name=file.name,
                publish=options["publish"],
            )
        except (UnreadableMinutes, Refused, ValidationError) as problem:
            raise CommandError(f"{file}: {problem}") from problem
        said = {**told(kept), "warnings": [*doubts, *reading.warnings], "dates_offered": [d.printed for d in reading.dates]}
        self.stdout.write(json.dumps(said, ensure_ascii=False))

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as problem:
            raise CommandError(f"“{text}” is no date. Write the day of the meeting as YYYY-MM-DD.") from problem

    def _board(self, code: str) -> BoardPage:
        board = BoardPage.objects.filter(code=code.upper()).first()
        if board is None:
            known = ", ".join(BoardPage.objects.order_by("code").values_list("code", flat=True)) or "none yet"
            raise CommandError(f"There is no board with the code {code}. Boards: {known}.")
        return board

    def _person(self, username: str | None) -> Any:
        users = get_user_model().objects.filter(is_active=True)
        person = users.filter(username=username).first() if username else users.filter(is_superuser=True).order_by("pk").first()
        if person is None:
            raise CommandError(
                f"There is no active user {username or 'who is an administrator'}: somebody has to keep the minutes."
            )
        return person

    def _text(self, file: Path) -> tuple[str, list[str]]:
        try:
            check_size(file.stat().st_size)
            return decode(file.read_bytes())
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}.") from problem
        except UnreadableMinutes as problem:
            raise CommandError(f"{file}: {problem}") from problem


def told(kept: Kept) -> dict[str, Any]:
    """References and addresses of what was kept."""
    return {
        "already_there": kept.was_there,
        "meeting": _named(kept.meeting),
        "item": _named(kept.item),
        "minute": _named(kept.minute),
        "resolutions": [_named(resolution) for resolution in kept.resolutions],
        "actions": [_named(action) for action in kept.actions],
    }


def _named(page: Any) -> dict[str, Any]:
    return {"reference": page.reference, "address": page.get_url(), "title": page.title}
