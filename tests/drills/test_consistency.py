"""Readers who also publish, withdraw and restrict, before two web processes and two workers: nobody is shown what was true before a commit that they asked after."""

import os
from pathlib import Path

from django.conf import settings

from tests.drills.playing import played
from tests.drills.sizes import drilled

SECONDS = {"small": 3, "full": 20, "long": 120}
SEED = 20261126


def test_no_reading_that_began_after_a_commit_shows_what_was_before_it(own_database: str, tmp_path: Path, look: None) -> None:
    paths = os.pathsep.join(str(settings.ROOT / folder) for folder in ("", "site", ".ci"))
    said = played(
        "tests.drills.consistency_rounds",
        str(SECONDS[drilled()]),
        str(SEED),
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
        PYTHONPATH=paths,
    )
    assert said["leaks"] == []
    assert said["otherwise"] == []
    for what in ("read", "unchanged", "published", "withdrawn", "restricted"):
        assert said["counts"].get(what, 0) > 0, f"nothing was {what}: the drill shows nothing"
