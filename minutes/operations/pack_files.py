"""The stored files of packs. A file is stored whole before a row points to it; one that no row points to is thrown away."""

import errno
import hashlib
import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import private_storage
from minutes.models import Pack

logger = logging.getLogger(__name__)
FOLDER = "packs"
BLOCK = 1 << 20
LEFT_FOR = timedelta(days=1)
"""How old a file must be that no row points to: one that is being stored now is younger."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True)
class Stored:
    """A file in the private store."""

    name: str
    sha512: str
    sha256: str
    bytes: int


def store(file: Path, *, slug: str) -> Stored:
    """Store a finished pack block by block under a name of its own.

    Raises:
        OSError: there is no room left, or fewer bytes arrived than were sent. Nothing of it is left behind.
    """
    long, short = hashlib.sha512(), hashlib.sha256()
    with file.open("rb") as opened:
        for block in iter(lambda: opened.read(BLOCK), b""):
            long.update(block)
            short.update(block)
        opened.seek(0)
        size, storage = file.stat().st_size, private_storage()
        name = f"{FOLDER}/{slug}-{secrets.token_hex(8)}.pdf"
        try:
            name = storage.save(name, File(opened))
            if storage.size(name) != size:
                raise OSError(errno.EIO, _("Not all of the file was stored."))
        except OSError:
            discard(name)
            raise
    return Stored(name, long.hexdigest(), short.hexdigest(), size)


def discard(name: str) -> None:
    """Throw away a stored file that nothing points to."""
    with suppress(OSError):
        private_storage().delete(name)


def prune_files(*, at: datetime | None = None) -> int:
    """Throw away what a killed worker left behind: files that no row points to. Returns how many."""
    storage: Storage = private_storage()
    oldest = (at or timezone.now()) - LEFT_FOR
    try:
        stored = {f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]}
    except FileNotFoundError:
        return 0
    left = stored - set(Pack.objects.exclude(file="").values_list("file", flat=True))
    old = [name for name in left if storage.get_modified_time(name) < oldest]
    for name in old:
        logger.warning("A pack's file that nothing points to is thrown away: %s", name)
        discard(name)
    return len(old)


def in_words(problem: OSError) -> str:
    """Why a pack could not be stored, for the person who asked for it."""
    if problem.errno in NO_ROOM:
        return _("There is no room left on the disk, so the pack was not stored. Make room, then ask for it again.")
    return _("The pack could not be stored: %(problem)s") % {"problem": problem.strerror or problem}
