"""The stored files of packs. A file is stored whole before a row points to it; one that no row points to is thrown away."""

import errno
import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.utils.translation import gettext as _

from governance.models import private_storage
from minutes.models import Pack
from minutes.operations.left_files import throw_away_left
from minutes.packs.saving import NO_ROOM

FOLDER = "packs"
BLOCK = 1 << 20
NOT_STORED = NO_ROOM | {errno.EFBIG}


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
    named = Pack.objects.exclude(file="").values_list("file", flat=True)
    return throw_away_left(private_storage(), FOLDER, lambda: named, at=at)


def in_words(problem: OSError) -> str:
    """Why a pack could not be stored, for the person who asked for it."""
    if problem.errno in NOT_STORED:
        return _("There is no room left on the disk, so the pack was not stored. Make room, then ask for it again.")
    return _("The pack could not be stored: %(problem)s") % {"problem": problem.strerror or problem}
