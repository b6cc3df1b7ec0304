"""Carrying out a removal of words in the background: the whole database is read, which may take minutes. The row is the job."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import Removal, RemovalKind
from governance.operations.removals import held, words_asked
from governance.operations.rewriting import look_for, rows_to_look_at
from governance.passages import Passages
from governance.removing import carriers
from governance.waking import wake

WORK = "removal"
LEASE = timedelta(minutes=30)
"""So long a worker may be silent: while words are replaced, all in one transaction, it cannot say how far it is."""
TRIES = 3
TOLD_EVERY = 1.0
LOOKED = 50
"""Of a hundred: looking comes first, and replacing looks once more in its own transaction, at what was written meanwhile too."""


@transaction.atomic
def have_carried_out(*, removal: Removal, by: Any, at: datetime | None = None) -> Removal:
    """Have the worker carry out a removal that somebody else asked for.

    Raises:
        Refused: it is settled or under way, or the same person asked for it.
    """
    row = held(removal)
    if by is None or row.asked_by_id == by.pk:
        raise Refused(_("You asked for it. Somebody else has to carry it out: it cannot be taken back."))
    if row.is_under_way:
        raise Refused(_("It is being carried out already."))
    words_asked(row)
    row.confirmed_at, row.confirmed_by, row.failure, row.progress, row.tries = at or timezone.now(), by, "", 0, 0
    row.heartbeat_at = None
    row.save(update_fields=["confirmed_at", "confirmed_by", "failure", "progress", "tries", "heartbeat_at"])
    wake(WORK, row.pk)
    return row


def carry_out(*, removal: int) -> Removal | None:
    """Carry out the removal of this row, telling how far it is. What is refused is kept in words, and somebody decides anew.

    Returns:
        The row; None where it is another worker's, or nothing is left to do.
    """
    row = _taken_up(removal)
    if row is None:
        return None
    try:
        words, _besides = words_asked(row)
        _look(row, Passages.of(words.values()))
        carriers[row.kind](removal=row, by=row.confirmed_by)
    except Refused as refusal:
        _fail(row, str(refusal))
    row.refresh_from_db()
    return row


def take_up_left_removals(*, at: datetime | None = None) -> int:
    """Wake a worker for removals whose worker is no more or was never told. Returns how many there were."""
    now = at or timezone.now()
    left = Removal.objects.filter(_is_silent(now), confirmed_at__isnull=False, settled_at=None)
    keys = list(left.values_list("pk", "tries"))
    for key, tries in keys:
        if tries >= TRIES:
            _fail(
                Removal.objects.get(pk=key), _("The worker stopped each time while it was carried out. Nothing was replaced.")
            )
        else:
            wake(WORK, key)
    return len(keys)


def _is_silent(now: datetime) -> Q:
    return Q(heartbeat_at__lt=now - LEASE) | Q(heartbeat_at=None, confirmed_at__lt=now - LEASE)


@transaction.atomic
def _taken_up(key: int) -> Removal | None:
    now = timezone.now()
    free = Q(heartbeat_at=None) | Q(heartbeat_at__lt=now - LEASE)
    waiting = Removal.objects.filter(free, pk=key, confirmed_at__isnull=False, settled_at=None)
    row = waiting.select_for_update(of=("self",)).select_related("confirmed_by").first()
    if row is not None:
        row.heartbeat_at, row.tries, row.progress = now, row.tries + 1, 0
        row.save(update_fields=["heartbeat_at", "tries", "progress"])
    return row


def _look(row: Removal, passages: Passages) -> None:
    """Read everything once before the database is held, so that how far it is can be told."""
    registers = row.kind == RemovalKind.PERSON
    look_for(passages, registers=registers, seen=_teller(row, rows_to_look_at(registers=registers)))
    Removal.objects.filter(pk=row.pk).update(progress=LOOKED, heartbeat_at=timezone.now())


def _teller(row: Removal, total: int) -> Callable[[], None]:
    """Notes how far it is, not more often than somebody can read it."""
    done, told = 0, time.monotonic()

    def seen() -> None:
        nonlocal done, told
        done += 1
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            percent = min(LOOKED * done // max(total, 1), LOOKED)
            Removal.objects.filter(pk=row.pk).update(progress=percent, heartbeat_at=timezone.now())

    return seen


def _fail(row: Removal, why: str) -> None:
    """Say why, without the words that were to be removed, and give the decision back."""
    words = _opened(row)
    if Passages.of(words.values()).count(why):
        why = _("One of the passages cannot be looked for. Return it, and ask for it with more of the words around it.")
    undone = {"confirmed_at": None, "confirmed_by": None, "heartbeat_at": None, "progress": 0}
    Removal.objects.filter(pk=row.pk, settled_at=None).update(failure=why, **undone)


def _opened(row: Removal) -> dict[str, str]:
    """The words; none where no key opens them."""
    try:
        return words_asked(row)[0]
    except Refused:
        return {}
