"""kill -9 at random moments of importing a folder: it goes on where it stopped, and keeps nothing twice."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 2, "full": 4, "long": 10}


def test_a_folder_goes_on_after_a_death_and_is_kept_once(own_database: str, tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.folder_rounds",
        str(rounds),
        "7",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    keep(said, over="import of a folder", half=len(said["half"]), lost=said["missing"], twice=said["twice"])
    assert (said["half"], said["twice"], said["missing"], said["tree"]) == ([], 0, 0, [])
    assert said["killed"] == rounds
