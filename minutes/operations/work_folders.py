"""Folders in which files lie open while they are worked on. Whoever works in one holds its lock; a folder nobody holds was left."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

LOCK = "lock"
JUST_MADE = timedelta(minutes=1)
"""A folder that is younger may not have its lock yet."""


def work_folder() -> Path:
    """Where the folders are made. Nobody but the owner looks into it."""
    folder = Path(settings.VAR) / "checking"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for one piece of work, with all that is in it gone afterwards. What a kill leaves is gone at the next sweep."""
    with tempfile.TemporaryDirectory(dir=work_folder()) as name:
        folder = Path(name)
        with (folder / LOCK).open("wb") as lock:
            # The system lets it go when the process ends, however that ends.
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def prune_work(*, at: datetime | None = None) -> int:
    """Throw away the folders that killed processes left behind. Returns how many."""
    oldest = ((at or timezone.now()) - JUST_MADE).timestamp()
    left = [folder for folder in work_folder().iterdir() if _made_before(folder, oldest) and not _is_held(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _made_before(folder: Path, oldest: float) -> bool:
    try:
        return folder.stat().st_mtime < oldest
    except FileNotFoundError:
        return False


def _is_held(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
