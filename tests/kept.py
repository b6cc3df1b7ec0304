# ruff: noqa: S608  # Every name in these statements is a table or column of our own models.
"""What a fixture wrote, kept as rows: the first test makes it through the operations, the next ones get the same rows put back.

Making a board takes hundreds of queries, and most tests want one. What is put back is what was made in this very run, on the same database
in the same state and on the same day; whenever one of these differs, it is made anew.
"""

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from governance.operations.ledger import Head

T = TypeVar("T")
P = ParamSpec("P")
Row = tuple[Any, ...]
Rows = dict[str, dict[Any, Row]]
"""Every row of every table, by its primary key."""

MADE_BY_THE_DATABASE = frozenset({"SQLiteFTSIndexEntry", "PublicChange", "PublicGeneration"})
STATES_OF_ONE = 3
"""As many states of the database as a fixture is kept for."""
ROWS_AT_ONCE = 50


@dataclass(frozen=True)
class Kept:
    """What was made once.

    Attributes:
        before, after: the database without and with it.
        made: what the fixture returned.
        at: when it was done, by the clock of the test: before that its rows would lie in the future.
    """

    before: Rows
    after: Rows
    made: Any
    at: datetime


_kept: dict[str, list[Kept]] = {}
STEPS_OF_A_TEST = 5
"""So many first steps of a test are kept. A test that makes more makes a state of its own, which no other test will want."""
STEP = "step: "
steps_left = 0
"""None outside a test: what a test starts makes its own rows."""


def kept(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, with its rows in the database.

    Args:
        name: the fixture's.
        make: writes rows and nothing else, no files and no mail.
    """
    before = all_rows()
    for one in _kept.get(name, ()):
        if one.before == before and _is_the_same_time(one.at):
            put_back(one)
            return copy.deepcopy(one.made)
    made = make()
    _kept[name] = [Kept(before, all_rows(), copy.deepcopy(made), timezone.now()), *_kept.get(name, ())][:STATES_OF_ONE]
    return made


def kept_step(make: Callable[P, T]) -> Callable[P, T]:
    """Have a function of `building` give back the rows it wrote when it is told the same, once more, over the same database.

    Only in tests that are rolled back: elsewhere the rows of others stand beside them, and reading them all would cost more than it saves.

    Args:
        make: its first argument is the page that what it makes stands below.
    """

    @functools.wraps(make)
    def made(*given: P.args, **fields: P.kwargs) -> T:
        global steps_left
        if steps_left == 0 or not connection.in_atomic_block:
            return make(*given, **fields)
        steps_left -= 1
        told = f"{STEP}{make.__name__} {_told(given)} {_told(fields)}"
        page = kept(told, lambda: make(*given, **fields))
        # The page above counts what stands below it, and a page below is placed by that count.
        cast("Model", given[0]).refresh_from_db(fields=["numchild"])
        return page

    return made


def forget_steps() -> None:
    """Forget what steps wrote: another file of tests takes other steps, and all these rows would fill the memory."""
    for name in [name for name in _kept if name.startswith(STEP)]:
        del _kept[name]


def _told(value: Any) -> str:
    """An argument in words that are the same for the same rows."""
    if isinstance(value, Model):
        return f"{value._meta.label}:{value.pk}"
    if isinstance(value, dict):
        return str([(name, _told(inner)) for name, inner in sorted(value.items())])
    return str([_told(inner) for inner in value]) if isinstance(value, list | tuple) else repr(value)


def _is_the_same_time(at: datetime) -> bool:
    """Whether rows that were done then may stand for rows made now: a test may have moved the clock."""
    now = timezone.now()
    return timedelta(0) <= now - at < timedelta(hours=1) and timezone.localdate(at) == timezone.localdate(now)


@functools.cache
def tables() -> tuple[tuple[str, str], ...]:
    """Every table that tests write with its primary key. Full text is a copy that the database itself makes, and it counts its changes itself."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy and model._meta.managed]
    return tuple(
        (model._meta.db_table, str(model._meta.pk.column)) for model in models if model.__name__ not in MADE_BY_THE_DATABASE
    )


@functools.cache
def _question_which_hold_anything() -> str:
    return " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table, _key in tables())


def all_rows() -> Rows:
    """Everything the database holds. Of some hundred tables most are empty, so that is asked first, of all at once."""
    found: Rows = {table: {} for table, _key in tables()}
    with connection.cursor() as cursor:
        cursor.execute(_question_which_hold_anything())
        holding = {table for (table,) in cursor.fetchall()}
        for table, key in tables():
            if table in holding:
                cursor.execute(f'SELECT "{key}", * FROM "{table}"')
                found[table] = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
    return found


def put_back(one: Kept) -> None:
    """Write what was made: rows that were taken away, changed and added."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, key in tables():
            before, after = one.before[table], one.after[table]
            if before == after:
                continue
            for number in before.keys() - after.keys():
                cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [number])
            for number in (number for number in before.keys() & after.keys() if before[number] != after[number]):
                cursor.execute(f'SELECT * FROM "{table}" WHERE false')
                columns = ", ".join(f'"{column[0]}" = %s' for column in cursor.description)
                cursor.execute(f'UPDATE "{table}" SET {columns} WHERE "{key}" = %s', [*after[number], number])
            new = [row for number, row in after.items() if number not in before]
            for start in range(0, len(new), ROWS_AT_ONCE):
                some = new[start : start + ROWS_AT_ONCE]
                places = ", ".join([f"({', '.join(['%s'] * len(some[0]))})"] * len(some))
                cursor.execute(f'INSERT INTO "{table}" VALUES {places}', [value for row in some for value in row])
    cache.clear()
    # What the transaction remembers of the ledger was added before these rows.
    connection.run_on_commit = [waiting for waiting in connection.run_on_commit if not isinstance(waiting[1], Head)]
