"""A power cut at any moment, on the embedded database: what is on the disk is whole and proves itself.

On PostgreSQL it is the server that recovers; its cluster for tests runs without waiting for the disk.
"""

from pathlib import Path

from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 3, "full": 8, "long": 20}


def test_what_a_power_cut_leaves_on_the_disk_is_whole(tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.power_rounds",
        str(rounds),
        "13",
        database=f"sqlite:///{tmp_path / 'cut.sqlite3'}",
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.embedded",
    )
    assert said["wrong"] == []
    assert said["held"] == sorted(said["held"]), "what was committed before is never lost"
    assert said["copies"] == rounds and said["held"][-1] > said["held"][0]
