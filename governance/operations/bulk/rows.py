"""Writing the rows of one table at once, by COPY where the database has it. Keys are taken beforehand, so that rows can name each other."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, connections, models
from django.db.models import Model

AT_ONCE = 1000
"""Keys that are taken in one query. Those that are left over are never given: a sequence may have gaps."""

NEXT_KEYS = """
    SELECT nextval(sequence) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) AS named, generate_series(1, %s)
"""
"""The sequence is looked for once, not once a key."""

TAKEN_AS_THEY_ARE = {
    *(
        models.AutoField,
        models.BigAutoField,
        models.IntegerField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
    ),
    *(models.BooleanField, models.CharField, models.SlugField, models.TextField, models.ForeignKey, models.OneToOneField),
    *(models.DateField, models.DateTimeField, models.UUIDField),
}
PLAIN = {str, int, bool, type(None)}
OF_TIME = {date, datetime, UUID}
NEVER: set[type] = set()
"""Values of these kinds of columns and these very classes stand in the database as they are, those of the second on PostgreSQL alone. All others are prepared
as Django does, which costs more than writing them."""


def new_keys(model: type[Model]) -> Iterator[int]:
    """Keys for new rows of a table, for ever. On SQLite they are only right while nobody else adds to the table: in one transaction, and after all single rows."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        while True:
            with connection.cursor() as cursor:
                cursor.execute(NEXT_KEYS, [f'"{table}"', model._meta.pk.column, AT_ONCE])
                taken = [row[0] for row in cursor.fetchall()]
            yield from taken
    last = _last_of_sqlite(table)
    while True:
        last += 1
        yield last


def _last_of_sqlite(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def write_rows(model: type[Model], rows: Sequence[Any]) -> None:
    """Insert rows into the table of a class alone, not into those of its parents: each has its key already.

    Args:
        model: whose table it is; the rows may be of a class below it, or anything that holds a value for each column.
    """
    if not rows:
        return
    columns = model._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    values = _values(columns, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
                for value in values:
                    copying.write_row(value)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values))  # noqa: S608 (our own names)


def _values(columns: Sequence[Any], rows: Iterable[Any]) -> Iterator[list[Any]]:
    """What each row holds, as the database takes it."""
    database = connections[connection.alias]
    held = attrgetter(*(column.attname for column in columns))
    plain = PLAIN | OF_TIME if database.vendor == "postgresql" else PLAIN
    ways = [(column.get_db_prep_save, plain if type(column) in TAKEN_AS_THEY_ARE else NEVER) for column in columns]
    for row in rows:
        yield [
            value if type(value) in as_it_is else prepared(value, database)
            for value, (prepared, as_it_is) in zip(held(row), ways, strict=True)
        ]
