"""What a record says, as plain values: what is hashed when it is published, and compared afterwards."""

import json
from functools import cache
from itertools import groupby
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from modelcluster.models import get_all_child_relations
from wagtail.models import Page

OF_A_PAGE = frozenset({"title", "slug", "search_description"})
"""What is kept of Wagtail's own columns. The others say where the page stands in the tree and who works on it."""

EMPTY: tuple[Any, ...] = ("", [], {})


def content_of(page: Any, version: dict[str, Any] | None = None) -> dict[str, Any]:
    """Every column that an editor types and every row that belongs to the page, without keys of rows and without states.

    Args:
        page: the record, as its own class.
        version: what a version of it holds, where that was made already.
    """
    page_class: Any = type(page)
    kept, kept_of_rows = _kept(page_class)
    content = {"type": page._meta.label_lower}
    for name, value in (version or page.serializable_data()).items():
        if name in kept:
            content[name] = value
        elif value and name in kept_of_rows:
            model, columns = kept_of_rows[name]
            rows = _in_one_order(value, model)
            content[name] = [{column: row[column] for column in columns & row.keys()} for row in rows]
    plain: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return _without_empty(plain)


@cache
def _kept(page_class: Any) -> tuple[set[str], dict[str, tuple[Any, set[str]]]]:
    """Of a class the columns that are content, and of each kind of rows that belong to its pages their class and columns."""
    typed = (_typed(page_class) - {field.name for field in Page._meta.fields}) | OF_A_PAGE
    kept = typed - set(page_class.columns_of_the_row()) - set(page_class.said_later)
    ours = (each for each in get_all_child_relations(page_class) if not each.related_model.__module__.startswith("wagtail."))
    rows = {each.get_accessor_name(): (each.related_model, _typed(each.related_model) - {each.field.name}) for each in ours}
    return kept - rows.keys(), rows


def _in_one_order(rows: list[dict[str, Any]], model: Any) -> list[dict[str, Any]]:
    """Rows that stand in the same place, in the order they were made: PostgreSQL gives these in another one after an update."""
    names = [name.lstrip("-") for name in model._meta.ordering if isinstance(name, str)]
    if not all(name in row for name in names for row in rows):
        return rows
    alike = groupby(rows, key=lambda row: [row[name] for name in names])
    return [row for _place, same in alike for row in sorted(same, key=lambda row: (row["pk"] is None, row["pk"] or 0))]


def _without_empty(content: dict[str, Any]) -> dict[str, Any]:
    """What is left empty is left out, so that a column which a later release adds changes no digest while nobody fills it."""
    return {name: _rows(value) for name, value in content.items() if not (value is None or value is False or value in EMPTY)}


def _rows(value: Any) -> Any:
    """A value, of rows each without what is empty."""
    is_rows = isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return [_without_empty(row) for row in value] if is_rows else value


def _typed(model: Any) -> set[str]:
    """The columns of a class that are typed by somebody, and the records it is tied to."""
    columns = {field.name for field in model._meta.fields if field.editable and not field.primary_key}
    return columns | {field.name for field in model._meta.many_to_many}
