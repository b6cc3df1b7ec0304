"""Folders of work: held while somebody works in them, gone at the next sweep after a kill."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

from django.utils import timezone

from minutes.operations.work_folders import LOCK, own_folder, prune_work, work_folder

HOLD = """
import fcntl, sys, time
lock = open(sys.argv[1], "wb")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_a_folder_is_kept_while_its_worker_lives_and_swept_once_it_is_killed() -> None:
    folder = work_folder() / "of-a-worker"
    folder.mkdir()
    (folder / "source").write_bytes(b"open words")
    worker = subprocess.Popen([sys.executable, "-c", HOLD, str(folder / LOCK)], stdout=subprocess.PIPE)
    assert worker.stdout is not None and worker.stdout.readline() == b"held\n"
    later = timezone.now() + timedelta(minutes=2)
    assert prune_work(at=later) == 0 and folder.exists()
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    assert prune_work() == 0, "it was made just now"
    assert prune_work(at=later) == 1
    assert not folder.exists()


def test_what_was_made_is_gone_when_the_work_ends() -> None:
    with own_folder() as folder:
        (folder / "source").write_bytes(b"open words")
        assert prune_work(at=timezone.now() + timedelta(days=1)) == 0 and folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
