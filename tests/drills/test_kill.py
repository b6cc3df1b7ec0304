"""kill -9 at random moments of an import: all of it is there afterwards, or nothing."""

import os
from pathlib import Path

from django.db import connection

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 6, "full": 25, "long": 50}


def test_an_import_killed_at_any_moment_is_whole_or_not_there(own_database: str, tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.rounds",
        str(rounds),
        "7",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    keep(said, over="import", half=len(said["half"]) + said["gaps"], lost=said["unwritten"])
    assert said["half"] == []
    assert (said["gaps"], said["unwritten"]) == (False, 0)
    assert said["whole"] + said["nothing"] == rounds
    assert said["whole"] and said["nothing"], "the moments missed the import: the drill shows nothing"


def test_the_engine_under_test_is_the_one_that_was_asked_for() -> None:
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
