"""Checks of the house's own rules, run with Django's."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, Warning
from django.core.checks import register as register_check
from django.db import DEFAULT_DB_ALIAS, connections

from wagtail.models import Page, get_page_models

from governance import generations, triggers
from governance.models import Removal
from governance.operations.roles import stock_groups


def every_page_type_names_its_parents(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A page type that names no parents could be made anywhere, outside the chain of records."""
    return [
        Error(
            f"{page_class.__name__} does not name its parents.",
            hint="Set parent_page_types.",
            obj=page_class,
            id="governance.E001",
        )
        for page_class in get_page_models()
        if page_class is not Page and "parent_page_types" not in vars(page_class)
    ]


def the_database_keeps_records(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers that keep records are there, and SQLite lets them fire within a REPLACE."""
    messages: list[CheckMessage] = []
    for using in databases or []:
        if not _is_migrated(using):
            continue
        messages += [
            Error(f"The database {using} lacks the trigger {name}.", hint="Run manage.py migrate.", id="governance.E002")
            for name in sorted(triggers.missing(using) | generations.missing(triggers.installed(using)))
        ]
        if connections[using].vendor == "sqlite" and not _replaces_fire_triggers(using):
            messages.append(
                Warning(f"PRAGMA recursive_triggers is off in {using}.", hint="Set it in init_command.", id="governance.W001")
            )
    return messages


def no_door_stands_open(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A removal of words opens the triggers within its own transaction alone: one that is seen open was written past it."""
    return [
        Error(
            f"The removal of words {removal.pk} holds the door of the triggers open.",
            hint="Nothing of ours leaves it so. Compare the records with a backup, then set is_open of that row to false.",
            id="governance.E003",
        )
        for using in databases or []
        if using == DEFAULT_DB_ALIAS and _is_migrated(using)
        for removal in Removal.objects.filter(is_open=True).only("pk")
    ]


def nobody_is_in_a_stock_group(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Wagtail's own groups may write on every board, whatever the roles say."""
    return [
        Warning(
            f"The group “{group.name}”, which Wagtail brings, may change the pages of every board.",
            hint="Give its people roles with manage.py grant, then take them out of the group: it is removed at the next migrate.",
            id="governance.W002",
        )
        for using in databases or []
        if using == DEFAULT_DB_ALIAS and _is_migrated(using)
        for group in stock_groups().order_by("name")
    ]


def _is_migrated(using: str) -> bool:
    tables = set(connections[using].introspection.table_names())
    return {rule.table for rule in triggers.rules()} <= tables and bool(apps.models_ready)


def _replaces_fire_triggers(using: str) -> bool:
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        return bool(cursor.fetchone()[0])


def register() -> None:
    """Add the checks. Called once, when the app is ready."""
    register_check(every_page_type_names_its_parents)
    register_check(the_database_keeps_records, Tags.database)
    register_check(no_door_stands_open, Tags.database)
    register_check(nobody_is_in_a_stock_group, Tags.database)
