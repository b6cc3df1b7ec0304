"""Run in a process of its own: import minutes again and again, each time in a child that is killed at a random moment.

Prints one JSON object: how many rounds ended whole, how many with nothing, and every half state that was found.
"""

import json
import random
import sys
import time
from datetime import date, timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from governance.models import ActionPage, BoardPage, LedgerEntry, Reference, User  # noqa: E402
from minutes.models import MeetingPage, MinutesSource, ResolutionPage  # noqa: E402
from minutes.operations.importing import keep_minutes  # noqa: E402
from minutes.proposal import propose  # noqa: E402
from minutes.reading import read  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.killing import deaths, in_a_child, lives  # noqa: E402
from tests.minutes.operations.test_importing import PAGE  # noqa: E402

FIRST_DAY = date(2020, 1, 1)
CLAUSES = 3
LONGEST = 2.5
"""The last child lives so many times as long as an import takes: the moments are spread from the start to past its end."""
ACTIONS = 2


def keep(number: int) -> None:
    """One import."""
    board, clerk = BoardPage.objects.get(), User.objects.get()
    text = PAGE.replace("Home Care", f"Home Care {number}")
    keep_minutes(
        board=board, day=FIRST_DAY + timedelta(days=number), proposal=propose(read(text)), source=text, by=clerk, publish=True
    )


def state(number: int) -> tuple[int, int, int, int]:
    """How many meetings, sources, resolutions and actions there are of one import."""
    day = FIRST_DAY + timedelta(days=number)
    meetings = MeetingPage.objects.filter(slug=day.isoformat())
    below = [meeting.path for meeting in meetings]
    resolutions = [page for page in ResolutionPage.objects.all() if any(page.path.startswith(path) for path in below)]
    actions = ActionPage.objects.filter(resolution_links__resolution__in=resolutions).distinct().count()
    sources = MinutesSource.objects.filter(text__contains=f"Home Care {number} in").count()
    return (len(below), sources, len(resolutions), actions)


def main(rounds: int, seed: int) -> None:
    """Measure one import, then kill as many as asked for."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with transaction.atomic():
        building.make_board(building.make_user())
    started = time.monotonic()
    keep(0)
    whole = time.monotonic() - started
    found: dict[str, int] = {"whole": 0, "nothing": 0}
    half = []
    for number in range(1, rounds + 1):
        in_a_child(lambda number=number: keep(number), lives(number, rounds, LONGEST * whole, chance))  # type: ignore[misc]
        now = state(number)
        if now == (1, 1, CLAUSES, ACTIONS):
            found["whole"] += 1
        elif now == (0, 0, 0, 0):
            found["nothing"] += 1
        else:
            half.append({"round": number, "state": now})
    numbers = sorted(
        int(text.rsplit("-A", 1)[1]) for text in Reference.objects.filter(text__contains="-A").values_list("text", flat=True)
    )
    gaps = numbers != list(range(1, len(numbers) + 1))
    pages_without_entry = Reference.objects.exclude(page__in=LedgerEntry.objects.values("page")).count()
    print(  # noqa: T201
        json.dumps(
            {
                **found,
                "half": half,
                "gaps": gaps,
                "unwritten": pages_without_entry,
                "killed": deaths(),
                "engine": connection.vendor,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
