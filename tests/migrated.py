"""A migrated database, made once by the migrations as they are and copied wherever tests need one.

Its name holds a digest of every migration and of what they take from our own code, so that a change of either makes it anew. What follows
a migrate (permissions, roles, triggers) is not in it: whoever starts from a copy migrates that too, and so gets what the code of the day says.
"""

import fcntl
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings

import psycopg

FOLDER = Path(tempfile.gettempdir()) / f"resolved-migrated-{os.getuid()}"
"""Shared by every process and every run."""
KEPT = 16
"""So many databases are kept; older ones make room."""
_OURS = re.compile(r"^(?:import|from) ((?:governance|minutes|home)[\w.]*)", re.MULTILINE)


def start_migrated(address: str) -> None:
    """Make the database at an address, `sqlite:///…` or `postgres://…`, from a copy of the migrated one.

    Args:
        address: of one that need not exist; on PostgreSQL one that does is thrown away.
    """
    if not address.startswith("postgres"):
        file = Path(address.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as copy:
            fill(copy)
        return
    copy_database(beside(address, _migrated_template(address)), address)


def fill(copy: sqlite3.Connection) -> None:
    """Fill an empty SQLite database with the migrated one."""
    with closing(sqlite3.connect(_migrated_file())) as kept:
        kept.backup(copy)


def drop(address: str) -> None:
    """Throw a PostgreSQL database away, whoever still holds it open."""
    with psycopg.connect(beside(address, "postgres"), autocommit=True) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{_name_in(address)}" WITH (FORCE)')


def copy_database(source: str, target: str) -> None:
    """Make a PostgreSQL database from another one of the same server, in the place of what stood there. Nobody may hold the source open."""
    drop(target)
    with psycopg.connect(beside(target, "postgres"), autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{_name_in(target)}" TEMPLATE "{_name_in(source)}"')


def _name_in(address: str) -> str:
    return urlsplit(address).path.removeprefix("/")


def beside(address: str, name: str) -> str:
    """The address of another database of the same server."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))


def _migrated_file() -> Path:
    """The migrated SQLite database, made now unless it is there."""
    file = FOLDER / f"migrated-{_digest()}.sqlite3"
    with _alone(file.stem):
        if not file.exists():
            half = file.with_suffix(f".{os.getpid()}")
            _migrate(f"sqlite:///{half}")
            half.replace(file)
            _make_room()
    return file


def _migrated_template(address: str) -> str:
    """The migrated database of a PostgreSQL server, made now unless it is there."""
    name = f"migrated_{_digest()}"
    with _alone(name), psycopg.connect(beside(address, "postgres"), autocommit=True) as link:
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            half = f"half_{name}"
            drop(beside(address, half))
            link.execute(f'CREATE DATABASE "{half}"')
            _migrate(beside(address, half))
            link.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time: a second one waits for the first one's migrations instead of running them too."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(address: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{settings.ROOT}{os.pathsep}{settings.ROOT / 'site'}",
    }
    subprocess.run([sys.executable, "-m", "tests.make_migrated"], cwd=settings.ROOT, env=environment, check=True)


def _make_room() -> None:
    files = sorted(FOLDER.glob("migrated-*.sqlite3"), key=lambda one: one.stat().st_mtime)
    for old in files[:-KEPT]:
        old.unlink()
        old.with_suffix(".lock").unlink(missing_ok=True)


def _digest() -> str:
    """What the database is made of: the versions of all that is used, every migration, what ours import, and the settings."""
    whole = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    folders = [Path(config.path) / "migrations" for config in apps.get_app_configs()]
    files = [file for folder in sorted(folders) for file in sorted(folder.glob("*.py"))]
    imported = {name for file in files if file.is_relative_to(settings.ROOT) for name in _OURS.findall(file.read_text("utf-8"))}
    files += [settings.ROOT / f"{name.replace('.', '/')}.py" for name in sorted(imported)]
    files += [settings.ROOT / "requirements.lock", *sorted((settings.ROOT / "site").rglob("*.py"))]
    for file in files:
        if file.exists():
            whole.update(f"{file.parent.parent.name}/{file.name}".encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:32]
