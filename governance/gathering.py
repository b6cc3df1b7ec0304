"""The lists that a record's page shows, read together: one query for all that hold anything, as a union of rows told in JSON.

Each list keeps its own query, with its own answer to what is public; only the journeys to the database are fewer.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from typing import Any

from django.db import connections, models
from django.db.models import CharField, F, Value, Window
from django.db.models.functions import JSONObject, RowNumber
from django.utils import timezone

from governance.remembering import once
from governance.seldom_filled import is_empty
from governance.wayfinding import way_of

Ask = Callable[[Any], Iterable[Any]]
_lists: dict[type[models.Model], dict[str, Ask]] = defaultdict(dict)
MOST_COLUMNS = 50
"""PostgreSQL makes no object of more."""
_JOINED = "."
"""Stands before the name of a record that a row is told with; no column begins so."""
# As JSON they would lose digits, or cannot be told at all.
_NEVER_TOLD = (models.BinaryField, models.DecimalField, models.DurationField, models.FloatField)


def register(model: type[models.Model], **lists: Ask) -> None:
    """Say which lists the page of a record shows.

    Args:
        model: the class of the record.
        lists: how each is asked for, given the record; by the name that `seldom_filled` knows it by, where it does.

    Raises:
        ValueError: one is there already.
    """
    for name, ask in lists.items():
        if name in _lists[model]:
            raise ValueError(f"{name} of {model.__name__} is gathered already")
        _lists[model][name] = ask


def lists_of(model: type[models.Model]) -> dict[str, Ask]:
    """Every list on the page of a record and how it is asked for, those of every page of its kind among them."""
    return {name: ask for kind in reversed(model.__mro__) if kind in _lists for name, ask in _lists[kind].items()}


def rows_of(record: Any, name: str) -> list[Any]:
    """The rows on a list of a record. A preview asks for each list by itself, since it shows rows that are not saved."""
    if is_empty(record, name):
        return []
    if way_of(record) is None:
        return list(lists_of(type(record))[name](record))
    return once(record, "lists read together", lambda: _read(record))[name]


def _read(record: Any) -> dict[str, list[Any]]:
    asked = {name: ask(record) for name, ask in lists_of(type(record)).items() if not is_empty(record, name)}
    together = {name: query for name, query in asked.items() if isinstance(query, models.QuerySet)}
    found = {name: list(query) for name, query in asked.items() if name not in together or len(together) == 1}
    return found if len(together) < 2 else {**found, **read_together(together)}


def read_together(queries: dict[str, models.QuerySet[Any]]) -> dict[str, list[Any]]:
    """The records of several queries, two or more, each in its own order.

    Raises:
        TypeError: one has columns that cannot be told in JSON.
    """
    first, *others = (_told(name, query) for name, query in queries.items())
    rows = sorted(first.union(*others, all=True), key=lambda row: row[:2])
    found: dict[str, list[Any]] = {name: [] for name in queries}
    for name, _place, told in rows:
        query = queries[name]
        found[name].append(_record(query.model, query.query.get_select_mask(), _joins(query), told, query.db))
    for name, query in queries.items():
        _complete(found[name], query)
    return found


def _complete(rows: list[Any], query: Any) -> None:
    """What Django gives the rows of a query besides their columns: the record whose list it is, and what is asked for with them."""
    for field, known in query._known_related_objects.items():
        for row in rows:
            setattr(row, field.name, known[getattr(row, field.attname)])
    models.prefetch_related_objects(rows, *query._prefetch_related_lookups)


def _told(name: str, query: models.QuerySet[Any]) -> models.QuerySet[Any, Any]:
    """The rows of one list as a name, a place in its order, and the columns in JSON."""
    order: Any = query.query.order_by or query.model._meta.ordering or ("pk",)
    columns = _columns(query.model, query.query.get_select_mask(), _joins(query), "")
    places = Window(RowNumber(), order_by=list(order))
    told = query.order_by().select_related(None).annotate(gathered_place=places, gathered_row=columns)
    return told.annotate(gathered_as=Value(name, output_field=CharField())).values_list(
        "gathered_as", "gathered_place", "gathered_row"
    )


def _joins(query: models.QuerySet[Any]) -> dict[str, Any]:
    return query.query.select_related if isinstance(query.query.select_related, dict) else {}


def _fields(model: type[models.Model], mask: Mapping[Any, Any]) -> list[Any]:
    fields = [field for field in model._meta.concrete_fields if not mask or field in mask]
    unfit = [field.name for field in fields if isinstance(field, _NEVER_TOLD)]
    if unfit:
        raise TypeError(f"{', '.join(unfit)} of {model.__name__} cannot be told in JSON")
    return fields


def _columns(model: type[models.Model], mask: Mapping[Any, Any], joins: Mapping[str, Any], before: str) -> JSONObject:
    columns: dict[str, Any] = {field.attname: F(f"{before}{field.attname}") for field in _fields(model, mask)}
    for name, further in joins.items():
        field: Any = model._meta.get_field(name)
        columns[_JOINED + name] = _columns(field.related_model, mask.get(field, {}), further, f"{before}{name}__")
    if len(columns) > MOST_COLUMNS:
        raise TypeError(
            f"{model.__name__} has more columns than one object in JSON may be told with: name those that are shown"
        )
    return JSONObject(**columns)


def _record(model: Any, mask: Mapping[Any, Any], joins: Mapping[str, Any], told: Mapping[str, Any], alias: str) -> Any:
    """The record of a row as the database told it."""
    fields = _fields(model, mask)
    values = [_value(field, told[field.attname], alias) for field in fields]
    record = model.from_db(alias, [field.attname for field in fields], values)
    for name, further in joins.items():
        field, joined = model._meta.get_field(name), told[_JOINED + name]
        other, rest = field.related_model, mask.get(field, {})
        is_there = joined[other._meta.pk.attname] is not None
        setattr(record, name, _record(other, rest, further, joined, alias) if is_there else None)
    return record


def _value(field: Any, told: Any, alias: str) -> Any:
    if told is None:
        return None
    if isinstance(field, models.JSONField):
        # SQLite keeps it as text and tells it so.
        return json.loads(told) if connections[alias].vendor == "sqlite" else told
    value = field.to_python(told)
    if not isinstance(field, models.DateTimeField):
        return value
    return timezone.make_aware(value, UTC) if timezone.is_naive(value) else value.astimezone(UTC)
