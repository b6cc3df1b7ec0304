"""Records in SQLite are served from one machine; the second is refused in a sentence. On PostgreSQL any number serve."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

import pytest

from governance import one_host
from governance.one_host import hold, kind_of_file_system
from tests.config.test_starting import ROOT

HERE, THERE = "boot-1 hall", "boot-2 annexe"
MOUNTS = (
    "/dev/sda / ext4 rw 0 0\nserver:/records /srv/the\\040records nfs4 rw 0 0\n/dev/sdb /srv/the\\040records/own xfs rw 0 0\n"
)
START = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings.embedded'; import config.wsgi"


def test_processes_of_one_machine_hold_it_together_and_another_machine_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "served-from"
    with hold(path, HERE), hold(path, HERE), pytest.raises(ImproperlyConfigured, match="served from hall already"):
        hold(path, THERE)
    with hold(path, THERE), pytest.raises(ImproperlyConfigured, match=r"served from annexe already\. Set DATABASE_URL"):
        hold(path, HERE)


@pytest.mark.parametrize(
    ("file", "kind"),
    [("/var/records.sqlite3", "ext4"), ("/srv/the records/one.sqlite3", "nfs4"), ("/srv/the records/own/one.sqlite3", "xfs")],
)
def test_the_kind_of_file_system_is_that_of_the_nearest_mount(file: str, kind: str) -> None:
    assert kind_of_file_system(Path(file), MOUNTS) == kind


def test_a_database_on_a_network_file_system_is_refused(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/records {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(one_host, "MOUNTS", mounts)
    near = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "records.sqlite3"}
    monkeypatch.setitem(settings.DATABASES, "default", near)
    with pytest.raises(ImproperlyConfigured, match=r"network file system \(nfs4\)"):
        one_host.serve_from_here()
    monkeypatch.setitem(settings.DATABASES, "default", {**near, "ENGINE": "django.db.backends.postgresql"})
    one_host.serve_from_here()


def _serve_elsewhere(path: Path, ready: Any, over: Any) -> None:
    with hold(path, THERE):
        ready.set()
        over.wait(60)


def test_a_second_web_host_does_not_start(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("fork")
    ready, over = processes.Event(), processes.Event()
    other = processes.Process(target=_serve_elsewhere, args=(tmp_path / "records.sqlite3-served-from", ready, over))
    other.start()
    try:
        assert ready.wait(60)
        paths = f"{ROOT}{os.pathsep}{ROOT / 'site'}"
        given = {**os.environ, "RESOLVED_VAR": str(tmp_path), "DATABASE_URL": "", "PYTHONPATH": paths}
        told = subprocess.run([sys.executable, "-c", START], env=given, capture_output=True, text=True, check=False)
    finally:
        over.set()
        other.join()
    assert told.returncode != 0
    assert told.stderr.strip().splitlines()[-1].endswith("served from annexe already. " + one_host.INSTEAD)
