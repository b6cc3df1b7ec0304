"""A disk with no room left, a real one: the pack fails with that sentence, nothing half is left, and the site serves on."""

import os
import shutil
import subprocess
from pathlib import Path

from minutes.enums import PackState
from tests.drills.playing import played
from tests.drills.sizes import drilled

# Root needs no map of users; within one it would be kept from what belongs to others, such as the folder of the database's socket.
OWN_MOUNTS = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--mount")
EVERY = (0, 2_000, 8_000, 20_000, 40_000, 60_000, 80_000, 120_000, 180_000, 8_000_000)
LEFT = {"small": (20_000, 120_000), "full": EVERY, "long": EVERY}
"""Bytes that are left: the disk is full at the first section, while sections are printed, when they are joined, when the pack is stored."""
ENOUGH = 1_000_000


def may_mount() -> bool:
    """Whether this machine gives a process mounts of its own; within some containers it does not."""
    program = shutil.which(OWN_MOUNTS[0])
    asked = [*OWN_MOUNTS, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return program is not None and subprocess.run(asked, check=False, capture_output=True).returncode == 0


def test_a_full_disk_fails_the_pack_and_nothing_else(own_database: str, tmp_path: Path) -> None:
    assert may_mount(), (
        "No process may mount a disk here, so this was not tried: let this machine give processes mounts of their own."
    )
    left = LEFT[drilled(engine_matters=False)]
    said = played(
        "tests.drills.full_disk_rounds",
        *map(str, left),
        database=own_database,
        var=tmp_path / "var",
        within=OWN_MOUNTS,
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    assert said["seen"] == []
    assert said["stored"] == said["packs"] == len(left) + 1
    for room, (state, failure) in zip(left, said["became"], strict=True):
        if room < ENOUGH:
            assert (state, failure[:33]) == (PackState.FAILED, "There is no room left on the disk"), (room, failure)
        else:
            assert state == PackState.ISSUED
