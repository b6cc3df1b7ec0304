"""Storing files sealed: what reaches the store, and what lies on a disk on the way to it, opens with no key but the file's own."""

import errno
import hashlib
import secrets
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.files import File
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.sealing import key_of_a_file
from minutes.models.restricted_papers import restricted_storage
from minutes.sealed_files import BLOCK, seal_file


@dataclass(frozen=True)
class Sealed:
    """A sealed file in the store.

    Attributes:
        name: where it lies there; it says nothing of the file.
        key: what opens it.
        sha256: of the sealed file.
        plain_sha256, size: of the file as it was.
    """

    name: str
    key: str
    sha256: str
    plain_sha256: str
    size: int


@dataclass(frozen=True)
class Opened:
    """A file that was opened.

    Attributes:
        first: its first block, which tells that the rest opens too.
        rest: its other blocks.
        size: in bytes.
    """

    first: bytes
    rest: Generator[bytes, None, None]
    size: int

    def blocks(self) -> Iterator[bytes]:
        """All of it."""
        yield self.first
        yield from self.rest


@contextmanager
def stored_sealed(plain: IO[bytes], folder: str) -> Iterator[Sealed]:
    """A file, sealed with a key of its own and stored; thrown away again when what follows fails.

    Args:
        plain: open for reading.
        folder: in the restricted store.

    Raises:
        Refused: there is no room for it.
    """
    key = key_of_a_file()
    plain.seek(0)
    plain_sha256, size = _digest(plain)
    storage = restricted_storage()
    with _room(), tempfile.TemporaryFile() as sealed:
        seal_file(plain, sealed, key=key)
        sha256, _size = _digest(sealed)
        name = storage.save(f"{folder}/{secrets.token_hex(16)}", File(sealed))
    try:
        yield Sealed(name, key, sha256, plain_sha256, size)
    except BaseException:
        storage.delete(name)
        raise


def _digest(file: IO[bytes]) -> tuple[str, int]:
    """The checksum of a file and its size; it is left at its beginning."""
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
    file.seek(0)
    return digest.hexdigest(), size


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise Refused(_("There is no room left on the disk, so the file was not taken. Nothing else was changed.")) from None
