"""kill -9 at random moments of publishing what was scheduled: it is public with all that belongs to it, or waits for the next worker."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 4, "full": 12, "long": 20}


def test_what_was_scheduled_is_public_or_still_waits(own_database: str, tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.scheduled_rounds",
        str(rounds),
        "7",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    keep(said, over="publish on schedule", half=len(said["half"]))
    assert said["half"] == []
    assert said["whole"] + said["nothing"] == rounds
    assert said["whole"] and said["nothing"], "the moments missed the publication: the drill shows nothing"
