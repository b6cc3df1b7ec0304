"""`manage.py import_minutes FILE --board CODE --date YYYY-MM-DD`: keep the minute in a file; given a folder, those of all files in it."""

import json
import os
import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from governance.exceptions import Refused
from governance.models import BoardPage
from minutes.operations.bulk.folder import Imported, import_folder
from minutes.operations.importing import Kept, keep_minutes
from minutes.proposal import propose
from minutes.reading import UnreadableMinutes, check_size, decode, read


class Command(BaseCommand):
    """Read one item's minute from a file and keep it: meeting, item, minute, resolutions and proposed actions."""

    help = (
        "Keep the minute in a file: meeting, item, minute, resolutions and proposed actions. Prints what was kept as JSON. Given a folder, "
        "keeps every file of it, BOARD/YYYY-MM-DD/name.txt; run again, it goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file or folder, whose meeting and when."""
        parser.add_argument("file", type=Path, help="a file, or a folder of files")
        parser.add_argument("--board", help="the board's code, such as HWB; the folder then has the meetings in it")
        parser.add_argument("--date", help="the day of the meeting, as YYYY-MM-DD; for one file")
        parser.add_argument("--publish", action="store_true", help="make all of it public at once")
        parser.add_argument("--by", help="the username of the person who keeps it; else the first administrator")
        parser.add_argument("--report", type=Path, help="for a folder: where what is wrong or doubtful is written")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="for a folder: how many read (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, propose, keep. Everything is refused before anything is written."""
        file: Path = options["file"]
        if file.is_dir():
            self._keep_folder(file, **options)
            return
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

    def _keep_folder(self, folder: Path, *, board: str | None, by: str | None, publish: bool, **options: Any) -> None:
        """Keep all files; what is wrong with some of them is told at the end, and by the exit code."""
        person, whose = self._person(by), self._board(board) if board else None
        progress = Progress(self.stderr)
        found = {"folder": folder, "board": whose, "publish": publish, "processes": options["processes"]}
        imported = import_folder(by=person, tell=progress.tell, **found)
        problems = sorted(imported.problems, key=lambda problem: (problem.is_doubt, problem.file, problem.line))
        lines = [f"{'look at it' if problem.is_doubt else 'not kept'}\t{problem}" for problem in problems]
        if options["report"]:
            options["report"].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        for line in () if options["report"] else lines:
            self.stdout.write(line)
        counts = {"found": imported.found, "kept": imported.kept, "already_there": imported.were_there, "wrong": imported.wrong}
        self.stdout.write(json.dumps(counts))
        if imported.wrong:
            sys.exit(1)

    def _day(self, text: str | None) -> date:
        try:
            return date.fromisoformat(text or "")
        except ValueError as problem:
            raise CommandError(f"“{text or ''}” is no date. Write the day of the meeting as YYYY-MM-DD.") from problem

    def _board(self, code: str | None) -> BoardPage:
        board = BoardPage.objects.filter(code=(code or "").upper()).first()
        if board is None:
            known = ", ".join(BoardPage.objects.order_by("code").values_list("code", flat=True)) or "none yet"
            raise CommandError(f"There is no board with the code {code or '(none given)'}. Boards: {known}.")
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


class Progress:
    """A line that says how far an import has come: one line that is written over on a screen, and one a batch in a log."""

    def __init__(self, out: Any) -> None:
        self.out, self.begun = out, time.monotonic()

    def tell(self, imported: Imported) -> None:
        """Say it."""
        rate = imported.done / max(0.001, time.monotonic() - self.begun)
        words = (
            f"{imported.done:,} of {imported.found:,} files: {imported.kept:,} kept, {imported.were_there:,} there already, "
            f"{imported.wrong:,} not kept; {rate:.0f} a second"
        )
        is_last = imported.done == imported.found
        self.out.write(f"\r{words}" if self.out.isatty() else words, ending="" if self.out.isatty() and not is_last else "\n")


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
