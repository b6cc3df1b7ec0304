"""The migrated SQLite database of a test run, made once and kept for the next worker and the next run.

It is made by the migrations as they are: its name holds a digest of every migration and of all our own code, so that a change of either makes
it anew. What follows a migrate (permissions, roles, triggers) runs again on the copy.
"""

import fcntl
import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings

OURS = ("governance", "minutes", "home", "site")
KEPT = 16
"""So many databases are kept; older ones make room."""


def digest() -> str:
    """What the database is made of: the versions of Python and SQLite, every migration, and our own code."""
    whole = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    folders = [Path(config.path) / "migrations" for config in apps.get_app_configs()]
    for folder in [*sorted(folders), *(settings.ROOT / name for name in OURS)]:
        for file in sorted(folder.rglob("*.py")):
            whole.update(str(file).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:32]


class MigratedDatabase:
    """The database in memory of one test process, filled from the kept file where there is one.

    Until it is ready it is held by one process at a time, so that a second worker waits for the first one's migrations instead
    of running them too.

    Attributes:
        is_filled: whether it holds a database that was migrated before.
    """

    def __init__(self, name: str, folder: Path) -> None:
        """Open it.

        Args:
            name: its address, by which Django will find the same one.
            folder: where migrated databases are kept.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"migrated-{digest()}.sqlite3"
        self._lock = self.file.with_suffix(".lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._memory = sqlite3.connect(name, uri=True)
        self.is_filled = self.file.exists()
        if self.is_filled:
            with closing(sqlite3.connect(self.file)) as kept:
                kept.backup(self._memory)

    def ready(self) -> None:
        """Keep it when it was just migrated, and of the older ones only a few. Django holds it open from now on."""
        if not self.is_filled:
            half = self.file.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(half)) as kept:
                self._memory.backup(kept)
            half.replace(self.file)
            files = sorted(self.file.parent.glob("migrated-*.sqlite3"), key=lambda one: one.stat().st_mtime)
            for old in files[:-KEPT]:
                old.unlink()
                old.with_suffix(".lock").unlink(missing_ok=True)
        self._memory.close()
        self._lock.close()
