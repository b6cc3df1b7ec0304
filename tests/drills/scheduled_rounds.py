"""Run in a process of its own: publish what was scheduled, again and again, each time in a child that is killed at a random moment.

Prints one JSON object: how many rounds ended whole, how many with nothing, and every half state that was found.
"""

import json
import random
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from governance.models import ActionPage, BoardPage, LedgerEntry, PublicAddress, User  # noqa: E402
from governance.operations.scheduled import publish_due  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.killing import deaths, in_a_child, lives  # noqa: E402

LONGEST = 1.6
"""The last child lives so many times as long as publishing takes: the moments are spread from the start to past its end."""
NOTHING, WHOLE = (False, False, 0, 0, True), (True, True, 1, 1, False)


def scheduled(number: int) -> ActionPage:
    """A draft that is due to become public by now."""
    action = building.make_action(BoardPage.objects.get(), User.objects.get(), f"Promise {number}", publish=False)
    due = timezone.now() - timedelta(minutes=1)
    action.go_live_at = due
    action.save_revision(user=User.objects.get(), approved_go_live_at=due)
    return action


def state(action: ActionPage) -> tuple[bool, bool, int, int, bool]:
    """Whether it is public, and everything that follows from it."""
    row = ActionPage.objects.get(pk=action.pk)
    return (
        row.live,
        bool(row.reference),
        LedgerEntry.objects.filter(page=row.pk, event="published").count(),
        PublicAddress.objects.filter(page=row.pk).count(),
        row.revisions.filter(approved_go_live_at__isnull=False).exists(),
    )


def main(rounds: int, seed: int) -> None:
    """Measure one, then kill as many as asked for; the next worker publishes what is left."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with transaction.atomic():
        building.make_board(building.make_user())
    scheduled(0)
    begun = time.monotonic()
    publish_due()
    whole = time.monotonic() - begun
    found = {"whole": 0, "nothing": 0}
    half = []
    for number in range(1, rounds + 1):
        action = scheduled(number)
        in_a_child(publish_due, lives(number, rounds, LONGEST * whole, chance))
        now = state(action)
        if now not in (NOTHING, WHOLE):
            half.append({"round": number, "state": now})
        found["whole" if now == WHOLE else "nothing"] += 1
        publish_due()
        if state(action) != WHOLE:
            half.append({"round": number, "again": state(action)})
    print(json.dumps({**found, "half": half, "killed": deaths(), "engine": connection.vendor}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
