"""Telling what broke around the site from what is broken in it: a database, a disk or a store that is away, busy or full comes back, and trying again helps."""

import errno
import sqlite3
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

DISKS = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE})
"""A disk that is full, broken or may only be read; no more files may be open."""
NETWORK = frozenset({errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH})
SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""The same of the embedded database. Its other codes, such as of a table that is not there, are faults of ours."""
FIRST_BYTE = 0xFF
"""The rest of a code of SQLite only says more of the same."""


def is_away(error: BaseException | None) -> bool:
    """Whether something broke that is not of the site, so that the same request may succeed in a minute.

    Args:
        error: what was raised; also what it was raised from is looked at.
    """
    return any(_is_of_the_surroundings(one) for one in _with_causes(error))


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__


def _is_of_the_surroundings(error: BaseException) -> bool:
    if isinstance(error, OperationalError | InterfaceError):
        code = getattr(error.__cause__, "sqlite_errorcode", None)
        # What PostgreSQL calls operational is never a fault of a statement.
        return code is None or code & FIRST_BYTE in SQLITE
    if isinstance(error, OSError):
        return isinstance(error, ConnectionError | TimeoutError) or error.errno in DISKS | NETWORK
    return False
