"""Run in a process of its own: confirm minutes with corrections again and again, each time in a child that is killed at a random moment.

Prints one JSON object: how many rounds ended whole, how many with nothing, and every half state that was found.
"""

import json
import random
import sys
import time
from datetime import timedelta
from functools import partial

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from governance.models import BoardPage, LedgerEntry, User  # noqa: E402
from minutes.enums import MeetingStatus, MinuteState  # noqa: E402
from minutes.models import Confirmation, Correction, DraftMinute, MeetingPage, MinutePage, Pack  # noqa: E402
from minutes.operations.minuting import confirm_minutes, publish_minutes  # noqa: E402
from minutes.rewording import Rewording  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.killing import deaths, in_a_child, lives  # noqa: E402

ITEMS = 3
LONGEST = 1.6
"""The last child lives so many times as long as a confirmation takes: the moments are spread from the start to past its end."""
WORDS = "<p>Ten people came to item {}.</p>"
WHOLE = (MeetingStatus.CONFIRMED.value, ITEMS, ITEMS, ITEMS, 1, ITEMS, ITEMS + 1, 1)
NOTHING = (MeetingStatus.DRAFT_MINUTES.value, 0, 0, 0, 0, 0, 0, 0)


def drafted(number: int) -> MeetingPage:
    """A meeting with draft minutes."""
    board, clerk = BoardPage.objects.get(), User.objects.get()
    meeting = building.make_meeting(board, clerk, building.london(2020, 1, 1, 10) + timedelta(days=number))
    for item in range(ITEMS):
        page = building.make_item(meeting, clerk, title=f"Item {item}")
        building.make_minute(page, clerk, publish=False, text=WORDS.format(item))
    publish_minutes(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    return MeetingPage.objects.get(pk=meeting.pk)


def confirm(meeting: MeetingPage) -> None:
    """Confirm them, with a correction of each minute."""
    changes = [Rewording(f"Ten people came to item {item}", f"Twelve people came to item {item}") for item in range(ITEMS)]
    confirm_minutes(meeting=meeting, by=User.objects.get(), at_meeting=meeting, corrections=changes)


def state(meeting: MeetingPage) -> tuple[str | int, ...]:
    """What there is of one confirmation."""
    minutes = MinutePage.objects.descendant_of(meeting)
    keys = [minute.pk for minute in minutes]
    return (
        MeetingPage.objects.get(pk=meeting.pk).status,
        minutes.filter(state=MinuteState.CONFIRMED, confirmed_at__isnull=False).count(),
        sum("Twelve people" in minute.text for minute in minutes),
        DraftMinute.objects.filter(minute__in=keys).count(),
        Confirmation.objects.filter(meeting=meeting).count(),
        Correction.objects.filter(minute__in=keys).count(),
        LedgerEntry.objects.filter(page__in=[*keys, meeting.pk], event="confirmed").count(),
        Pack.objects.filter(meeting=meeting).count(),
    )


def main(rounds: int, seed: int) -> None:
    """Measure one confirmation, then kill as many as asked for."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with transaction.atomic():
        building.make_board(building.make_user())
        meetings = [drafted(number) for number in range(rounds + 1)]
    started = time.monotonic()
    confirm(meetings[0])
    whole = time.monotonic() - started
    found: dict[str, int] = {"whole": 0, "nothing": 0}
    half = []
    for number, meeting in enumerate(meetings[1:], start=1):
        in_a_child(partial(confirm, meeting), lives(number, rounds, LONGEST * whole, chance))
        now = state(meeting)
        if now == WHOLE:
            found["whole"] += 1
        elif now == NOTHING:
            found["nothing"] += 1
        else:
            half.append({"round": number, "state": now})
    print(json.dumps({**found, "half": half, "killed": deaths(), "engine": connection.vendor}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
