"""The search, written at once for many new pages and with them, instead of page by page in the worker's queue.

What an entry holds of a page is what Wagtail's own index would hold. Wagtail makes an expression of every text of every page, and puts them all together into
one statement; here PostgreSQL is handed the texts as arrays, with one statement that says what becomes of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Avg
from django.db.models.functions import Length
from django.utils.encoding import force_str

from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from modelsearch.backends.database.postgres.weights import get_weight

from governance.models.found_by_words import FoldedField
from governance.operations.bulk.rows import new_keys, write_rows

TITLE, BODY, COMPLETED = "title", "body", "autocomplete"
"""The columns of an entry, as Wagtail names them."""

EMPTY = "''::tsvector"

NEWEST = 1000
"""Entries of whose titles the usual length is taken: all of them would be asked for once a batch, and there are ever more."""


class Text(NamedTuple):
    """One text of a page: the column of the entry that it belongs to, and how much it counts there."""

    column: str
    boost: float | None
    words: str


def index_for_search(pages: Iterable[Any], known: Mapping[int, Mapping[str, str]]) -> None:
    """Have new pages found.

    Args:
        pages: each as its own class.
        known: texts that need not be asked for, by the key of their page.
    """
    fields: dict[Any, list[Any]] = {}
    entries: dict[Any, list[Text]] = {}
    for page in pages:
        if type(page) not in fields:
            fields[type(page)] = searched_fields(type(page))
        entries[page] = texts_of(page, fields[type(page)], known.get(page.pk, {}))
    newest = IndexEntry.objects.annotate(words=Length("title")).filter(words__gt=0).order_by("-pk")
    usual = newest[:NEWEST].aggregate(usual=Avg("words"))["usual"] or 1.0
    write = _write_vectors if connection.vendor == "postgresql" else _write_texts
    write(entries, usual)


def searched_fields(page_class: Any) -> list[Any]:
    """What is searched of a class, by words and by beginnings of words.

    Raises:
        TypeError: it is found by words of other records, for which there is no rule here.
    """
    fields = page_class.get_search_fields()
    if any(isinstance(field, index.RelatedFields) for field in fields):
        raise TypeError(f"{page_class.__name__} is found by words of other records, and is not written in bulk.")
    return [field for field in fields if isinstance(field, (index.SearchField, index.AutocompleteField))]


def texts_of(page: Any, fields: Sequence[Any], known: Mapping[str, str]) -> list[Text]:
    """The texts of a page in the order of its fields. Each value is asked for once, however often it is searched."""
    values: dict[str, Any] = dict(known)
    texts = []
    for field in fields:
        name = field.field_name
        if name not in values:
            values[name] = index.SearchField(name).get_value(page)
        words = field.folded(values[name]) if isinstance(field, FoldedField) else _plain(values[name])
        if isinstance(field, index.AutocompleteField):
            texts.append(Text(COMPLETED, None, words))
        else:
            texts.append(Text(TITLE if name == "title" else BODY, field.boost, words))
    return texts


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    return ", ".join(map(_plain, value)) if isinstance(value, list) else force_str(value)


def _write_texts(entries: Mapping[Any, list[Text]], usual: float) -> None:
    """The entries of a database that parts the texts into words itself."""
    keys = new_keys(IndexEntry)
    rows = []
    for page, texts in entries.items():
        said = {column: " ".join(text.words for text in texts if text.column == column) for column in (TITLE, BODY, COMPLETED)}
        norm = usual / len(said[TITLE]) if said[TITLE] else 1.0
        rows.append(IndexEntry(pk=next(keys), content_type_id=_kind(page), object_id=str(page.pk), title_norm=norm, **said))
    write_rows(IndexEntry, rows)


def _write_vectors(entries: Mapping[Any, list[Text]], usual: float) -> None:
    """The entries of PostgreSQL, whose columns are made of the texts by the database: one statement for all pages whose texts are of the same kinds."""
    alike: dict[tuple[tuple[str, str], ...], list[Sequence[Any]]] = defaultdict(list)
    for page, texts in entries.items():
        stripped = [text.words.strip() for text in texts]
        mirrors = [
            " ".join(words for words, text in zip(stripped, texts, strict=True) if words and text.column == column)
            for column in (TITLE, BODY)
        ]
        shape = tuple((text.column, get_weight(text.boost)) for text in texts)
        alike[shape].append((_kind(page), str(page.pk), *mirrors, *stripped))
    backend = get_search_backend()
    configurations = {TITLE: backend.config, BODY: backend.config, COMPLETED: backend.autocomplete_config}
    with connection.cursor() as cursor:
        for shape, rows in alike.items():
            cursor.execute(_insertion(shape, configurations), [usual, *map(list, zip(*rows, strict=True))])


def _insertion(shape: Sequence[tuple[str, str]], configurations: Mapping[str, str]) -> str:
    """A statement that takes the usual length of a title, then an array for each column of `said`."""
    names = [f"text_{number}" for number in range(len(shape))]
    vectors = {
        column: " || ".join(
            f"setweight(to_tsvector('{configurations[of]}'::regconfig, {name}), '{weight}')"
            for name, (of, weight) in zip(names, shape, strict=True)
            if of == column
        )
        for column in (TITLE, COMPLETED, BODY)
    }
    arrays = ", ".join(["%s::int[]", *["%s::text[]"] * (3 + len(names))])
    made = ", ".join(f"{vector or EMPTY} AS {column}" for column, vector in vectors.items())
    return f"""
        INSERT INTO {IndexEntry._meta.db_table}
            (content_type_id, object_id, title, autocomplete, body, title_norm, title_text, body_text)
        SELECT kind, key, title, autocomplete, body, coalesce(%s / nullif(length(title), 0), 1.0), title_text, body_text
        FROM (
            SELECT kind, key, title_text, body_text, {made}
            FROM unnest({arrays}) AS said(kind, key, title_text, body_text, {", ".join(names)})
            OFFSET 0
        ) AS vectors
    """  # noqa: S608 (our own names)


def _kind(page: Any) -> int:
    return int(ContentType.objects.get_for_model(page, for_concrete_model=False).pk)
