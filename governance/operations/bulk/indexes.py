"""The index of references, written at once with new pages and rows, instead of page by page in the worker's queue."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import ReferenceIndex

from governance.operations.bulk.rows import new_keys, write_rows


def index_references(things: Iterable[Any]) -> None:
    """Note what new pages and rows refer to, so that it is known where a person, an organisation or a file is used."""
    keys = new_keys(ReferenceIndex)
    rows = []
    for thing in things:
        if not ReferenceIndex.is_indexed(type(thing)):
            continue
        own = ContentType.objects.get_for_model(thing, for_concrete_model=False).pk
        base = ReferenceIndex._get_base_content_type(thing).pk
        for to_type, to_key, model_path, content_path in set(ReferenceIndex._extract_references_from_object(thing)):
            rows.append(
                SimpleNamespace(
                    id=next(keys),
                    content_type_id=own,
                    base_content_type_id=base,
                    object_id=str(thing.pk),
                    to_content_type_id=to_type,
                    to_object_id=to_key,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
    write_rows(ReferenceIndex, rows)
