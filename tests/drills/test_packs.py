"""kill -9 of a worker at each stage of a pack: no half file is ever seen, the pack is taken up again, everybody is told once."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.pack_rounds import MEMBERS, STAGES
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": (1, 2), "full": (2, 6), "long": (4, 15)}


def test_a_worker_killed_at_any_stage_leaves_nothing_half(own_database: str, tmp_path: Path) -> None:
    rounds, at_random = ROUNDS[drilled(engine_matters=False)]
    said = played(
        "tests.drills.pack_rounds",
        str(rounds),
        str(at_random),
        "5",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    packs = rounds * len(STAGES) + at_random + 1
    keep(said, over="pack build", half=len(said["seen"]), lost=packs - said["packs"])
    assert said["seen"] == []
    assert (said["packs"], said["readable"], said["entries"], said["files"]) == (packs,) * 4
    assert said["dispatches"] == said["mails"] == packs * MEMBERS
    # All stages but the last leave a row to be taken up again, and two of them leave a file that nothing points to.
    assert said["left_building"] >= rounds * (len(STAGES) - 1)
    assert said["left_files"] >= rounds * 2
