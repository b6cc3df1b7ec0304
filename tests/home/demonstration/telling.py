"""What the demonstration says: every text of every record, to be compared and checked."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from wagtail.fields import StreamField

APPS = ("governance", "minutes", "home")
WORDS = (models.CharField, models.TextField, models.DateField, StreamField)
# Given by chance or by the clock: keys of rows, the salts of passwords and of the ledger, and what is computed from them.
NOT_SAID = {
    "path",
    "url_path",
    "draft_title",
    "password",
    "last_login",
    "date_joined",
    "content_sha256",
    "salt",
    "before",
    "sha256",
    "seal",
}
_KEY = re.compile(r' id="(\d+|[0-9a-f-]{36})"|"id": "[0-9a-f-]{36}"')
POST = ("Delivery", "PartnerLink")
"""What goes by mail holds a secret, given by chance, and the time by the clock. Nobody reads it on the site."""
SEALED = ("RestrictedPart", "RestrictedPaper")
"""What is not for publication is sealed, each time in another way. Nobody reads it without the key."""


def rows() -> Iterator[tuple[str, Any]]:
    """Every row of our own tables but the post and what is sealed, by table and in the order it was made."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if model.__name__ not in (*POST, *SEALED):
                yield from ((model.__name__, row) for row in model._default_manager.order_by("pk"))


def texts() -> Iterator[tuple[str, str]]:
    """Every text of every row, with where it stands."""
    for name, row in rows():
        for field in row._meta.get_fields():
            if isinstance(field, WORDS) and field.attname not in NOT_SAID and not field.is_relation:
                value = _value(row, field)
                # A database writes the brackets around blocks in its own way; what is said stands within.
                said = _strings(json.loads(value)) if isinstance(field, StreamField) else [value]
                yield from ((f"{name} {row.pk} {field.name}", each) for each in said if isinstance(each, str) and each)


def told() -> list[tuple[str, str, str]]:
    """What anybody could read: texts and dates, without the keys of rows."""
    found = []
    for name, row in rows():
        for field in row._meta.get_fields():
            if isinstance(field, WORDS) and field.attname not in NOT_SAID:
                found.append((name, field.name, _plain(_value(row, field))))
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


def _value(row: Any, field: Any) -> Any:
    return field.value_to_string(row) if isinstance(field, StreamField) else field.value_from_object(row)


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _KEY.sub("", str(value))
