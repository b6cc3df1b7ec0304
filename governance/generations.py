"""The public generation: a number that the database raises in the very transaction that changes something public.

Triggers raise it, so `update()` and plain SQL are seen too. Every table raises it, unless an app says why that table changes nothing public:
a new table cannot be forgotten. See decision 119.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import F, Model

from governance.models import PublicChange, PublicGeneration
from governance.registering import NamedAdditions

NUMBERS, CHANGES = PublicGeneration._meta.db_table, PublicChange._meta.db_table
ASKED = f"SELECT number + (SELECT COUNT(*) FROM {CHANGES}) FROM {NUMBERS} WHERE id = 1"  # noqa: S608 (our own names)
FUNCTION = "raise_public_generation"
OPERATIONS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Unseen:
    """What of a table the public never sees.

    Attributes:
        because: why, for whoever reads the list.
        columns: those that change nothing public; empty for the whole table.
    """

    because: str
    columns: frozenset[str] = frozenset()


unseen: NamedAdditions[str, Unseen] = NamedAdditions("is unseen")
"""By table. Apps add theirs in `AppConfig.ready()`."""


def leave_out(because: str, *tables: str) -> None:
    """Say that these tables change nothing that the public sees.

    Raises:
        ValueError: one is left out already.
    """
    for table in tables:
        unseen.add(table, Unseen(because))


def leave_out_columns(table: str, because: str, *columns: str) -> None:
    """Say that a change of these columns alone changes nothing that the public sees.

    Raises:
        ValueError: the table was named already.
    """
    unseen.add(table, Unseen(because, frozenset(columns)))


def public_generation() -> int | None:
    """The number of what is public now. One query; the same number is the same state of everything that is public.

    Returns:
        None in a database that does not count, because its row is gone: then nothing may be kept.
    """
    with connections[router.db_for_read(PublicGeneration)].cursor() as cursor:
        cursor.execute(ASKED)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def count_changes() -> int:
    """Count the changes that stand in rows of their own into the number, which stays the same in all. For the worker.

    Returns:
        How many there were.
    """
    with transaction.atomic():
        counted, _each = PublicChange.objects.all().delete()
        if counted:
            PublicGeneration.objects.filter(pk=1).update(number=F("number") + counted)
    return counted


def watched() -> Mapping[str, type[Model]]:
    """The tables whose changes raise the number, with a model of each."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        left = unseen.get(table)
        if model._meta.managed and not model._meta.proxy and not (left and not left.columns):
            found[table] = model
    return {table: model for table, model in found.items() if table not in {NUMBERS, CHANGES}}


def install(using: str = "default") -> None:
    """Install every trigger. Safe to run again."""
    vendor = connections[using].vendor
    statements = [f"INSERT INTO {NUMBERS} (id, number) VALUES (1, 0) ON CONFLICT (id) DO NOTHING"]  # noqa: S608 (our own names)
    statements += [_FUNCTION] if vendor == "postgresql" else []
    for table, model in watched().items():
        for operation in OPERATIONS:
            statements += _trigger(table, operation, _columns(model, operation), vendor)
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(there: Iterable[str]) -> set[str]:
    """The names of the triggers that should be there and are not.

    Args:
        there: the names of those that the database has.
    """
    return {_name(table, operation) for table in watched() for operation in OPERATIONS} - set(there)


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """After a migrate: the tables of every app exist once the last one has been migrated."""
    if set(watched()) | {NUMBERS, CHANGES} <= set(connections[using].introspection.table_names()):
        install(using)


# The setting lives as long as the transaction and falls with a savepoint, as the row does: one row for each transaction.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
  IF current_setting('resolved.raised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    INSERT INTO {CHANGES} DEFAULT VALUES;
    PERFORM set_config('resolved.raised', pg_current_xact_id()::text, true);
  END IF;
  RETURN NULL;
END $body$
"""


def _name(table: str, operation: str) -> str:
    return f"raise_{table}_{operation.lower()}"[:63]


def _columns(model: type[Model], operation: str) -> tuple[str, ...]:
    left = unseen.get(model._meta.db_table)
    if operation != "UPDATE" or left is None:
        return ()
    return tuple(str(field.column) for field in model._meta.local_concrete_fields if field.column not in left.columns)


def _trigger(table: str, operation: str, columns: tuple[str, ...], vendor: str) -> list[str]:
    name = _name(table, operation)
    of = " OF " + ", ".join(f'"{column}"' for column in columns) if columns else ""
    when = f'AFTER {operation}{of} ON "{table}" FOR EACH ROW'
    if vendor == "sqlite":
        # An INSERT that makes the row where it is gone would follow the REPLACE of whoever fired the trigger, and begin at 0 again.
        raised = f"UPDATE {NUMBERS} SET number = number + 1 WHERE id = 1;"  # noqa: S608 (our own names)
        return [f'DROP TRIGGER IF EXISTS "{name}"', f'CREATE TRIGGER "{name}" {when} BEGIN {raised} END']
    # Put in place of the one before, and not dropped first: each dropped one would hold a lock until the transaction ends.
    return [f'CREATE OR REPLACE TRIGGER "{name}" {when} EXECUTE FUNCTION {FUNCTION}()']
