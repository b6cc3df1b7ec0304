"""Lists of a record that are mostly empty. One query tells which of them hold anything, and the others are not asked for."""

from collections import defaultdict
from typing import Any, cast

from django.db import connections, router
from django.db.models import ForeignObjectRel, Model

from governance.remembering import once
from governance.wayfinding import way_of

_lists: dict[type[Model], list[str]] = defaultdict(list)


def register(model: type[Model], *names: str) -> None:
    """Say that these lists of a record are mostly empty.

    Args:
        model: the class of the record.
        names: by which it names the rows that refer to it, such as `former_dates`.

    Raises:
        ValueError: one was named already.
        FieldDoesNotExist: nothing refers to the record by that name.
    """
    for name in names:
        if name in _lists[model]:
            raise ValueError(f"{name} of {model.__name__} is named already")
        model._meta.get_field(name)
        _lists[model].append(name)


def is_empty(record: Any, name: str) -> bool:
    """Whether it is certain that no row stands on a list of a record whose page is made, public or not.

    Of anything but the record that an address led to it is never certain: a preview shows rows that were not saved.
    """
    if way_of(record) is None or name not in _lists[type(record)]:
        return False
    return name not in once(record, "lists that hold rows", lambda: _filled(record))


def _filled(record: Any) -> frozenset[str]:
    names = _lists[type(record)]
    with connections[router.db_for_read(type(record))].cursor() as cursor:
        each = ", ".join(_exists(cast(ForeignObjectRel, record._meta.get_field(name))) for name in names)
        cursor.execute(f"SELECT {each}", [record.pk] * len(names))
        return frozenset(name for name, holds in zip(names, cursor.fetchone(), strict=True) if holds)


def _exists(relation: ForeignObjectRel) -> str:
    table, column = relation.related_model._meta.db_table, cast(Any, relation.field).column
    return f'EXISTS(SELECT 1 FROM "{table}" WHERE "{column}" = %s)'  # noqa: S608 (our own names)
