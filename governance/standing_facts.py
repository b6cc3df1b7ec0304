"""Facts of the whole installation (its site, its menu, days that do not count), remembered in this process for one public generation.

Almost every page shows them and they change a few times a year. As a kept page does, a fact stands under the public generation, read
before the answer is begun: whoever asks after a commit finds nothing that was remembered before it. Nothing is remembered within a
transaction, for somebody who is signed in, or past the minute. See decision 123.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

MINUTE = 60
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class _Memory:
    """What was asked while one number held, within one minute."""

    under: tuple[int, int]
    facts: dict[Hashable, Any] = field(default_factory=dict)


_answering: ContextVar[_Memory | None] = ContextVar("what this answer remembers", default=None)
_latest = _Memory((0, 0))


@contextmanager
def answering(generation: int) -> Iterator[None]:
    """While an answer is made for readers in general.

    Args:
        generation: of what is public, read before anything that the answer says.
    """
    token = _answering.set(_memory_of(generation))
    try:
        yield
    finally:
        _answering.reset(token)


def standing(name: Hashable, ask: Callable[[], Fact]) -> Fact:
    """A fact that is the same for every reader, asked for once in a public generation.

    Args:
        name: names the fact among all.
        ask: asks the database. It must not depend on who reads or on what time it is.

    Returns:
        Records as copies of the reader's own; whatever else it is must not be changed.
    """
    memory = _answering.get() if is_remembering() else None
    if memory is None:
        return ask()
    if name not in memory.facts:
        memory.facts[name] = ask()
    fact: Fact = _own(memory.facts[name])
    return fact


def is_remembering() -> bool:
    """Whether facts that are asked for now are remembered."""
    return _answering.get() is not None and not within_a_transaction()


def forget() -> None:
    """Remember nothing of what was asked so far."""
    global _latest
    _latest = _Memory((0, 0))


def within_a_transaction() -> bool:
    """Whether what is read now may hold what was written and not committed."""
    return connection.in_atomic_block


def _memory_of(generation: int) -> _Memory:
    global _latest
    under = (generation, int(time.time()) // MINUTE)
    # An answer that was begun before a change keeps what it began with; the newer one is another object.
    memory = _latest
    if memory.under != under:
        _latest = memory = _Memory(under)
    return memory


def _own(fact: Any) -> Any:
    """A page keeps much on itself while it is shown, so no two answers share one."""
    if isinstance(fact, Model):
        return copy(fact)
    return tuple(_own(each) for each in fact) if isinstance(fact, tuple) else fact
