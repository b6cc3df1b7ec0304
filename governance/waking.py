"""Waking the workers. An operation writes its row and calls `wake` when it commits; it never imports a task."""

from collections.abc import Callable

from django.db import transaction

from governance.registering import NamedAdditions

_wakers: NamedAdditions[str, Callable[[int], None]] = NamedAdditions("is woken")
_wakers_for_all: NamedAdditions[str, Callable[[], None]] = NamedAdditions("is woken")
register = _wakers.add
"""Say how the worker for one sort of work is woken, given the key of its row."""
register_for_all = _wakers_for_all.add
"""Say how a worker is woken that takes up all that is due of one sort of work."""


def wake(work: str, key: int) -> None:
    """Once the transaction is committed, have a worker take up the row with this key."""
    waker = _wakers[work]
    transaction.on_commit(lambda: waker(key))


def wake_once(work: str) -> None:
    """Once the transaction is committed, have a worker take up what is due. Asked for many times, it is woken once."""
    waker = _wakers_for_all[work]
    if all(waiting[1] is not waker for waiting in transaction.get_connection().run_on_commit):
        # The rows are committed by then and the sweep finds them too: a queue that cannot be reached is no failure here.
        transaction.on_commit(waker, robust=True)
