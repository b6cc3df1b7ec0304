"""A drill plays over a database of its own, so it is played on both engines."""

import pytest

from tests.conftest import touches_a_database


def test_what_starts_programs_on_a_database_runs_on_both(request: pytest.FixtureRequest, own_database: str) -> None:
    assert own_database.startswith(("sqlite:///", "postgres"))
    assert touches_a_database(request.node)
