"""Run in a process of its own: publish without a pause, and meanwhile copy what a power cut would leave on the disk.

The database file and its log are copied without asking anybody, as they are at that instant; each copy is opened and proved.
Prints one JSON object: how many copies there were, how much each held, and every one that is not whole.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from governance.models import BoardPage, User  # noqa: E402
from tests import building  # noqa: E402

DATABASE = Path(str(settings.DATABASES["default"]["NAME"]))


def publish_without_a_pause() -> None:
    """One promise after another."""
    board, clerk, number = BoardPage.objects.get(), User.objects.get(), 0
    while True:
        number += 1
        building.make_action(board, clerk, f"Promise {number}")


def copy_at_this_instant(folder: Path) -> Path:
    """The database and its log as they are on the disk. The log last, as a disk may have written it."""
    folder.mkdir()
    for name in (DATABASE.name, f"{DATABASE.name}-wal"):
        file = DATABASE.with_name(name)
        if file.exists():
            shutil.copyfile(file, folder / name)
    return folder / DATABASE.name


def wrong_with(copy: Path) -> str:
    """What is not whole in a copy."""
    with closing(sqlite3.connect(copy)) as link:
        if (found := link.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            return str(found)
        if link.execute("PRAGMA foreign_key_check").fetchall():
            return "a row refers to one that is not there"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{copy}"}
    command = [sys.executable, "manage.py", "verify_records"]
    said = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    return "" if "Everything agrees." in said.stdout else said.stdout + said.stderr


def held_by(copy: Path) -> int:
    """How many promises are public in it."""
    with closing(sqlite3.connect(copy)) as link:
        return int(link.execute("SELECT count(*) FROM governance_actionpage WHERE reference IS NOT NULL").fetchone()[0])


def main(rounds: int, seed: int) -> None:
    """So many copies."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with transaction.atomic():
        building.make_board(building.make_user())
    connections.close_all()
    writer = os.fork()
    if writer == 0:
        publish_without_a_pause()
    # The writer's checkpoints move pages from the log into the file; a disk that is cut off in one has both.
    copies = []
    for number in range(rounds):
        time.sleep(0.2 + chance.random())
        os.kill(writer, signal.SIGSTOP)
        copies.append(copy_at_this_instant(DATABASE.parent / f"copy-{number}"))
        os.kill(writer, signal.SIGCONT)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    wrong = [found for copy in copies if (found := wrong_with(copy))]
    print(  # noqa: T201
        json.dumps(
            {"copies": len(copies), "held": [held_by(copy) for copy in copies], "wrong": wrong, "engine": connection.vendor}
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
