"""Replacing words in every row that holds them. Only a removal does, within its own transaction (`governance/operations/removals.py`)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast

from governance.check_records import sealed_digest
from governance.models import LedgerEntry, LedgerErasure, Removal
from governance.passages import Passages
from governance.text_columns import TextColumn, text_columns

AT_ONCE = 200


@dataclass(frozen=True)
class Found:
    """Words that stand in one column of one row.

    Attributes:
        key: of the row.
        times: how often.
    """

    column: TextColumn
    key: Any
    times: int


def look_for(passages: Passages, *, registers: bool, seen: Callable[[], None] = lambda: None) -> list[Found]:
    """Every place where words stand. Nothing is changed.

    Args:
        registers: whether the registers of people and bodies are looked at too.
        seen: is called after each row.
    """
    by_model = groupby(text_columns(registers=registers), key=lambda column: column.model)
    return [found for model, columns in by_model for found in _found_in(model, list(columns), passages, seen)]


def rows_to_look_at(*, registers: bool) -> int:
    """How many rows there are in which words may stand."""
    by_model = groupby(text_columns(registers=registers), key=lambda column: column.model)
    return sum(model._base_manager.count() for model, _columns in by_model)


def _found_in(model: Any, columns: list[TextColumn], passages: Passages, seen: Callable[[], None]) -> Iterator[Found]:
    for key, values in _rows(model, columns):
        seen()
        for column, value in zip(columns, values, strict=True):
            times = passages.count(value) if value else 0
            if times:
                yield Found(column, key, times)


def _rows(model: Any, columns: list[TextColumn], keys: Iterable[Any] | None = None) -> Iterator[tuple[Any, list[Any]]]:
    """The keys of rows, with what stands in these columns; blocks as the text that the database holds."""
    rows = model._base_manager.all() if keys is None else model._base_manager.filter(pk__in=keys)
    named = {f"raw_{column.field.name}": Cast(column.field.name, models.TextField()) for column in columns if column.is_stream}
    names = [f"raw_{column.field.name}" if column.is_stream else column.field.name for column in columns]
    for key, *values in rows.annotate(**named).order_by("pk").values_list("pk", *names).iterator(chunk_size=AT_ONCE):
        yield key, values


def rewrite(found: list[Found], passages: Passages, removal: Removal) -> None:
    """Put the marker in every place that was found.

    Args:
        found: in this same transaction.
        passages: with their marker.
        removal: which holds the door of the triggers open.
    """
    for model, places in groupby(sorted(found, key=_by_model), key=lambda place: place.column.model):
        by_key: dict[Any, list[TextColumn]] = {}
        for place in places:
            by_key.setdefault(place.key, []).append(place.column)
        for key, columns in by_key.items():
            for _key, values in list(_rows(model, columns, [key])):
                _write(model, key, dict(zip(columns, values, strict=True)), passages, removal)


def _by_model(place: Found) -> str:
    return str(place.column.model._meta.label)


def _write(model: Any, key: Any, values: dict[TextColumn, Any], passages: Passages, removal: Removal) -> None:
    changes = {column.field.name: _fitted(column, passages.replaced(value)[0], passages) for column, value in values.items()}
    if model is LedgerEntry:
        changes |= _erased(key, removal)
    rows = model._base_manager.filter(pk=key)
    try:
        with transaction.atomic():
            rows.update(**changes)
    except IntegrityError:
        # Two rows that may not say the same now would: each is told apart by its key.
        told_apart = {name: f"{text} {key}" if isinstance(text, str) else text for name, text in changes.items()}
        rows.update(**told_apart)


def _erased(key: int, removal: Removal) -> dict[str, Any]:
    """What is written over the salt of an entry of the ledger; the digest of what it said is kept, which proves the chain."""
    entry = LedgerEntry.objects.get(pk=key)
    if not LedgerErasure.objects.filter(entry=entry).exists():
        LedgerErasure.objects.create(entry=entry, removal=removal, sealed_sha256=sealed_digest(entry.as_line("")))
    return {"salt": ""}


def _fitted(column: TextColumn, value: Any, passages: Passages) -> Any:
    """A value as its column takes it: not too long, no marker where an address of mail is expected, blocks as blocks."""
    field = column.field
    if column.is_stream:
        return field.to_python(value)
    if isinstance(field, models.EmailField):
        return "" if field.blank else f"{passages.slug}@invalid.example"
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        return value.replace(passages.marker, "[…]")[: field.max_length]
    return value


def rewrite_sessions(passages: Passages) -> None:
    """The same in what the sessions of people hold, such as messages that wait to be shown."""
    store = SessionStore()
    for row in Session.objects.iterator(chunk_size=AT_ONCE):
        kept, times = passages.replaced(store.decode(row.session_data))
        if times:
            Session.objects.filter(pk=row.pk).update(session_data=store.encode(kept))


OF_THE_ADMIN = frozenset({"home", "wagtailadmin", "wagtailcore"})
NOT_SHOWN = frozenset({"governance.LedgerEntry", "governance.Delivery", "governance.ApprovalRequest", "governance.Withdrawal"})


def shown_on_pages(found: Iterable[Found]) -> list[Found]:
    """Those places that pages and packs show: not versions, logs, comments of editors, mail and the ledger."""
    return [place for place in found if _is_shown(place.column.model)]


def _is_shown(model: Any) -> bool:
    meta = model._meta
    return _is_page_model(model) or (meta.app_label not in OF_THE_ADMIN and meta.label not in NOT_SHOWN)


def pages_of(found: Iterable[Found]) -> set[int]:
    """The keys of the pages that the rows are or belong to."""
    keys: set[int] = set()
    by_model: dict[Any, set[Any]] = {}
    for place in found:
        by_model.setdefault(place.column.model, set()).add(place.key)
    for model, rows in by_model.items():
        keys |= _pages_of_rows(model, rows)
    return keys


def _pages_of_rows(model: Any, rows: set[Any]) -> set[int]:
    from_page = models.ForeignKey, models.OneToOneField
    names = [field.attname for field in model._meta.concrete_fields if isinstance(field, from_page) and _is_page(field)]
    if _is_page_model(model):
        names.append("pk")
    values = model._base_manager.filter(pk__in=rows).values_list(*names) if names else []
    return {key for row in values for key in row if key is not None}


def _is_page(field: Any) -> bool:
    return _is_page_model(field.related_model)


def _is_page_model(model: Any) -> bool:
    return any(ancestor._meta.label == "wagtailcore.Page" for ancestor in (model, *model._meta.get_parent_list()))
