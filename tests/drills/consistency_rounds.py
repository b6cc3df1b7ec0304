"""Run in a process of its own: readers who also publish, withdraw and restrict at random, before two web processes and two workers.

Prints one JSON object: how often was read and written, every reading that was older than a commit before it began, and every word that
was shown after it had been taken out. On SQLite the web processes are asked themselves, as in an embedded installation; on PostgreSQL
they stand behind nginx, with Redis and a store that speaks S3.
"""

import contextlib
import gzip
import http.client
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import parts

SETTINGS = "tests.drills.served_settings"
READERS, ITEMS = 8, 6
ACTS = 0.15
"""So many of the things a reader does are writing."""
ENOUGH = {"read": 40, "unchanged": 1, "published": 1, "withdrawn": 1, "restricted": 1}
"""On a slow machine it goes on until so much was done."""
AT_MOST = 180.0
"""Seconds that it then goes on for at most."""


@contextlib.contextmanager
def surroundings(folder: Path) -> Iterator[dict[str, str]]:
    """What both kinds of processes are told, and whatever stands beside them."""
    with contextlib.ExitStack() as beside:
        if os.environ["DATABASE_URL"].startswith("postgres"):
            address, _redis = beside.enter_context(parts.redis(folder))
            state = {"RESOLVED_VAR": os.environ["RESOLVED_VAR"]}
            own = {**parts.of_production(folder), **beside.enter_context(parts.store()), "REDIS_URL": address, **state}
            yield {**own, "DRILLED": "production", "DJANGO_SETTINGS_MODULE": SETTINGS}
        else:
            yield {"DJANGO_SETTINGS_MODULE": SETTINGS}


class Truth(NamedTuple):
    """What holds of an item.

    Attributes:
        committed: the number of its last committed change.
        shown: whether it is public since.
        sealed: the last reading whose words were taken out.
        named: the reading in which it was last public; its tombstone keeps that title, and no other page does.
    """

    committed: int
    shown: bool
    sealed: int
    named: int


@dataclass
class Known:
    """What is known of each item in every process: the number of the last change that was begun and that was committed, and what the latter left.

    Attributes:
        shown: whether the item is public since.
        sealed: the last reading whose words were taken out.
        named: the last reading that was published.
    """

    begun: Any = field(default_factory=lambda: multiprocessing.Array("l", ITEMS))
    done: Any = field(default_factory=lambda: multiprocessing.Array("l", ITEMS))
    shown: Any = field(default_factory=lambda: multiprocessing.Array("b", ITEMS))
    sealed: Any = field(default_factory=lambda: multiprocessing.Array("l", ITEMS))
    named: Any = field(default_factory=lambda: multiprocessing.Array("l", ITEMS))
    turns: Any = field(default_factory=lambda: [multiprocessing.Lock() for _item in range(ITEMS)])
    counts: Any = field(default_factory=lambda: multiprocessing.Array("l", len(ENOUGH)))

    def count(self, what: str) -> None:
        """Something was done; what is not named in `ENOUGH` is only counted by who did it."""
        if what in ENOUGH:
            with self.counts.get_lock():
                self.counts[list(ENOUGH).index(what)] += 1

    def enough(self) -> bool:
        """Whether enough was done to show something."""
        return all(done >= wanted for done, wanted in zip(self.counts, ENOUGH.values(), strict=True))

    def now(self) -> list[Truth]:
        """What holds of each item. Read before a request begins."""
        return [Truth(self.done[item], bool(self.shown[item]), self.sealed[item], self.named[item]) for item in range(ITEMS)]


def title(item: int, number: int) -> str:
    """What an item is called after a change."""
    return f"Item {item} in reading {number}"


def words(item: int, number: int) -> str:
    """What it says in public until it is restricted."""
    return f"Price {item}x{number}y was offered."


TITLE, WORDS = re.compile(r"Item (\d+) in reading (\d+)"), re.compile(r"Price (\d+)x(\d+)y")


def faults(page: str, whole: set[int], before: list[Truth], begun: list[int], *, gone: bool) -> Iterator[str]:
    """What a page shows that it should not, or no more.

    Args:
        page: what a reader was shown.
        whole: the items that would be on it if they were public.
        before: what was known when the request began.
        begun: the last change of each item that had begun when the answer was there.
        gone: whether it is a tombstone.
    """
    seen: dict[int, set[int]] = {}
    for item, number in TITLE.findall(page):
        seen.setdefault(int(item), set()).add(int(number))
    for item in whole:
        committed, shown, _sealed, named = before[item]
        older = {number for number in seen.get(item, ()) if number < (named if gone else committed)}
        if older:
            yield f"{'older' if shown else 'leak'}: item {item} shows {sorted(older)} after {committed}"
        if shown and item not in seen and begun[item] == committed:
            yield f"older: item {item} is missing after {committed}"
    for item, number in {(int(item), int(number)) for item, number in WORDS.findall(page)}:
        committed, shown, sealed, _named = before[item]
        if number <= sealed:
            yield f"leak: the sealed words of item {item}, {number}"
        elif not shown and number < committed:
            yield f"leak: the withdrawn words of item {item}, {number}"


class Reader:
    """Somebody who reads through one of the doors, keeps what they read, and sometimes acts."""

    def __init__(self, known: Known, doors: list[parts.Door], host: str, places: dict[str, set[int]], seed: int) -> None:
        self.known, self.doors, self.host, self.places = known, doors, host, places
        self.chance = random.Random(seed)  # noqa: S311 - moves, not secrets
        self.kept: dict[str, tuple[str, str]] = {}
        self.counts: Counter[str] = Counter()
        self.found: list[str] = []

    def read(self) -> None:
        """Ask for one page, and look at what it shows."""
        path = self.chance.choice(list(self.places))
        headers = {"Host": self.host} | ({"Accept-Encoding": "gzip"} if self.chance.random() < 0.7 else {})
        etag, kept = self.kept.get(path, ("", ""))
        if etag and self.chance.random() < 0.6:
            headers["If-None-Match"] = etag
        before = self.known.now()
        try:
            status, answered, body = self.chance.choice(self.doors).get(path, headers)
        except (OSError, http.client.HTTPException) as fault:
            self.found.append(f"no answer: {fault!r}")
            return
        begun = list(self.known.begun)
        self._count("read")
        if status == 304:
            self._count("unchanged")
        if status >= 500:
            self.found.append(f"{path} answered {status}")
            return
        packed = answered.get("content-encoding") == "gzip"
        page = kept if status == 304 else (gzip.decompress(body) if packed else body).decode("utf-8", "replace")
        if status == 200:
            self.kept[path] = (answered["etag"], page)
        self.found += faults(page, self.places[path], before, begun, gone=status == 410)

    def act(self, actor: "Actor") -> None:
        """Change one item, unless somebody else is at it."""
        item = self.chance.randrange(ITEMS)
        if not self.known.turns[item].acquire(block=False):
            return
        try:
            self._count(actor.change(item, self.chance.random()))
        finally:
            self.known.turns[item].release()

    def _count(self, what: str) -> None:
        self.counts[what] += 1
        self.known.count(what)


class Actor:
    """Whoever changes items, by the operations that the admin uses."""

    def __init__(self, known: Known, pages: list[int]) -> None:
        self.known, self.pages = known, pages

    def change(self, item: int, chance: float) -> str:
        """Publish, withdraw or restrict; what was done."""
        shown, number = self.known.shown[item], self.known.begun[item] + 1
        try:
            if shown and chance < 0.25:
                return self._withdraw(item, number)
            if shown and chance < 0.45 and self.known.sealed[item] < self.known.done[item]:
                return self._restrict(item)
            return self._publish(item, number)
        except Refused as reason:
            return f"refused: {reason}"
        except OperationalError as busy:
            return f"busy: {busy}"

    def _publish(self, item: int, number: int) -> str:
        page = self._page(item)
        page.title, page.body = title(item, number), f"<p>{words(item, number)}</p>"
        self.known.begun[item] = number
        if self.known.sealed[item]:
            # Of an item with private words a second person publishes what the first wrote.
            page.save_revision(user=self._by("clerk"))
            approve_record(page=self._page(item), by=self._by("other"))
        else:
            publish_record(page=page, by=self._by("clerk"))
        self.known.named[item], self.known.shown[item], self.known.done[item] = number, True, number
        return "published"

    def _withdraw(self, item: int, number: int) -> str:
        self.known.begun[item] = number
        withdraw_record(page=self._page(item), by=self._by("clerk"), reason="It was wrong.")
        self.known.shown[item], self.known.done[item] = False, number
        return "withdrawn"

    def _restrict(self, item: int) -> str:
        number = self.known.done[item]
        kept_back = RestrictedWords(text=words(item, number))
        asked = ask_to_restrict(
            item=self._page(item), words=kept_back, restriction=restriction(), reason="A bidder.", by=self._by("clerk")
        )
        restrict(removal=asked, by=self._by("other"))
        self.known.sealed[item] = number
        return "restricted"

    def _page(self, item: int) -> Any:
        return AgendaItemPage.objects.get(pk=self.pages[item])

    @staticmethod
    def _by(name: str) -> Any:
        return User.objects.get(username=name)


def live(reader: Reader, actor: Actor, until: float, told: Any) -> None:
    """What one reader does until it is over."""
    connections.close_all()
    try:
        while time.monotonic() < until or (not reader.known.enough() and time.monotonic() < until + AT_MOST):
            if reader.chance.random() < ACTS:
                reader.act(actor)
            else:
                reader.read()
    except Exception:  # noqa: BLE001 - whatever goes wrong is what the drill looks for
        reader.found.append(traceback.format_exc()[-600:])
    told.put((reader.counts, reader.found))


def play(seconds: float, seed: int, doors: list[parts.Door], host: str, known: Known, stage: Any) -> dict[str, Any]:
    """Let everybody live, and add up what they saw."""
    meeting, pages, paths = stage
    places = {meeting: set(range(ITEMS)), **{path: {number} for number, path in enumerate(paths)}}
    told: Any = multiprocessing.Queue()
    until = time.monotonic() + seconds
    crowd = [
        multiprocessing.Process(
            target=live, args=(Reader(known, doors, host, places, seed + number), Actor(known, pages), until, told)
        )
        for number in range(READERS)
    ]
    connections.close_all()
    for one in crowd:
        one.start()
    counts: Counter[str] = Counter()
    found: list[str] = []
    for _one in crowd:
        some, seen = told.get(timeout=seconds + 2 * AT_MOST)
        counts.update(some)
        found += seen
    for one in crowd:
        one.join()
    leaks = [one for one in found if one.startswith("leak")]
    return {"counts": dict(counts), "leaks": leaks, "otherwise": [one for one in found if one not in leaks]}


def set_stage(known: Known) -> tuple[str, list[int], list[str]]:
    """A meeting with its items; where it is, their keys, and where they are."""
    with transaction.atomic():
        clerk = building.make_user()
        building.make_user("other")
        meeting = building.make_meeting(building.make_board(clerk), clerk)
        items = [
            building.make_item(meeting, clerk, title(number, 1), body=f"<p>{words(number, 1)}</p>") for number in range(ITEMS)
        ]
    for number in range(ITEMS):
        known.begun[number] = known.done[number] = known.named[number] = known.shown[number] = 1
    return meeting.url, [item.pk for item in items], [item.url for item in items]


def main(seconds: float, seed: int) -> None:
    """Serve, live, and say what was seen."""
    known = Known()
    stage = set_stage(known)
    environment = dict(os.environ)
    with contextlib.ExitStack() as served:
        for _worker in range(2):
            served.enter_context(parts.started([sys.executable, "manage.py", "work"], environment))
        webs = [served.enter_context(parts.Web(FOLDER / f"web-{number}.sock", environment, HOST)) for number in range(2)]
        doors = [web.door for web in webs]
        if connection.vendor == "postgresql":
            doors = [served.enter_context(parts.nginx(FOLDER, [web.place for web in webs]))]
        said = play(seconds, seed, doors, HOST, known, stage)
    print(json.dumps({**said, "engine": connection.vendor}))  # noqa: T201


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, surroundings(Path(made)) as told_to_all:
        FOLDER = Path(made)
        os.environ.update(told_to_all)
        HOST = parts.HOST if told_to_all.get("DRILLED") else "localhost"

        import django

        django.setup()

        from django.db import OperationalError, connection, connections, transaction

        from governance.exceptions import Refused
        from governance.models import User
        from governance.operations.approving import approve_record
        from governance.operations.publishing import publish_record, withdraw_record
        from minutes.models import AgendaItemPage, RestrictedWords
        from minutes.operations.restricting import ask_to_restrict, restrict
        from tests import building
        from tests.minutes.restricted_stage import restriction

        main(float(sys.argv[1]), int(sys.argv[2]))
