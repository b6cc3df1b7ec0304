"""Printing processes that rest between packs: starting one takes as long as printing ten pages.

A worker that builds pack after pack finds them warm. A process that nobody wants for a while is ended; so are all when the worker ends.
"""

import atexit
import time
from collections.abc import Hashable
from threading import Lock, Timer
from typing import Protocol

REST_SECONDS = 60.0
"""How long a process waits for the next pack."""
MOST_JOBS = 200
"""A process that printed so many sections is not kept: it does not give back all memory."""


class Process(Protocol):
    """What can rest."""

    jobs: int
    """How many sections it printed."""

    def end(self) -> None:
        """End it, whatever it is doing."""


class RestingPlace:
    """Processes that wait, each under the key of what it can print."""

    def __init__(self, seconds: float = REST_SECONDS) -> None:
        self._seconds = seconds
        self._waiting: list[tuple[float, Hashable, Process]] = []
        self._lock = Lock()
        atexit.register(self.end_all)

    def take(self, key: Hashable) -> Process | None:
        """A process that waits under this key, if there is one."""
        with self._lock:
            for place, (_since, found, process) in enumerate(self._waiting):
                if found == key:
                    del self._waiting[place]
                    return process
        return None

    def put(self, key: Hashable, process: Process) -> None:
        """Let a process wait for the next pack, or end it if it has worked long enough."""
        if process.jobs >= MOST_JOBS:
            process.end()
            return
        with self._lock:
            self._waiting.append((time.monotonic(), key, process))
        timer = Timer(self._seconds, self.end_old)
        timer.daemon = True
        timer.start()

    def end_old(self) -> None:
        """End those that nobody wanted for a while."""
        self._end(time.monotonic() - self._seconds)

    def end_all(self) -> None:
        """End all that wait."""
        self._end(float("inf"))

    def _end(self, before: float) -> None:
        with self._lock:
            old = [entry for entry in self._waiting if entry[0] <= before]
            self._waiting = [entry for entry in self._waiting if entry[0] > before]
        for _since, _key, process in old:
            process.end()
