"""Waking the workers. An operation writes its row and calls `wake` when it commits; it never imports a task."""

from collections.abc import Callable

from django.db import transaction

_wakers: dict[str, Callable[[int], None]] = {}
_wakers_for_all: dict[str, Callable[[], None]] = {}


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


def register_for_all(work: str, waker: Callable[[], None]) -> None:
    """Say how a worker is woken that takes up all that is due of this sort of work.

    Raises:
        ValueError: that is said already.
    """
    if work in _wakers_for_all:
        raise ValueError(f"there is a waker for {work} already")
    _wakers_for_all[work] = waker


def wake_once(work: str) -> None:
    """Once the transaction is committed, have a worker take up what is due. Asked for many times, it is woken once."""
    waker = _wakers_for_all[work]
    if all(waiting[1] is not waker for waiting in transaction.get_connection().run_on_commit):
        # The rows are committed by then and the sweep finds them too: a queue that cannot be reached is no failure here.
        transaction.on_commit(waker, robust=True)
