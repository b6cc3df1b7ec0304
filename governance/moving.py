"""Moving every record from one database to another of a different kind, so that both say the same."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from governance import triggers
from governance.exceptions import Refused
from governance.ledger_export import public_digest

FORMER = "former"
"""The database that the records come from."""
MADE_ANEW = frozenset({"wagtailsearch", "modelsearch"})
"""What each kind of database indexes in its own way."""
AT_ONCE = 500
Tell = Callable[[str], None]


def move_from(file: Path, tell: Tell) -> str:
    """Move everything from an SQLite file into this installation's database, which is empty.

    Returns:
        The digest of what is public, the same in both.

    Raises:
        Refused: there is no such file, the database is not empty, or the two are not of one release.
    """
    if not file.is_file():
        raise Refused(_("There is no database at %(file)s.") % {"file": file})
    if connection.introspection.table_names():
        raise Refused(_("The new database is not empty. Move into an empty one."))
    _open_former(file)
    tell("Making the tables ...")
    call_command("migrate", verbosity=0)
    _check_same_release()
    with transaction.atomic():
        _empty()
        for model in _models():
            tell(f"{_copy(model)} rows of {model._meta.db_table}")
        _continue_numbers()
        digest = public_digest()
        if digest != public_digest(FORMER):
            raise Refused(_("What is public would not be the same, so nothing was moved."))
        triggers.install()
    tell("Making the search index ...")
    call_command("update_index", verbosity=0)
    return digest


def _open_former(file: Path) -> None:
    settings = deepcopy(connections.settings[DEFAULT_DB_ALIAS])
    kept: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {"timeout": 20}}
    nobody = {"HOST": "", "PORT": "", "USER": "", "PASSWORD": ""}  # nosec B105  # a file asks for no password
    connections.settings[FORMER] = {**settings, **kept, **nobody}


def _check_same_release() -> None:
    """Refuse to move from another release.

    Raises:
        Refused: naming the first migration that only one of them has.
    """
    here, there = (set(MigrationRecorder(connections[alias]).applied_migrations()) for alias in (DEFAULT_DB_ALIAS, FORMER))
    if here != there:
        app, name = min(here ^ there)
        raise Refused(
            _("The two databases are not of one release (%(app)s %(name)s). Migrate the old one first.")
            % {"app": app, "name": name}
        )


def _models() -> list[Any]:
    """Every table once, but for what is made anew."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return [model for model in found.values() if not model._meta.proxy and model._meta.app_label not in MADE_ANEW]


def _empty() -> None:
    """Take away what the migrations made: the old database has it too, under its own keys."""
    triggers.remove()
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _models())
        cursor.execute(f"TRUNCATE {names} CASCADE")


def _copy(model: Any) -> int:
    """Copy the rows of one table, value by value as the fields write them. Returns how many there are."""
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 (names of our own)
    rows = model._base_manager.using(FORMER).order_by("pk").values_list(*(field.attname for field in fields))
    number, batch = 0, []
    with connection.cursor() as cursor:
        for row in rows.iterator(chunk_size=AT_ONCE):
            batch.append([field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)])
            number += 1
            if len(batch) == AT_ONCE:
                cursor.executemany(insert, batch)
                batch = []
        if batch:
            cursor.executemany(insert, batch)
    return number


def _continue_numbers() -> None:
    """Have the next keys follow the last ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
