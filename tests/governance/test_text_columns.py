"""Every text column of the database is looked at when words are removed, or says why not."""

from django.apps import apps
from django.db import connection

import pytest

from governance.text_columns import (
    HELD_ELSEWHERE,
    MACHINE_NAMES,
    NO_WORDS,
    REGISTERS,
    columns_of_table,
    every_text,
    text_columns,
    why_left,
)

TEXT_TYPES = {"text", "varchar", "character varying", "json", "jsonb"}


def test_what_is_left_out_is_there() -> None:
    columns = list(every_text())
    labels, names = {column.model._meta.label for column in columns}, {column.name for column in columns}
    assert {name for name in HELD_ELSEWHERE if name not in labels | names} == set()
    assert {*NO_WORDS, *REGISTERS} - labels == set()
    assert MACHINE_NAMES - {column.field.name for column in columns} == set()


def test_what_people_type_is_looked_at() -> None:
    names = {column.name for column in text_columns()}
    assert len(names) > 250
    for name in (
        "wagtailcore.Revision.content",
        "wagtailcore.PageLogEntry.label",
        "wagtailadmin.FormState.data",
        "wagtailcore.Comment.text",
        "governance.LedgerEntry.note",
        "governance.Delivery.text",
        "minutes.MinutePage.text",
        "minutes.ItemPresenter.role",
        "minutes.Pack.changes",
        "minutes.RestrictedRelease.text",
        "home.ContentPage.body",
        "governance.Person.name",
    ):
        assert name in names, name
    without = {column.name for column in text_columns(registers=False)}
    assert {name.rpartition(".")[0] for name in names - without} == set(REGISTERS)


def test_each_has_one_verdict_and_the_triggers_know_both_kinds() -> None:
    for column in every_text():
        words, others = columns_of_table(column.model._meta.db_table)
        assert (column.field.column in words) is not bool(why_left(column))
        assert not words & others
    assert columns_of_table("no_such_table") == (set(), set())


@pytest.mark.django_db
def test_no_table_of_the_database_has_a_text_column_that_no_model_knows() -> None:
    known = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
    }
    tables = {table for table, _column in known}
    unknown = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in tables:
                columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
                unknown |= {(table, column) for column in columns if (table, column) not in known}
            elif not table.startswith(("django_migrations", "wagtailsearch_indexentry_fts")):
                unknown.add((table, ""))
    # The search's own columns, which it makes anew.
    assert {pair for pair in unknown if not pair[0].startswith("wagtailsearch_indexentry")} == set()
