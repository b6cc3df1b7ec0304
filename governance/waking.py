"""Waking the workers. An operation writes its row and calls `wake` when it commits; it never imports a task."""

from collections.abc import Callable

from django.db import transaction

_wakers: dict[str, Callable[[int], None]] = {}


def register(work: str, waker: Callable[[int], None]) -> None:
    """Say how the worker for this sort of work is woken.

    Raises:
        ValueError: that is said already.
    """
    if work in _wakers:
        raise ValueError(f"there is a waker for {work} already")
    _wakers[work] = waker


def wake(work: str, key: int) -> None:
    """Once the transaction is committed, have a worker take up the row with this key."""
    waker = _wakers[work]
    transaction.on_commit(lambda: waker(key))
