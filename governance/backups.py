"""Backups: the database and the files that belong to it in one folder, with a list of what is in it and its checksums."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.check_records import BLOCK, digest_of_file
from governance.exceptions import Refused
from governance.ledger_export import FOLDERS
from governance.models import Backup
from governance.models.ledger import moment
from governance.operations.fixity import stored_in

FORM = 1
MANIFEST = "manifest.json"
DUMPS = {"sqlite": "records.sqlite3", "postgresql": "records.dump"}
EVERY = 200
"""So many files between two lines that say how far it is."""
Tell = Callable[[str], None]


def back_up(folder: Path, tell: Tell, *, at: datetime | None = None) -> dict[str, Any]:
    """Write database, files and a manifest into an empty folder. Records may be written meanwhile.

    The database comes first: every file it tells of was stored before. That it was made is noted in the database afterwards, so that it is
    known later which backups hold what was removed since.

    Returns:
        The manifest.

    Raises:
        Refused: the folder is not empty, or a program is missing.
    """
    at = at or timezone.now()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise Refused(_("%(folder)s is not empty. Give a folder of its own to each backup.") % {"folder": folder})
    tell("Writing the database ...")
    engine = connection.vendor
    dump = folder / DUMPS[engine]
    counts = _dump_sqlite(dump) if engine == "sqlite" else _dump_postgresql(dump)
    dump.chmod(0o600)
    files = dict(_copy_files(folder, tell))
    manifest = {
        "form": FORM,
        "made_at": moment(at),
        "engine": engine,
        "dump_sha256": digest_of_file(dump),
        "rows": counts,
        "files": files,
        "left_out": "SECRET_KEY, RESTRICTED_KEYS and passwords of servers: they come from the environment or the folder keys. Rendered sections and mails.",
    }
    # Written last: a folder without it is no backup.
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    Backup.objects.create(made_at=at, folder=str(folder.resolve()), engine=engine)
    return manifest


def restore(folder: Path, tell: Tell) -> dict[str, Any]:
    """Put a backup into an empty database and empty stores.

    Returns:
        Its manifest.

    Raises:
        Refused: it is none, it is damaged, it is of another database, or this machine holds records already.
    """
    manifest = read_manifest(folder)
    check_empty()
    tell("Checking the backup ...")
    check_whole(folder, manifest)
    tell("Restoring the database ...")
    dump = folder / DUMPS[manifest["engine"]]
    if connection.vendor == "sqlite":
        _load_sqlite(dump)
    else:
        _load_postgresql(dump)
    found = count_rows()
    if found != manifest["rows"]:
        differing = sorted(table for table in manifest["rows"] if found.get(table) != manifest["rows"][table])
        raise Refused(_("Not all rows arrived. They differ in: %(tables)s.") % {"tables": ", ".join(differing)})
    for number, name in enumerate(manifest["files"], start=1):
        store, _slash, inside = name.partition("/")
        with (folder / "files" / name).open("rb") as opened:
            storages[_store_called(store)].save(inside, File(opened))
        _tell_how_far(tell, number, len(manifest["files"]))
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a backup says is in it.

    Raises:
        Refused: it is none, or of another database than this installation uses.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refused(
            _("%(folder)s is no backup: it has no readable %(name)s.") % {"folder": folder, "name": MANIFEST}
        ) from None
    if manifest["engine"] != connection.vendor:
        raise Refused(
            _("This backup is of %(theirs)s and this installation uses %(ours)s. Restore it there, then use move_database.")
            % {"theirs": manifest["engine"], "ours": connection.vendor}
        )
    return manifest


def check_whole(folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse a backup of which anything is missing or changed.

    Raises:
        Refused: naming the first such file.
    """
    expected = {DUMPS[manifest["engine"]]: manifest["dump_sha256"]}
    expected.update({f"files/{name}": sha256 for name, sha256 in manifest["files"].items()})
    for name, sha256 in expected.items():
        path = folder / name
        if not path.is_file():
            raise Refused(_("The backup lacks %(name)s.") % {"name": name})
        if digest_of_file(path) != sha256:
            raise Refused(_("In the backup %(name)s is not what it was when it was made.") % {"name": name})


def check_empty() -> None:
    """Refuse to restore over anything.

    Raises:
        Refused: the database has tables or a store has files.
    """
    if connection.introspection.table_names():
        raise Refused(_("The database is not empty. Restore into an empty one."))
    for store, folder in FOLDERS.items():
        if next(stored_in(store), None) is not None:
            raise Refused(_("There are files in the %(store)s store already. Restore into an empty one.") % {"store": folder})


def count_rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 (names that the database gave)
            counts[table] = cursor.fetchone()[0]
    return counts


def _dump_sqlite(dump: Path) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(dump)])
    link = sqlite3.connect(dump)
    try:
        tables = sorted(connection.introspection.table_names())
        return {table: link.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608
    finally:
        link.close()


def _load_sqlite(dump: Path) -> None:
    """Put the copy where the database is. What an earlier database left beside it would be taken for its own."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("-wal", "-shm"):
        Path(f"{name}{ending}").unlink(missing_ok=True)
    shutil.copyfile(dump, name)
    os.chmod(name, 0o600)


def _dump_postgresql(dump: Path) -> dict[str, int]:
    """Dump and count in one snapshot, so that what is written meanwhile is in neither."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        what = ["--format=custom", "--no-owner", "--no-privileges", "--snapshot", snapshot, "--file", str(dump)]
        with _refusing("pg_dump"):
            subprocess.run(["pg_dump", *what, "--dbname", _database_address()], **_quietly())  # noqa: S603, S607
        return count_rows()


def _load_postgresql(dump: Path) -> None:
    how = ["--no-owner", "--exit-on-error", "--dbname", _database_address()]
    with _refusing("pg_restore"):
        subprocess.run(["pg_restore", *how, str(dump)], **_quietly())  # noqa: S603, S607


def _quietly() -> dict[str, Any]:
    """How one of PostgreSQL's programs is run. The password goes by the environment: arguments are seen by everybody on the machine."""
    password = str(connection.settings_dict.get("PASSWORD") or "")
    return {"env": {**os.environ, "PGPASSWORD": password}, "capture_output": True, "text": True, "check": True}


@contextmanager
def _refusing(program: str) -> Iterator[None]:
    """Say in words why a program of PostgreSQL did nothing.

    Raises:
        Refused: it is not installed, or it failed; with its last line.
    """
    try:
        yield
    except FileNotFoundError:
        raise Refused(_("%(program)s is not installed. Install PostgreSQL's client programs.") % {"program": program}) from None
    except subprocess.CalledProcessError as problem:
        said = (problem.stderr.strip().splitlines() or [""])[-1]
        raise Refused(_("%(program)s failed: %(said)s") % {"program": program, "said": said}) from problem


def _database_address() -> str:
    """The database as PostgreSQL's programs are told of it, without the password."""
    settings = connection.settings_dict
    parts = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "dbname": settings["NAME"]}
    return " ".join(f"{name}='{value}'" for name, value in parts.items() if value)


def _copy_files(folder: Path, tell: Tell) -> Iterator[tuple[str, str]]:
    """Copy every stored file; each with its checksum."""
    for store, called in FOLDERS.items():
        for number, name in enumerate(stored_in(store), start=1):
            target = folder / "files" / called / name
            target.parent.mkdir(parents=True, exist_ok=True)
            found = hashlib.sha256()
            with storages[store].open(name, "rb") as opened, target.open("wb") as written:
                for block in iter(lambda: opened.read(BLOCK), b""):
                    found.update(block)
                    written.write(block)
            yield f"{called}/{name}", found.hexdigest()
            if number % EVERY == 0:
                tell(f"{number} {called} files copied ...")


def _store_called(folder: str) -> str:
    return next(store for store, called in FOLDERS.items() if called == folder)


def _tell_how_far(tell: Tell, number: int, total: int) -> None:
    if number % EVERY == 0 or number == total:
        tell(f"{number} of {total} files restored ...")
