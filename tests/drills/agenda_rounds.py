"""Run in a process of its own: publish agendas, each in a child that is killed at a random moment; then publish them again.

Prints one JSON object: how many were whole, how many untouched, and every half state that was found.
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

from governance.models import LedgerEntry, Reference, User  # noqa: E402
from minutes.enums import PaperState  # noqa: E402
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage, Paper  # noqa: E402
from minutes.operations.meetings import publish_agenda  # noqa: E402
from tests import building  # noqa: E402
from tests.building import london  # noqa: E402
from tests.drills.killing import deaths, in_a_child, lives  # noqa: E402

ITEMS = 3
LONGEST = 1.6
"""The last child lives so many times as long as publishing takes: the moments are spread from the start to past its end."""
NOTHING, WHOLE = (False, 0, 0, 0, 0, 0), (True, ITEMS, ITEMS, ITEMS, 1, 1)


def make_meetings(number: int) -> list[MeetingPage]:
    """So many meetings, each with draft items, a heading and a paper that is checked."""
    clerk = building.make_user()
    board = building.make_board(clerk)
    made = []
    for day in range(number):
        meeting = building.make_meeting(board, clerk, london(2027, 1, 13, 14) + timedelta(days=day))
        items = [building.make_item(meeting, clerk, f"Matter {place}", publish=False) for place in range(ITEMS)]
        AgendaSection.objects.create(meeting=meeting, title="Business", position=ITEMS + 1)
        Paper.objects.create(item=items[0], title="Report", state=PaperState.CHECKED)
        made.append(meeting)
    return made


def publish(meeting: MeetingPage) -> None:
    """Publish one agenda."""
    publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=User.objects.get())


def state(meeting: MeetingPage) -> tuple[bool, int, int, int, int, int]:
    """Whether it is published, and how much of it: items, their references, their entries in the ledger, heading, paper."""
    items = AgendaItemPage.objects.child_of(meeting)
    row = MeetingPage.objects.get(pk=meeting.pk)
    return (
        row.agenda_published_at is not None and row.status == "agenda_published",
        items.live().count(),
        items.filter(reference__isnull=False).count(),
        LedgerEntry.objects.filter(page__in=items, event="published").count(),
        AgendaSection.objects.public().filter(meeting=meeting.pk).count(),
        Paper.objects.public().filter(item__in=items).count(),
    )


def main(rounds: int, seed: int) -> None:
    """Measure one, then kill as many as asked for, and publish each again."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with transaction.atomic():
        meetings = make_meetings(rounds + 1)
    begun = time.monotonic()
    publish(meetings[0])
    whole = time.monotonic() - begun
    found = {"whole": 0, "nothing": 0}
    half = []
    for number, meeting in enumerate(meetings[1:], start=1):
        in_a_child(partial(publish, meeting), lives(number, rounds, LONGEST * whole, chance))
        now = state(meeting)
        if now not in (NOTHING, WHOLE):
            half.append({"round": number, "state": now})
        found["whole" if now == WHOLE else "nothing"] += 1
        publish(meeting)
        if state(meeting) != WHOLE:
            half.append({"round": number, "again": state(meeting)})
    scopes = [meeting.reference for meeting in MeetingPage.objects.all()]
    texts = set(Reference.objects.values_list("text", flat=True))
    gaps = [scope for scope in scopes if {f"{scope}/I{number}" for number in range(1, ITEMS + 1)} - texts]
    print(  # noqa: T201
        json.dumps(
            {**found, "half": half, "gaps": gaps, "seconds": round(whole, 2), "killed": deaths(), "engine": connection.vendor}
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
