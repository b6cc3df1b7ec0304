"""kill -9 at random moments of an import: all of it is there afterwards, or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

ROUNDS = {"small": 6, "full": 50}


def test_an_import_killed_at_any_moment_is_whole_or_not_there(own_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": own_database,
        "RESOLVED_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{settings.ROOT}{os.pathsep}{settings.ROOT / 'site'}",
    }
    python = [sys.executable]
    subprocess.run([*python, "manage.py", "migrate", "-v0"], cwd=settings.ROOT, env=environment, check=True)
    rounds = ROUNDS[os.environ.get("RESOLVED_DRILL", "small")]
    drill = [*python, "-m", "tests.drills.rounds", str(rounds), "7"]
    done = subprocess.run(drill, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    print(said)  # noqa: T201
    assert said["engine"] == ("postgresql" if own_database.startswith("postgres") else "sqlite")
    assert said["half"] == []
    assert (said["gaps"], said["unwritten"]) == (False, 0)
    assert said["whole"] + said["nothing"] == rounds
    assert said["whole"] and said["nothing"], "the moments missed the import: the drill shows nothing"


def test_the_engine_under_test_is_the_one_that_was_asked_for() -> None:
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
