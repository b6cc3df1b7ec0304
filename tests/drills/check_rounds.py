"""Run in a process of its own: check files of papers again and again, each time in a child that is killed at one stage.

Prints one JSON object: how many files were checked in the end, and everything that was seen half or twice.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from governance.models import LedgerEntry, private_storage  # noqa: E402
from minutes.enums import FileCheck, PaperState  # noqa: E402
from minutes.models import Paper, PaperFile  # noqa: E402
from minutes.operations import checking, left_work, paper_files, work_folders  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.killing import after, before, deaths, half_stored, in_a_child  # noqa: E402
from tests.minutes.paper_stage import Stage, set_stage  # noqa: E402
from tests.minutes.papers import samples  # noqa: E402

STAGES = ("claimed", "looked", "half stored", "stored", "finishing", "finished")


def prepare(stage: str) -> None:
    """Have this process die at a stage."""
    doors: dict[str, Callable[[], None]] = {
        "claimed": lambda: before(checking, "check_whole"),
        "looked": lambda: after(checking, "check_whole"),
        "half stored": lambda: half_stored(PaperFile._meta.get_field("copy").storage),
        "stored": lambda: after(checking, "_store"),
        "finishing": lambda: after(checking, "_tell"),
        "finished": lambda: after(checking, "_finish"),
    }
    doors[stage]()


def check_and_die(key: int, stage: str) -> None:
    """Check a file up to a stage."""
    prepare(stage)
    checking.check_file(file=key)


def faults() -> list[str]:
    """What somebody could see that is not whole."""
    found = []
    for file in PaperFile.objects.exclude(copy=""):
        with file.copy.open("rb") as stored:
            if hashlib.sha256(stored.read()).hexdigest() != file.copy_sha256:
                found.append(f"{file} is not the copy that was checked")
    if PaperFile.objects.exclude(check_state=FileCheck.CLEAN).exclude(copy="").exists():
        found.append("a copy is pointed at before its check has ended")
    if Paper.objects.filter(state=PaperState.CHECKED).exclude(files__check_state=FileCheck.CLEAN).exists():
        found.append("a paper is ready whose file was not checked")
    return found


def make_stage() -> Stage:
    """A meeting with an item."""
    with transaction.atomic():
        clerk = building.make_user()
        return set_stage(building.make_board(clerk), clerk)


def main(rounds: int, random_rounds: int, seed: int) -> None:
    """So many rounds at each stage and so many at random moments."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    stage = make_stage()
    begun = time.monotonic()
    checking.check_file(file=received(stage, 0))
    whole = time.monotonic() - begun
    seen: list[str] = []
    left = 0
    for number, door in enumerate([*(STAGES * rounds), *([""] * random_rounds)], start=1):
        key = received(stage, number)
        if door:
            in_a_child(lambda key=key, door=door: check_and_die(key, door))  # type: ignore[misc]
        else:
            in_a_child(lambda key=key: checking.check_file(file=key), whole * 1.5 * chance.random())  # type: ignore[misc]
        seen += faults()
        left += PaperFile.objects.filter(pk=key, check_state=FileCheck.CHECKING).count()
        # As if the lease of a dead worker had run out meanwhile.
        PaperFile.objects.filter(check_state=FileCheck.CHECKING).update(heartbeat_at=timezone.now() - left_work.LEASE * 2)
        checking.take_up_left_files()
        checking.check_file(file=key)
        seen += faults()
        if PaperFile.objects.get(pk=key).check_state != FileCheck.CLEAN:
            seen.append(f"file {number}, killed when {door or 'at random'}, was never checked")
    later = timezone.now() + timedelta(days=2)
    paper_files.prune_paper_files(at=later)
    work_folders.prune_work(at=later)
    folder = Path(private_storage().path("papers"))
    print(  # noqa: T201
        json.dumps(
            {
                "files": PaperFile.objects.filter(check_state=FileCheck.CLEAN).count(),
                "ready": Paper.objects.filter(state=PaperState.CHECKED).count(),
                "seen": seen,
                "left_checking": left,
                "stored": len(list((folder / "copies").iterdir())),
                "entries": LedgerEntry.objects.filter(note__startswith="File checked").count(),
                "killed": deaths(),
                "engine": connection.vendor,
                "folders": len(list((Path(settings.VAR) / "checking").iterdir())),
            }
        )
    )


def received(stage: Stage, number: int) -> int:
    """The key of a file that waits for its check."""
    words = samples.pdf(f"BT /F1 12 Tf 72 700 Td (Paper {number}) Tj ET")
    return stage.received(words, stage.paper(f"Paper {number}")).pk


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
