"""What every drill needs."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.migrated import drop


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The address of a database of the engine under test, for processes that may be killed. It is not there yet."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'drill.sqlite3'}"
        return
    own = urlsplit(address)._replace(path=f"/drill_{os.getpid()}").geturl()
    yield own
    drop(own)
