"""A backup restored on an empty machine is the same records, and says how long it took. On both databases."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

import psycopg

from tests.migrated import beside, drop, start_migrated

MAKE = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from tests.house.chain import make_chain
from tests import building
make_chain(building.make_user())
storages["private"].save("packs/proof.pdf", ContentFile(b"A pack."))
from governance.operations.checkpoints import make_checkpoint
make_checkpoint()
"""


def manage(database: str, var: Path, *command: str, given: str = "", ends_with: int = 0) -> str:
    """What a command says, over a database and a state folder of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "RESOLVED_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "PYTHONPATH": str(settings.ROOT),
    }
    whole = [sys.executable, "manage.py", *command]
    done = subprocess.run(whole, cwd=settings.ROOT, env=environment, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == ends_with, done.stdout + done.stderr
    return done.stdout + done.stderr


def make_empty(address: str) -> None:
    """An empty database at an address; on SQLite a file that is not there yet is one."""
    if address.startswith("postgres"):
        drop(address)
        with psycopg.connect(beside(address, "postgres"), autocommit=True) as link:
            link.execute(f'CREATE DATABASE "{urlsplit(address).path.removeprefix("/")}"')


def empty_database(database: str, folder: Path) -> str:
    """The address of another empty database of the same engine."""
    if database.startswith("sqlite"):
        return f"sqlite:///{folder / 'restored.sqlite3'}"
    other = beside(database, f"restored_{os.getpid()}")
    make_empty(other)
    return other


def test_a_backup_restored_on_an_empty_machine_proves_itself(own_database: str, tmp_path: Path) -> None:
    first, second, folder = tmp_path / "first", tmp_path / "second", tmp_path / "backup"
    start_migrated(own_database)
    manage(own_database, first, "migrate", "-v0")
    manage(own_database, first, "shell", "-v0", given=MAKE)
    said = manage(own_database, first, "backup", str(folder))
    assert "Not in it: SECRET_KEY" in said
    assert not list(folder.rglob("*secret*"))
    assert "is not empty" in manage(own_database, first, "backup", str(folder), ends_with=1)
    assert "The database is not empty" in manage(own_database, first, "restore", str(folder), ends_with=1)
    other = empty_database(own_database, tmp_path)
    packed = folder / "files/private/packs/proof.pdf"
    packed.write_bytes(b"A peck.")
    refused = manage(other, second, "restore", str(folder), ends_with=1)
    assert "files/private/packs/proof.pdf is not what it was" in refused
    packed.write_bytes(b"A pack.")
    said = manage(other, second, "restore", str(folder))
    print(re.search(r"Restored and verified.*", said))  # noqa: T201
    assert "Everything agrees." in said
    assert (second / "private/packs/proof.pdf").read_bytes() == b"A pack."
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["governance_ledgerentry"] > 10
    assert "no issues" in manage(other, second, "check", "--database", "default")
