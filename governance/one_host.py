"""SQLite is a file that one machine works on: its processes agree by memory that they share. A second machine is refused before it harms it."""

import contextlib
import fcntl
import os
import socket
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BOOT = Path("/proc/sys/kernel/random/boot_id")
MOUNTS = Path("/proc/self/mounts")
FAR_AWAY = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs", "lustre", "afs"}
)
"""Kinds of file systems that several machines reach: the memory that SQLite's log is shared by is not shared there."""
INSTEAD = "Set DATABASE_URL to PostgreSQL's address to serve from more than one machine (docs/scale.md)."
_held: list[BinaryIO] = []


def serve_from_here() -> None:
    """Say that this machine serves the records, for as long as this process lives. On PostgreSQL any number may.

    Raises:
        ImproperlyConfigured: another machine does already, or the database lies where other machines reach it.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3" or "memory" in str(database["NAME"]) or _held:
        return
    file = Path(database["NAME"]).resolve()
    kind = kind_of_file_system(file, MOUNTS.read_text(encoding="utf-8"))
    if kind in FAR_AWAY:
        raise ImproperlyConfigured(
            f"The SQLite database lies on a network file system ({kind}), where it would be damaged. {INSTEAD}"
        )
    here = f"{BOOT.read_text(encoding='ascii').strip()} {socket.gethostname()}"
    _held.append(hold(file.with_name(f"{file.name}-served-from"), here))


def hold(path: Path, here: str) -> BinaryIO:
    """Hold the file that names the machine which serves; its processes hold it together.

    Args:
        path: the file.
        here: this machine as it names itself: what tells it from others, and what people call it.

    Raises:
        ImproperlyConfigured: another machine holds it.
    """
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    with contextlib.suppress(BlockingIOError):
        # Nobody holds it: what it says is of somebody who has gone.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.truncate()
        file.write(here.encode())
        file.flush()
    fcntl.flock(file, fcntl.LOCK_SH)
    file.seek(0)
    boot, _space, name = file.read().decode("utf-8", "replace").partition(" ")
    if boot != here.split(" ")[0]:
        file.close()
        raise ImproperlyConfigured(f"These records are in SQLite and are served from {name} already. {INSTEAD}")
    return file


def kind_of_file_system(path: Path, mounts: str) -> str:
    """The kind of file system that a file lies on; empty where it is not known.

    Args:
        path: the file.
        mounts: what the system says of its mounts, a line each: device, place, kind.
    """
    rows = [line.split(" ")[1:3] for line in mounts.splitlines() if line.count(" ") >= 2]
    above = [(place.replace("\\040", " "), kind) for place, kind in rows]
    on = [(len(Path(place).parts), kind) for place, kind in above if path.is_relative_to(place)]
    return max(on, key=lambda one: one[0], default=(0, ""))[1]
