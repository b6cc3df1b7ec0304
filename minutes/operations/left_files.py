"""Stored files that no row points to: a killed worker, or a step that was undone, left them. They are thrown away after a day."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.utils import timezone

logger = logging.getLogger(__name__)
LEFT_FOR = timedelta(days=1)
"""How old a file must be that no row points to: one that is being stored now is younger."""


def throw_away_left(
    storage: Storage, folder: str, pointed_at: Callable[[], Iterable[str]], *, at: datetime | None = None
) -> int:
    """Throw away the old files of a folder that no row points to. Returns how many.

    Args:
        storage: the store.
        folder: in it.
        pointed_at: gives the names that rows hold; asked after the folder was read, so that what is stored meanwhile is safe.
    """
    oldest = (at or timezone.now()) - LEFT_FOR
    try:
        stored = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
    except FileNotFoundError:
        return 0
    old = [name for name in stored - set(pointed_at()) if storage.get_modified_time(name) < oldest]
    for name in old:
        logger.warning("A stored file that nothing points to is thrown away: %s", name)
        with suppress(OSError):
            storage.delete(name)
    return len(old)
