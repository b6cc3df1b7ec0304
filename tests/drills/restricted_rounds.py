"""Run in a process of its own: check restricted papers, build packs with closed parts and make copies, each in a child that is killed.

Prints one JSON object: what was done of each sort, where anything lay open, and everything that was seen half.
"""

import json
import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from minutes.enums import PackAudience  # noqa: E402
from minutes.models import RestrictedPaper, SealedPack, SealedSection  # noqa: E402
from minutes.models.restricted_papers import restricted_storage  # noqa: E402
from minutes.operations import restricted_papers, sealed_packs, work_folders  # noqa: E402
from tests.drills.killing import deaths, in_a_child  # noqa: E402
from tests.drills.lying_open import columns_with, files_with  # noqa: E402
from tests.drills.restricted_work import Work, builds, checks, copies, half_states, make_stage  # noqa: E402
from tests.minutes.packing_stage import issued  # noqa: E402
from tests.minutes.restricted_stage import CANARY  # noqa: E402

OPEN_WHILE_AT_WORK = "checking/"
"""The one folder in which anything lies open, until the sweep that follows a death."""


def killed_at(work: Work, key: int, stage: str) -> None:
    """Do it up to a stage."""
    work.doors[stage]()
    work.do(key)


class Rounds:
    """Rounds of one sort of work after another, and what was seen."""

    def __init__(self, rounds: int, at_random: int, seed: int) -> None:
        self._rounds, self._at_random = rounds, at_random
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self.seen: list[str] = []
        self.done: dict[str, int] = {}
        self.left: dict[str, int] = {}
        self.lay_open = 0

    def play(self, work: Work) -> None:
        """So many rounds at each stage and so many at random moments."""
        begun, key = time.monotonic(), work.ask(0)
        work.do(key)
        whole = time.monotonic() - begun
        for number, stage in enumerate([*(tuple(work.doors) * self._rounds), *([""] * self._at_random)], start=1):
            key = work.ask(number)
            if stage:
                in_a_child(lambda key=key, stage=stage: killed_at(work, key, stage))  # type: ignore[misc]
            else:
                in_a_child(lambda key=key: work.do(key), whole * 1.2 * self._chance.random())  # type: ignore[misc]
            self.left[work.name] = self.left.get(work.name, 0) + (work.state(key) == work.at_work)
            self._look(f"{work.name}, killed when {stage or 'at random'}")
            work.take_up()
            work.do(key)
            self.seen += half_states()
            if work.state(key) == work.done:
                self.done[work.name] = self.done.get(work.name, 0) + 1
            else:
                self.seen.append(f"{work.name} {number}, killed when {stage or 'at random'}, was never done")

    def _look(self, when: str) -> None:
        """What is half after a death, and what lies open before and after the sweep."""
        self.seen += [f"{when}: {fault}" for fault in half_states()]
        lies_open = files_with(CANARY, Path(settings.VAR))
        self.lay_open += bool(lies_open)
        self.seen += [f"{when}: {file} lies open" for file in lies_open if not file.startswith(OPEN_WHILE_AT_WORK)]
        # As if the next sweep came.
        work_folders.prune_work(at=timezone.now() + work_folders.JUST_MADE * 2)
        self.seen += [f"{when}: {file} lies open after the sweep" for file in files_with(CANARY, Path(settings.VAR))]
        self.seen += [f"{when}: {column} holds it" for column in columns_with(CANARY)]


def stored() -> dict[str, int]:
    """How many sealed files there are, and how many a row points to."""
    there = sum(len(restricted_storage().listdir(folder)[1]) for folder in ("papers", "packs"))
    papers = RestrictedPaper.objects.all()
    pointed_at = papers.count() + papers.exclude(copy="").count()
    pointed_at += SealedSection.objects.count() + SealedPack.objects.exclude(file="").count()
    return {"there": there, "pointed_at": pointed_at}


STAGES = 7
"""Of the making of copies."""


def main(rounds: int, at_random: int, seed: int) -> None:
    """Play all three."""
    # With each paper there are twice as many copies that differ, and each round asks for another one.
    part = make_stage((rounds * STAGES + at_random).bit_length() + 1)
    assert part.written_by is not None
    played = Rounds(rounds, at_random, seed)
    played.play(copies(issued(part.item.meeting, part.written_by, audience=PackAudience.MEMBERS)))
    played.play(builds(part))
    played.play(checks(part))
    before = stored()
    later = timezone.now() + timedelta(days=2)
    restricted_papers.prune_restricted_files(at=later)
    sealed_packs.prune_sealed_packs(at=later)
    after = stored()
    said: dict[str, Any] = {
        "seen": played.seen,
        "done": played.done,
        "left": played.left,
        "lay_open": played.lay_open,
        "left_files": before["there"] - before["pointed_at"],
        "files_too_many": after["there"] - after["pointed_at"],
        "killed": deaths(),
        "engine": connection.vendor,
    }
    print(json.dumps(said))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
