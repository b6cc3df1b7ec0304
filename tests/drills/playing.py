"""Playing a drill: real processes over a database of their own, and what they say at the end."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.migrated import start_migrated


def played(
    drill: str, *arguments: str, database: str, var: Path, within: Sequence[str] = (), **environment: str
) -> dict[str, Any]:
    """What a drill found, which was played over a database that was empty before.

    Args:
        drill: the module that plays it; its last line is what it found, as JSON.
        arguments: what it is told.
        database: the address of the database.
        var: the folder of its state.
        within: a command that starts it, with surroundings of its own.
        environment: variables besides the usual ones.
    """
    given = {
        **os.environ,
        "DATABASE_URL": database,
        "RESOLVED_VAR": str(var),
        "PYTHONPATH": f"{settings.ROOT}{os.pathsep}{settings.ROOT / 'site'}",
        **environment,
    }
    start_migrated(database)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=settings.ROOT, env=given, check=True)
    done = subprocess.run(
        [*within, sys.executable, "-m", drill, *arguments],
        cwd=settings.ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(said)  # noqa: T201
    assert said["engine"] == ("postgresql" if database.startswith("postgres") else "sqlite")
    return said
