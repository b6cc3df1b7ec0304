"""Killing a worker at one door of its work, in a process that is forked for it."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections


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
    connections.close_all()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
