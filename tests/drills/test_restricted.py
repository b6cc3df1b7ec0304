"""kill -9 of a worker over what is not for publication: nothing lies open afterwards, nothing is half, the work is taken up again."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": (1, 1), "full": (1, 2), "long": (2, 6)}
STAGES = {"check of restricted papers": 7, "build of closed parts": 4, "making of sealed copies": 7}


def test_a_worker_killed_over_restricted_work_leaves_nothing_open_and_nothing_half(own_database: str, tmp_path: Path) -> None:
    rounds, at_random = ROUNDS[drilled(engine_matters=False)]
    said = played(
        "tests.drills.restricted_rounds",
        str(rounds),
        str(at_random),
        "5",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    asked = {name: rounds * stages + at_random for name, stages in STAGES.items()}
    lost = sum(asked.values()) - sum(said["done"].values())
    keep(said, over="restricted work", half=len(said["seen"]), lost=lost)
    assert said["seen"] == []
    assert said["done"] == asked
    # All stages but the last of the checks and the copies leave a row to be taken up; so do all of the builds.
    assert all(said["left"][name] >= rounds * (stages - 1) for name, stages in STAGES.items())
    # That it was looked for where it lies open for a while shows that the search finds it.
    assert said["lay_open"] >= rounds * 6
    assert said["left_files"] >= rounds * 6
    assert said["files_too_many"] == 0
