"""What every drill needs."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest


@pytest.fixture
def own_database(tmp_path: Path) -> str:
    """The address of an empty database of the engine under test, for processes that may be killed."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return f"sqlite:///{tmp_path / 'drill.sqlite3'}"
    name = f"drill_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{name}"')
        link.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))
