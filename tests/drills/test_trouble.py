"""A database that is full, held or away: “try again in a minute”, with what was typed, and the records are whole."""

from pathlib import Path

import pytest

from tests.drills.playing import played

TOLD = {"status": 503, "retry": "60", "says": True, "gives_back": True, "kept_by_nobody": True}


@pytest.fixture
def said(own_database: str, tmp_path: Path) -> dict[str, dict[str, object]]:
    """What the drill found."""
    return played(
        "tests.drills.troubled_rounds",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )


def test_trouble_with_the_database_is_a_page_that_gives_back_what_was_typed(said: dict[str, dict[str, object]]) -> None:
    for trouble in ("full", "held", "gone"):
        assert said[trouble] == {**TOLD, "afterwards": 302, "kept": 1}, trouble
    assert said["agrees"]
