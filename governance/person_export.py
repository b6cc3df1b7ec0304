"""Everything that is held on a person, for a request under article 15 of the UK GDPR: as plain values, and as a page to read."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.text import capfirst

from governance.models import Person, PersonRequest, User
from governance.operations.rewriting import look_for
from governance.passages import Passages
from governance.person_rules import says
from governance.text_columns import HELD_ELSEWHERE, MACHINE_NAMES, NO_WORDS

AROUND = 200
"""So many letters are given on either side of a name: the rest of a record is not about the person."""
NOT_GIVEN = frozenset({*NO_WORDS, *HELD_ELSEWHERE, "governance.PersonRequest", "governance.Removal", "wagtailcore.Revision"})
"""What tells nothing of a person, and the former versions of records, of which the export says how many name them."""


def held_on_person(request: PersonRequest, *, at: datetime) -> dict[str, Any]:
    """What is held: the person's own rows, what refers to them, and where their name stands.

    Args:
        request: whose names they are looked for by.

    Raises:
        CannotOpen: no key opens the names.
    """
    names = request.who()["names"]
    people = [row for row in Person.objects.order_by("pk") if says(names, f"{row.name} {row.email}")]
    users = [row for row in User.objects.order_by("pk") if _is_user(names, row, people)]
    found, versions = _named(names)
    return {
        "made_at": at,
        "looked_for": names.splitlines(),
        "people": [_plain(row) for row in people],
        "log_ins": [_plain(row) for row in users],
        "rows_about_them": [*_referring(Person, people), *_referring(User, users)],
        "places_that_name_them": found,
        "former_versions_that_name_them": versions,
    }


def archive_of(held: dict[str, Any]) -> bytes:
    """The same as an archive of two files: JSON for machines and HTML for the person."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("held.json", json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("held.html", render_to_string("governance/person_export.html", {"held": held}))
    return made.getvalue()


def _is_user(names: str, user: User, people: list[Person]) -> bool:
    named = says(names, f"{user.first_name} {user.last_name} {user.email}")
    return named or any(user.person_id == person.pk for person in people)


def _plain(row: Any) -> dict[str, Any]:
    """A row as it is read: no keys, secrets or digests."""
    told: dict[str, Any] = {"what": capfirst(str(row._meta.verbose_name))}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if _is_told(field) and value not in (None, "", [], {}):
            label = capfirst(str(field.verbose_name))
            told[label] = str(getattr(row, field.name)) if field.is_relation else _display(row, field, value)
    return told


def _is_told(field: Any) -> bool:
    return not field.primary_key and field.name not in MACHINE_NAMES and not field.name.endswith("_ptr")


def _display(row: Any, field: Any, value: Any) -> Any:
    return str(getattr(row, f"get_{field.name}_display")()) if field.choices else value


def _referring(target: Any, rows: list[Any]) -> Iterator[dict[str, Any]]:
    """The rows of every model that refer to these: seats, attendance, acts in the log, what they wrote."""
    keys = [row.pk for row in rows]
    for model in apps.get_models(include_auto_created=True) if keys else []:
        if model._meta.label in NOT_GIVEN or model._meta.proxy or model is User:
            continue
        columns = [field.name for field in model._meta.local_fields if _refers(field, target)]
        if columns:
            wanted = Q(pk__in=[])
            for column in columns:
                wanted |= Q(**{f"{column}__in": keys})
            for row in model._base_manager.filter(wanted).order_by("pk"):
                yield _plain(row)


def _refers(field: Any, target: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is target


def _named(names: str) -> tuple[list[dict[str, Any]], int]:
    """Where the names stand, with the words around them; and in how many former versions."""
    passages, told, versions = Passages.of([names]), [], 0
    for place in look_for(passages, registers=False):
        model, name = place.column.model, place.column.field.name
        if model._meta.label == "wagtailcore.Revision":
            versions += 1
        elif model._meta.label not in NOT_GIVEN:
            value = model._base_manager.filter(pk=place.key).values_list(name, flat=True).get()
            told.append(
                {
                    "what": capfirst(str(model._meta.verbose_name)),
                    "where": capfirst(str(place.column.field.verbose_name)),
                    "says": _around(passages, value if isinstance(value, str) else str(value)),
                }
            )
    return told, versions


def _around(passages: Passages, text: str) -> list[str]:
    """The words around each name."""
    plain = " ".join(strip_tags(text).split())
    found = []
    for words in passages.words:
        start = plain.find(words)
        while start >= 0:
            found.append(plain[max(start - AROUND, 0) : start + len(words) + AROUND])
            start = plain.find(words, start + len(words) + AROUND)
    return found or [passages.words[0]]
