"""kill -9 of a worker at each stage of the check of a paper: nothing half is ever pointed at, the check is made again, and told once."""

from pathlib import Path

from tests.drills.check_rounds import STAGES
from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": (1, 2), "full": (3, 6), "long": (5, 15)}


def test_a_worker_killed_at_any_stage_of_a_check_leaves_nothing_half(own_database: str, tmp_path: Path) -> None:
    rounds, at_random = ROUNDS[drilled(engine_matters=False)]
    said = played(
        "tests.drills.check_rounds",
        str(rounds),
        str(at_random),
        "5",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    files = rounds * len(STAGES) + at_random + 1
    keep(said, over="check of papers", half=len(said["seen"]), lost=files - said["ready"])
    assert said["seen"] == []
    assert (said["files"], said["ready"], said["stored"], said["entries"]) == (files,) * 4
    # All stages but the last leave a row to be taken up again.
    assert said["left_checking"] >= rounds * (len(STAGES) - 1)
    assert said["folders"] == 0
