"""kill -9 at random moments of confirming minutes: they are confirmed with all that belongs to it, or not at all."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 5, "full": 25, "long": 50}


def test_minutes_are_confirmed_whole_or_not_at_all(own_database: str, tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.confirming_rounds",
        str(rounds),
        "7",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    keep(said, over="confirm", half=len(said["half"]))
    assert said["half"] == []
    assert said["whole"] + said["nothing"] == rounds
    assert said["whole"] and said["nothing"], "the moments missed the confirmation: the drill shows nothing"
