"""Two people at one moment: the same address, the next number, publishing and withdrawing, deleting and adding below. One is done, the other done after it or refused in words."""

from pathlib import Path

from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 3, "full": 5, "long": 15}
PAIRS = 4


def test_two_at_one_moment_leave_no_half_and_nothing_twice(own_database: str, tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.racing_rounds",
        str(rounds),
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    assert said["faults"] == []
    assert said["wrong"] == []
    assert said["done"] + said["refused"] == 2 * PAIRS * rounds
    assert said["refused"] >= rounds, "nobody met: the drill shows nothing"
