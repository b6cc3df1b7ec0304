"""What every test may ask for."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.test import SimpleTestCase

import pytest
from hypothesis import settings as examples

from config.state import TEST_FOLDER
from governance import standing_facts
from governance.look import build_look
from governance.models import BoardPage, User
from tests import building
from tests import kept as keeper
from tests.kept import kept
from tests.migrated import beside, drop, fill, start_migrated
from tests.restored import restoring
from tests.small_site import SmallSite, make_small_site

# A slow machine is no failure.
examples.register_profile("unhurried", deadline=None)
examples.load_profile("unhurried")

NEW_OBJECTS = 100_000
"""So many come into being before Python looks for those that nobody needs."""
# `own_database` is the address of one, for the processes that a test starts.
ASKS_FOR_A_DATABASE = frozenset({"db", "transactional_db", "live_server", "django_db_reset_sequences", "own_database"})


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through all of it for rubbish, again and again, took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def pytest_runtest_setup() -> None:
    """Each test begins with its first steps."""
    keeper.steps_left = keeper.STEPS_OF_A_TEST


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """No test is told what held in the database of another."""
    standing_facts.forget()


@pytest.fixture(scope="module", autouse=True)
def _own_steps() -> Iterator[None]:
    """Each file of tests takes its own steps."""
    yield
    keeper.forget_steps()


def pytest_sessionfinish() -> None:
    """Throw away the folder that this process made for itself."""
    if settings.VAR.name.startswith(TEST_FOLDER):
        shutil.rmtree(settings.VAR, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """On the second database only what touches a database has to run again."""
    parser.addoption("--only-database", action="store_true", help="run only the tests that touch a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, counted as deselected, what no database can change. pytest-django refuses any other test a database."""
    if not config.getoption("--only-database"):
        return
    left_out = [item for item in items if not touches_a_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if touches_a_database(item)]


def touches_a_database(item: pytest.Item) -> bool:
    """Whether a test asks for a database, by its marker, its class or any of its fixtures."""
    of_django = isinstance(item, pytest.Function) and item.cls is not None and issubclass(item.cls, SimpleTestCase)
    asked = ASKS_FOR_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(of_django or asked or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def migrated_database(django_db_modify_db_settings: None) -> Iterator[None]:
    """The database of this process, as the migrations leave it."""
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    if connection.vendor == "sqlite":
        # It is in memory, and Django finds it for as long as somebody holds it open.
        with closing(sqlite3.connect(name, uri=True)) as memory:
            fill(memory)
            yield
        return
    address = beside(os.environ["DATABASE_URL"], name)
    start_migrated(address)
    yield
    connection.close()
    drop(address)


@pytest.fixture(scope="session")
def django_db_keepdb(migrated_database: None) -> bool:
    """Django finds a database that is there already. It migrates that too, and what follows a migrate runs."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, which a test that commits leaves as it found it."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(restoring())
        yield


@pytest.fixture(scope="session")
def look() -> None:
    """The print fonts, for every test that builds a pack."""
    build_look(settings.ROOT)


@pytest.fixture
def clerk(db: None) -> User:
    """A democratic services editor with every right."""
    return kept("clerk", building.make_user)


@pytest.fixture
def board(clerk: User) -> BoardPage:
    """A live Health and Wellbeing Board on an open site."""
    return kept("board", lambda: building.make_board(clerk))


@pytest.fixture
def small_site(db: None) -> SmallSite:
    """One record of every kind, and one draft of everything."""
    return kept("small site", make_small_site)


@pytest.fixture
def private() -> Any:
    """The private store."""
    return storages["private"]


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The address of a database of the engine under test, for processes that may be killed. It is not there yet."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'drill.sqlite3'}"
        return
    own = beside(address, f"drill_{os.getpid()}")
    yield own
    drop(own)
