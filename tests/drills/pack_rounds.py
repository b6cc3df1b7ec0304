"""Run in a process of its own: build packs again and again, each time in a child that is killed at one stage; then take it up again.

Prints one JSON object: how many packs were issued in the end, and everything that was seen half or twice.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from governance.look import build_look  # noqa: E402
from governance.models import Delivery, LedgerEntry, Membership, Person  # noqa: E402
from minutes.enums import PackState  # noqa: E402
from minutes.models import Dispatch, MeetingPage, Pack  # noqa: E402
from minutes.operations import left_work, pack_building, pack_files, packing  # noqa: E402
from minutes.operations.meetings import publish_agenda  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.killing import after, before, deaths, die, half_stored, in_a_child  # noqa: E402

MEMBERS = 3
STAGES = ("claimed", "gathered", "first section", "last section", "half stored", "stored", "issuing", "issued")


def at_section(wanted: Callable[[int, int], bool]) -> None:
    """Die when that section is told."""
    told = pack_building.Building._tell

    def tell(self: Any, section: str, done: int, total: int) -> None:
        told(self, section, done, total)
        if wanted(done, total):
            die()

    pack_building.Building._tell = tell  # type: ignore[method-assign]


def prepare(stage: str) -> None:
    """Have this process die at a stage."""
    doors: dict[str, Callable[[], None]] = {
        "claimed": lambda: before(pack_building, "gather_pack"),
        "gathered": lambda: after(pack_building, "gather_pack"),
        "first section": lambda: at_section(lambda done, total: done == 1),
        "last section": lambda: at_section(lambda done, total: done == total),
        "half stored": lambda: half_stored(pack_files.private_storage()),
        "stored": lambda: after(pack_files, "store"),
        "issuing": lambda: after(pack_building, "dispatch_pack"),
        "issued": lambda: after(pack_building.Building, "_issue"),
    }
    doors[stage]()


def build_and_die(key: int, stage: str) -> None:
    """Build a pack up to a stage."""
    prepare(stage)
    packing.build_pack(pack=key)


def faults() -> list[str]:
    """What a reader could see that is not whole."""
    found = []
    for pack in Pack.objects.exclude(file=""):
        with pack.file.open("rb") as stored:
            data = stored.read()
        if hashlib.sha512(data).hexdigest() != pack.sha512 or len(data) != pack.bytes:
            found.append(f"{pack.reference} is not the file that was issued")
    if Pack.objects.filter(state=PackState.ISSUED).count() > 1:
        found.append("two versions are issued at once")
    if Pack.objects.filter(issued_at=None).exclude(file="").exists():
        found.append("a file is pointed at before it is issued")
    return found


def make_stage() -> MeetingPage:
    """A board with members and a meeting to come."""
    build_look(settings.ROOT)
    with transaction.atomic():
        clerk = building.make_user()
        board = building.make_board(clerk)
        for number in range(MEMBERS):
            person = Person.objects.create(name=f"Member {number}", email=f"member{number}@example.org")
            Membership.objects.create(person=person, board=board, from_date=date(2026, 1, 1))
        meeting = building.make_meeting(board, clerk, timezone.now() + timedelta(days=30))
        building.make_item(meeting, clerk, publish=False)
        return publish_agenda(meeting=meeting, by=clerk)


def main(rounds: int, random_rounds: int, seed: int) -> None:
    """So many rounds at each stage and so many at random moments."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    meeting = make_stage()
    clerk = meeting.owner
    begun = time.monotonic()
    packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    whole = time.monotonic() - begun
    seen: list[str] = []
    left_building = 0
    plan = [*(STAGES * rounds), *([""] * random_rounds)]
    for number, stage in enumerate(plan, start=2):
        building.make_item(meeting, clerk, f"Item {number}")
        key = packing.ask_for_pack(meeting=meeting, by=clerk).pk
        if stage:
            in_a_child(lambda key=key, stage=stage: build_and_die(key, stage))  # type: ignore[misc]
        else:
            in_a_child(lambda key=key: packing.build_pack(pack=key), whole * 1.5 * chance.random())  # type: ignore[misc]
        seen += faults()
        left_building += Pack.objects.filter(pk=key, state=PackState.BUILDING).count()
        # As if the lease of a dead worker had run out meanwhile.
        Pack.objects.filter(state=PackState.BUILDING).update(heartbeat_at=timezone.now() - left_work.LEASE * 2)
        packing.take_up_left_packs()
        packing.build_pack(pack=key)
        seen += faults()
        if Pack.objects.get(pk=key).state != PackState.ISSUED:
            seen.append(f"version {number}, killed when {stage or 'at random'}, was never issued")
    stored = len(list(Path(pack_files.private_storage().path("packs")).iterdir()))
    pack_files.prune_files(at=timezone.now() + timedelta(days=2))
    print(  # noqa: T201
        json.dumps(
            {
                "packs": Pack.objects.count(),
                "readable": Pack.objects.public().count(),
                "seen": seen,
                "left_building": left_building,
                "left_files": stored - Pack.objects.count(),
                "files": len(list(Path(pack_files.private_storage().path("packs")).iterdir())),
                "dispatches": Dispatch.objects.count(),
                "mails": Delivery.objects.filter(kind="dispatch").count(),
                "entries": LedgerEntry.objects.filter(event="issued").count(),
                "killed": deaths(),
                "engine": connection.vendor,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
