"""Run in a process of its own: import a folder, in children that are killed at random moments, and go on until all of it is kept.

Prints one JSON object: how often a child was killed, what was kept twice or by half, and what is missing at the end.
"""

import json
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402

from wagtail.models import Page  # noqa: E402

from governance.models import BoardPage, User  # noqa: E402
from minutes.models import MeetingPage, MinutePage, MinutesSource  # noqa: E402
from minutes.operations.bulk import folder  # noqa: E402
from minutes.operations.bulk.folder import import_folder  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.killing import deaths, in_a_child, lives  # noqa: E402
from tests.minutes.operations.test_importing import PAGE  # noqa: E402

FIRST_DAY = date(2020, 1, 1)
ITEMS = 2
MEETINGS_FOR_A_ROUND = 3
LONGEST = 1.0


def fill(where: Path, meetings: int, begun: int) -> None:
    """Files of so many meetings."""
    for number in range(begun, begun + meetings):
        day = where / "HWB" / (FIRST_DAY + timedelta(days=number)).isoformat()
        day.mkdir(parents=True)
        for item in range(ITEMS):
            (day / f"{item}.txt").write_text(PAGE.replace("Home Care", f"Home Care {number}.{item}"), encoding="utf-8")


def keep(where: Path) -> None:
    """One import."""
    import_folder(folder=where, by=User.objects.get(), tell=lambda imported: None, processes=0)


def half() -> list[str]:
    """Meetings of which something is there and not all, or something twice."""
    found = []
    for meeting in MeetingPage.objects.all():
        minutes = MinutePage.objects.descendant_of(meeting)
        sources = MinutesSource.objects.filter(minute__in=minutes)
        if (minutes.count(), sources.values("sha256").distinct().count()) != (ITEMS, ITEMS):
            found.append(meeting.slug)
    return found


def main(rounds: int, seed: int) -> None:
    """Measure one import, then kill as many as asked for."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    folder.FILES_IN_A_BATCH = ITEMS
    with transaction.atomic():
        building.make_board(building.make_user())
    with tempfile.TemporaryDirectory() as made:
        where = Path(made)
        fill(where, MEETINGS_FOR_A_ROUND, 0)
        started = time.monotonic()
        keep(where)
        whole = time.monotonic() - started
        halves = []
        between = 0
        for number in range(1, rounds + 1):
            fill(where, MEETINGS_FOR_A_ROUND, number * MEETINGS_FOR_A_ROUND)
            before = MeetingPage.objects.count()
            in_a_child(lambda: keep(where), lives(number + 1, rounds + 2, LONGEST * whole, chance))
            between += MeetingPage.objects.count() - before > 0
            halves += half()
        keep(where)
        keep(where)
    twice = MinutesSource.objects.values("sha256").annotate(kept=Count("pk")).filter(kept__gt=1).count()
    wanted = ITEMS * MEETINGS_FOR_A_ROUND * (rounds + 1)
    said = {
        "half": [*halves, *half()],
        "twice": twice,
        "missing": wanted - MinutesSource.objects.count(),
        "tree": [len(found) for found in Page.find_problems() if found],
        "boards": BoardPage.objects.count(),
        "some kept before the death": between,
        "killed": deaths(),
        "engine": connection.vendor,
    }
    print(json.dumps(said))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
