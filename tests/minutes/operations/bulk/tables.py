"""Everything that a database holds, as plain values that can be compared with those of another: keys are named by what they stand for."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from wagtail.models import Page, Revision

from governance.models import User


class Tables:
    """Every table at this moment.

    Args:
        but: the columns that are left out, by table; `*` for all of a table.
    """

    def __init__(self, but: dict[str, dict[str, str]]) -> None:
        self._but = but
        self._rows: dict[str, dict[Any, Any]] = {}
        self.found = {model._meta.db_table: Counter(self._lines(model)) for model in _models()}

    def _of(self, model: type[Model]) -> dict[Any, Any]:
        table = model._meta.db_table
        if table not in self._rows:
            columns = [field.column for field in model._meta.local_concrete_fields]
            with connection.cursor() as cursor:
                names = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608 (names of our own)
                rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            self._rows[table] = {row[model._meta.pk.column]: row for row in rows}
        return self._rows[table]

    def _lines(self, model: type[Model]) -> Iterator[str]:
        if "*" not in self._but.get(model._meta.db_table, {}):
            current = {row["live_revision_id"] for row in self._of(Page).values()}
            for key in self._of(model):
                if model is not Revision or key in current:
                    yield self.row(model, key)

    def row(self, model: type[Model], key: Any) -> str:
        """One row, without its key."""
        row = self._of(model)[key]
        left = self._but.get(model._meta.db_table, {})
        said: dict[str, Any] = {}
        for field in model._meta.local_concrete_fields:
            value = row[field.column]
            if field.column in left or (field.primary_key and not field.remote_field):
                continue
            if field.remote_field and value is not None:
                value = self.name(field.related_model, value)
            elif field.column in {"object_id", "to_object_id"} and value is not None:
                kind = row["to_content_type_id" if field.column == "to_object_id" else "content_type_id"]
                value = self.name(ContentType.objects.get_for_id(kind).model_class(), value)
            said[str(field.column)] = self._content(model, value) if field.column == "content" else value
        return json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)

    def _content(self, model: type[Model], value: Any) -> Any:
        """A version, without what Wagtail and the record take from the row when it is opened."""
        if model is not Revision:
            return value
        content = json.loads(value) if isinstance(value, str) else value
        left = self._but["content"]
        kept = {name: each for name, each in content.items() if name not in left}
        for name, rows in kept.items():
            if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
                # A row names the page that it belongs to.
                own = [{column for column in row if row[column] == content["pk"]} for row in rows]
                kept[name] = [
                    {column: each for column, each in row.items() if column not in {*left, *of_page}}
                    for row, of_page in zip(rows, own, strict=True)
                ]
        return kept

    def name(self, model: Any, key: Any) -> Any:
        """What a key stands for."""
        if issubclass(model, Page):
            return self._of(Page)[int(key)]["url_path"]
        if model is Revision:
            row = self._of(Revision)[key]
            return f"version of {self._of(Page)[int(row['object_id'])]['url_path']}"
        if model is User:
            return self._of(User)[int(key)]["username"]
        if model is ContentType:
            return str(ContentType.objects.get_for_id(key).model)
        return self.row(model, model._meta.pk.to_python(key))


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]


def differing(one: Tables, other: Tables) -> dict[str, Any]:
    """The rows that only one of two databases holds, by table."""
    found = {}
    for table, rows in one.found.items():
        here, there = rows - other.found[table], other.found[table] - rows
        if here or there:
            found[table] = {"only here": sorted(here.elements()), "only there": sorted(there.elements())}
    return found
