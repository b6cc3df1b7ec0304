"""Run in a process of its own: several people at one agenda at once, each in a process, adding, ordering and publishing.

Prints one JSON object: how many operations succeeded, and every fault that is left in the agenda.
"""

import json
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, connections, transaction  # noqa: E402

from governance.exceptions import Refused  # noqa: E402
from governance.models import User  # noqa: E402
from governance.operations.publishing import publish_record  # noqa: E402
from minutes.models import AgendaItemPage, MeetingPage  # noqa: E402
from minutes.operations.agendas import order_of, reorder_items  # noqa: E402
from minutes.operations.meetings import add_item, publish_agenda  # noqa: E402
from tests import building  # noqa: E402
from tests.building import london  # noqa: E402

MOST_TRIES = 200
"""So often somebody moves a line again after another person was quicker."""


class Writer:
    """One person at the agenda."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self.chance = random.Random(seed * 100 + number)  # noqa: S311 - moves, not secrets
        self.meeting = MeetingPage.objects.get()
        self.by = User.objects.get()
        self.refused = 0

    def add(self, turn: int) -> None:
        """Everybody adds items of the same titles, so that their addresses meet."""
        add_item(meeting=self.meeting, item=AgendaItemPage(title=f"Matter {turn}"), by=self.by)

    def order(self, turn: int) -> None:
        """Move a line; whoever was slower looks again and moves it again."""
        for _try in range(MOST_TRIES):
            seen = order_of(self.meeting)
            wanted = seen[:]
            self.chance.shuffle(wanted)
            try:
                reorder_items(meeting=self.meeting, order=wanted, seen=seen, by=self.by)
                return
            except Refused:
                self.refused += 1
                time.sleep(self.chance.random() * 0.05)
        raise TimeoutError(f"Writer {self.number} was refused {MOST_TRIES} times.")

    def publish_one(self, turn: int) -> None:
        """Publish some item, whoever's it is."""
        item = self.chance.choice(list(AgendaItemPage.objects.child_of(self.meeting)))
        publish_record(page=item.get_latest_revision_as_object(), by=self.by)

    def publish_all(self, turn: int) -> None:
        """Publish the agenda."""
        publish_agenda(meeting=self.meeting, by=self.by)

    def work(self, turns: int) -> dict[str, Any]:
        """So many operations, of every sort."""
        sorts = [self.add, self.order, self.publish_one, self.add, self.publish_all]
        done, wrong, longest = 0, [], 0.0
        for turn in range(turns):
            begun = time.monotonic()
            try:
                sorts[(turn + self.number) % len(sorts)](turn)
                done += 1
            except Exception as fault:  # noqa: BLE001 - whatever goes wrong is what the drill looks for
                wrong.append(f"{sorts[(turn + self.number) % len(sorts)].__name__}: {fault!r}"[:300])
            longest = max(longest, time.monotonic() - begun)
        return {"done": done, "wrong": wrong, "refused": self.refused, "longest": round(longest, 2)}


def at_once(writers: int, turns: int, seed: int) -> list[dict[str, Any]]:
    """Every writer in a process of its own; what each says."""
    folder = Path(tempfile.mkdtemp())
    connections.close_all()
    children = []
    for number in range(writers):
        child = os.fork()
        if child == 0:
            said = Writer(number, seed).work(turns)
            (folder / str(number)).write_text(json.dumps(said), encoding="utf-8")
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return [json.loads((folder / str(number)).read_text(encoding="utf-8")) for number in range(writers)]


def faults(meeting: MeetingPage) -> list[str]:
    """What is wrong with the agenda."""
    items = list(AgendaItemPage.objects.child_of(meeting).order_by("position"))
    found = []
    for name in ("slug", "number", "position", "reference", "path"):
        twice = [value for value, times in Counter(str(getattr(item, name)).lower() for item in items).items() if times > 1]
        found += [f"{name} {value} twice" for value in twice if value != "none"]
    whole = sorted({int(match[0]) for item in items if (match := re.match(r"\d+", item.number))})
    if whole != list(range(1, len(whole) + 1)):
        found.append(f"numbers with a gap: {whole}")
    references = sorted(int(item.reference.rsplit("I", 1)[1]) for item in items if item.reference)
    if references != list(range(1, len(references) + 1)):
        found.append(f"references with a gap: {references}")
    if [item.position for item in items] != list(range(1, len(items) + 1)):
        found.append("places with a gap")
    return found


def main(writers: int, turns: int, seed: int) -> None:
    """All writers at once; then look at what they left."""
    with transaction.atomic():
        clerk = building.make_user()
        meeting = building.make_meeting(building.make_board(clerk), clerk, london(2027, 1, 13, 14))
        building.make_item(meeting, clerk, "First", publish=False)
    said = at_once(writers, turns, seed)
    publish_agenda(meeting=meeting, by=clerk)
    print(  # noqa: T201
        json.dumps(
            {
                "done": sum(each["done"] for each in said),
                "wrong": [fault for each in said for fault in each["wrong"]],
                "refused": sum(each["refused"] for each in said),
                "longest": max(each["longest"] for each in said),
                "items": AgendaItemPage.objects.child_of(meeting).count(),
                "faults": faults(meeting),
                "engine": connection.vendor,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
