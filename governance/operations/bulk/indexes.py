"""The search and the index of references, written at once for many pages and with the pages, instead of page by page in the worker's queue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from modelsearch.backends import get_search_backends

from governance.operations.bulk.rows import new_keys, write_rows

AT_ONCE = 400
"""Pages that are indexed in one statement."""


class Said:
    """A page as the search sees it: each text is made once, however often the search asks for it.

    Args:
        fields: what is searched of its class.
        known: texts that need not be asked for, by the name of what is searched.
    """

    def __init__(self, page: Any, fields: Sequence[Any], known: Mapping[str, str]) -> None:
        self.pk = page.pk
        for name, words in known.items():
            setattr(page, name, words)
        self._fields = [_remembered(field, page) for field in fields]

    def get_search_fields(self) -> list[Any]:
        """The searched fields with what they say."""
        return self._fields


def _remembered(field: Any, page: Any) -> Any:
    if isinstance(field, index.SearchField):
        return SaidField(field, page)
    return SaidForCompletion(field, page) if isinstance(field, index.AutocompleteField) else field


class SaidField(index.SearchField):
    """A searched field that holds what it says of one page."""

    def __init__(self, field: Any, page: Any) -> None:
        super().__init__(field.field_name, boost=field.boost)
        self.said = field.get_value(page)

    def get_value(self, obj: Any) -> Any:
        """What it says."""
        return self.said


class SaidForCompletion(index.AutocompleteField):
    """The same of a field that completes what is typed."""

    def __init__(self, field: Any, page: Any) -> None:
        super().__init__(field.field_name)
        self.said = field.get_value(page)

    def get_value(self, obj: Any) -> Any:
        """What it says."""
        return self.said


def index_for_search(pages: Iterable[Any], known: Mapping[int, Mapping[str, str]]) -> None:
    """Have new pages found.

    Args:
        pages: each as its own class.
        known: texts that need not be asked for, by the key of their page.
    """
    by_class: dict[type[Page], list[Said]] = defaultdict(list)
    fields: dict[type[Page], list[Any]] = {}
    for page in pages:
        if type(page) not in fields:
            fields[type(page)] = type(page).get_search_fields()
        by_class[type(page)].append(Said(page, fields[type(page)], known.get(page.pk, {})))
    for backend in get_search_backends(with_auto_update=True):
        for page_class, said in by_class.items():
            for first in range(0, len(said), AT_ONCE):
                backend.add_bulk(page_class, said[first : first + AT_ONCE])


def index_references(things: Iterable[Any]) -> None:
    """Note what new pages and rows refer to, so that it is known where a person, an organisation or a file is used."""
    keys = new_keys(ReferenceIndex)
    rows = []
    for thing in things:
        if not ReferenceIndex.is_indexed(type(thing)):
            continue
        own = ContentType.objects.get_for_model(thing, for_concrete_model=False)
        base = ReferenceIndex._get_base_content_type(thing)
        for to_type, to_key, model_path, content_path in set(ReferenceIndex._extract_references_from_object(thing)):
            rows.append(
                ReferenceIndex(
                    pk=next(keys),
                    content_type=own,
                    base_content_type=base,
                    object_id=str(thing.pk),
                    to_content_type_id=to_type,
                    to_object_id=to_key,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
    write_rows(ReferenceIndex, rows)
