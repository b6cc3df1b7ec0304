"""The lists that a record's page shows, read together: one query for all that hold anything, as a union of rows told in JSON.

Each list keeps its own query, with its own answer to what is public; only the journeys to the database are fewer.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.query import get_related_populators
from django.utils import timezone

from governance.remembering import once
from governance.seldom_filled import is_empty
from governance.wayfinding import way_of

Ask = Callable[[Any], Iterable[Any]]
_lists: dict[type[models.Model], dict[str, Ask]] = defaultdict(dict)
MOST_COLUMNS = 100
"""SQLite makes no JSON of many more."""
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
    """The records of several queries, each in its own order.

    Raises:
        TypeError: one has columns that cannot be told in JSON, or more than one row in JSON may have.
    """
    told = [one for name, query in queries.items() if (one := _told(name, query)) is not None]
    found: dict[str, list[Any]] = {name: [] for name in queries}
    if told:
        readers = {one.name: _Reader(one) for one in told}
        connection = connections[queries[told[0].name].db]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(one.sql for one in told), [value for one in told for value in one.values])
            rows = sorted(cursor.fetchall(), key=lambda row: row[:2])
        for name, _place, row in rows:
            found[name].append(readers[name].record(json.loads(row)))
    for name, query in queries.items():
        _complete(found[name], query)
    return found


@dataclass(frozen=True)
class _Told:
    """The query of one list, whose rows are a name, a place in its order, and the columns in JSON."""

    name: str
    compiler: Any
    columns: list[str]
    sql: str
    values: tuple[Any, ...]


def _told(name: str, query: models.QuerySet[Any]) -> _Told | None:
    """None where it is certain that it finds nothing."""
    compiler = query.query.get_compiler(query.db)
    try:
        sql, values = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        return None
    columns = [alias for _expression, _sql, alias in compiler.select]
    if len(columns) > MOST_COLUMNS:
        raise TypeError(f"{name} has more columns than a row in JSON may have: name those that are shown")
    is_sqlite = connections[query.db].vendor == "sqlite"
    row = f"JSON_ARRAY({', '.join(columns)})" if is_sqlite else "ROW_TO_JSON(told)::text"
    # The rows are numbered as they come: in the order of the list itself.
    numbered = f"SELECT '{name}', ROW_NUMBER() OVER (), {row} FROM ({sql}) told"  # noqa: S608 (our own names)
    return _Told(name, compiler, columns, numbered, tuple(values))


class _Reader:
    """Makes the records of one list from its rows, as Django does of rows that are read by themselves."""

    def __init__(self, told: _Told) -> None:
        compiler = told.compiler
        select, info = compiler.select, compiler.klass_info
        self._columns, self._alias = told.columns, compiler.using
        self._fields = [_fit(expression) for expression, _sql, _alias in select]
        self._is_text = compiler.connection.vendor == "sqlite"
        self._model = info["model"]
        own = info["select_fields"]
        self._start, self._end = own[0], own[-1] + 1
        self._names = [select[place][0].target.attname for place in own]
        # The stubs are those of a later Django.
        self._joins = get_related_populators(info, select, self._alias)  # type: ignore[call-arg]

    def record(self, row: Any) -> Any:
        """The record of a row, with those it is joined to."""
        told = row if self._is_text else [row[column] for column in self._columns]
        values = [_value(field, one, self._is_text) for field, one in zip(self._fields, told, strict=True)]
        record = self._model.from_db(self._alias, self._names, values[self._start : self._end])
        for join in self._joins:
            join.populate(values, record)
        return record


def _fit(expression: Any) -> Any:
    field = expression.target
    if isinstance(field, _NEVER_TOLD):
        raise TypeError(f"{field.name} of {field.model.__name__} cannot be told in JSON")
    return field


def _value(field: Any, told: Any, is_text: bool) -> Any:
    if told is None:
        return None
    if isinstance(field, models.JSONField):
        # SQLite keeps it as text and tells it so.
        return json.loads(told) if is_text else told
    value = field.to_python(told)
    if not isinstance(value, datetime):
        return value
    return timezone.make_aware(value, UTC) if timezone.is_naive(value) else value.astimezone(UTC)


def _complete(rows: list[Any], query: Any) -> None:
    """What Django gives the rows of a query besides their columns: the record whose list it is, and what is asked for with them."""
    for field, known in query._known_related_objects.items():
        for row in rows:
            setattr(row, field.name, known[getattr(row, field.attname)])
    models.prefetch_related_objects(rows, *query._prefetch_related_lookups)
