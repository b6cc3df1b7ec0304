"""Six people at one agenda at once, and kill -9 while an agenda is published."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

WRITERS = 6
TURNS = {"small": 2, "full": 12, "long": 25}
ROUNDS = {"small": 3, "full": 25, "long": 50}


def test_six_people_at_one_agenda_all_succeed_and_leave_it_whole(own_database: str, tmp_path: Path) -> None:
    said = played(
        "tests.drills.agenda_writers",
        str(WRITERS),
        str(TURNS[drilled()]),
        "3",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    assert said["wrong"] == []
    assert said["done"] == WRITERS * TURNS[drilled()]
    assert said["faults"] == []
    assert said["items"] >= WRITERS


def test_an_agenda_killed_at_any_moment_is_public_or_not(own_database: str, tmp_path: Path) -> None:
    said = played(
        "tests.drills.agenda_rounds",
        str(ROUNDS[drilled()]),
        "7",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    keep(said, over="publish", half=len(said["half"]) + len(said["gaps"]))
    assert (said["half"], said["gaps"]) == ([], [])
    assert said["whole"] + said["nothing"] == ROUNDS[drilled()]
    assert said["nothing"], "every child was killed after its work: the drill shows nothing"
