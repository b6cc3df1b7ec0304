"""Killing a worker at one door of its work, in a process that is forked for it."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections

_deaths = 0


def deaths() -> int:
    """How many processes were killed at work so far. One that had done everything before it was killed is none."""
    return _deaths


def die(*_given: Any, **_named: Any) -> Any:
    """As by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def before(module: Any, name: str) -> None:
    """Die instead of calling it."""
    setattr(module, name, die)


def after(module: Any, name: str) -> None:
    """Die once it has returned."""
    called: Callable[..., Any] = getattr(module, name)

    def call_and_die(*given: Any, **named: Any) -> Any:
        called(*given, **named)
        die()

    setattr(module, name, call_and_die)


def half_stored(storage: Any) -> None:
    """Die when half of a file is in the store."""

    def save(name: str, content: Any) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(content.size // 2))
        die()
        return name

    storage._save = save


def in_a_child(work: Callable[[], Any], seconds: float | None = None) -> None:
    """Do it in a process of its own, which has so long to live if that is said."""
    global _deaths
    connections.close_all()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    _deaths += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def lives(number: int, rounds: int, longest: float, chance: random.Random) -> float | None:
    """How many seconds the child of a round lives: none in the first; in the last until its work is done, however slow the machine is today.

    Args:
        number: of the round, from 1.
        longest: seconds over which the moments of the rounds between are spread.
    """
    if number == rounds:
        return None
    return 0.0 if number == 1 else longest * (number - chance.random()) / rounds
