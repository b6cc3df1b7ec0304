"""The database of a test that commits, put back as the setup left it.

Django empties such a database and lets everything follow that follows a migrate. That takes seconds with some hundred tables, and the
triggers would have to step aside for it; a copy is back in a fraction of one. On PostgreSQL its keys are counted on from where they were:
rows that `kept` puts back have keys that were given out once, and no new row may get one of these.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from django.db import connection, connections
from django.test import TransactionTestCase

import psycopg

from tests.migrated import beside, copy_database, drop

COUNTED = "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences WHERE last_value IS NOT NULL"
COUNT_ON = "SELECT setval(name::regclass, last) FROM unnest(%s::text[], %s::bigint[]) AS counted(name, last)"


@contextmanager
def restoring() -> Iterator[None]:
    """Keep a copy of the test database as it is now, and let every test that commits start the next from it."""
    emptying = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    with _sqlite() if connection.vendor == "sqlite" else _postgresql() as restore:
        TransactionTestCase._fixture_teardown = lambda case: restore()  # type: ignore[attr-defined]
        try:
            yield
        finally:
            TransactionTestCase._fixture_teardown = emptying  # type: ignore[attr-defined]


@contextmanager
def _sqlite() -> Iterator[Callable[[], None]]:
    with closing(sqlite3.connect(":memory:")) as kept:
        connection.ensure_connection()
        connection.connection.backup(kept)

        def restore() -> None:
            connection.ensure_connection()
            kept.backup(connection.connection)

        yield restore


@contextmanager
def _postgresql() -> Iterator[Callable[[], None]]:
    name = str(connection.settings_dict["NAME"])
    address, kept = (beside(os.environ["DATABASE_URL"], one) for one in (name, f"kept_{name}"))

    def restore() -> None:
        connections.close_all()
        with psycopg.connect(address) as link:
            counted = link.execute(COUNTED).fetchall()
        copy_database(kept, address)
        with psycopg.connect(address) as link:
            link.execute(COUNT_ON, [[name for name, _last in counted], [last for _name, last in counted]])

    connections.close_all()
    copy_database(address, kept)
    try:
        yield restore
    finally:
        drop(kept)
