"""What printing tests share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sections_kept(look: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of rendered sections that tests share."""
    return tmp_path_factory.mktemp("annual")
