"""Every column of the database that may hold words of a record: found by walking all models, so that a new one is known by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from wagtail.fields import StreamField

HELD_ELSEWHERE = {
    "wagtailsearch.IndexEntry": "the search makes it anew from the pages",
    "wagtailsearch.SQLiteFTSIndexEntry": "the database makes it anew from the search's own rows",
    "sessions.Session": "sealed by Django; opened and closed again by a step of its own",
    "governance.PublicAddress": "an address that was public keeps leading to its record; a step of its own turns it into a digest",
    "wagtailcore.Page.slug": "addresses are rewritten by a step of their own, with everything below them",
    "wagtailcore.Page.url_path": "addresses are rewritten by a step of their own, with everything below them",
}
"""Words that another step takes out, by model or column, and how."""
NO_WORDS = {
    "auth.Permission": "named by the code",
    "auth.Group": "named by the code: one for each role on each board",
    "contenttypes.ContentType": "named by the code",
    "wagtailcore.Locale": "the name of a language",
    "wagtailcore.ReferenceIndex": "names of columns, with keys",
    "governance.Counter": "references without their numbers",
    "governance.LedgerChain": "codes of boards",
    "governance.LedgerCheckpoint": "digests",
    "governance.LedgerErasure": "a digest",
    "governance.Reference": "references, which are made of codes, days and numbers",
    "governance.RecentSender": "a digest",
    "governance.WorkerPulse": "the name of a process",
    "account.EmailConfirmation": "a secret",
    "mfa.Authenticator": "a secret",
    "socialaccount.SocialApp": "settings of a server",
    "socialaccount.SocialToken": "a secret",
    "wagtailcore.APIToken": "a secret with its name",
    "wagtailimages.Rendition": "how a picture was made smaller",
    "governance.ContentRendition": "how a picture was made smaller",
}
"""Models whose texts a machine wrote, and what they are."""
MACHINE_NAMES = frozenset(
    [
        "action",
        "args_kwargs",
        "asked_from",
        "backend_name",
        "calendar_digest",
        "call_in",
        "code",
        "compared_by",
        "confirm_digest",
        "content_path",
        "content_sha256",
        "contentpath",
        "copy_sha256",
        "exception_class_path",
        "file_hash",
        "focal_point_key",
        "hash",
        "key",
        "language",
        "language_code",
        "made_of",
        "mark",
        "model_path",
        "object_id",
        "original_sha256",
        "parent_object_id",
        "password",
        "path",
        "prefix",
        "printed_number",
        "queue_name",
        "reference",
        "salt",
        "sealed",
        "seed",
        "session_hash",
        "session_key",
        "sha256",
        "sha512",
        "slug",
        "stage_seconds",
        "standing_kind",
        "task_path",
        "to_object_id",
        "token_hash",
        "verbs",
        "worker_ids",
        "year",
        "before",
    ]
)
"""Columns whose texts a machine wrote, in whichever model: references, digests, keys and names of parts of the program."""
REGISTERS = {
    "governance.Person": "people, who are named here on their own account",
    "governance.User": "log-ins",
    "governance.Organisation": "partner organisations",
    "governance.OrganisationType": "kinds of organisations",
    "account.EmailAddress": "log-ins",
    "socialaccount.SocialAccount": "log-ins",
    "wagtailusers.UserProfile": "how people look at the admin",
}
"""Registers that records take names from. What a record says is taken out of records; a person is taken out of registers as well."""


@dataclass(frozen=True)
class TextColumn:
    """One column that may hold words.

    Attributes:
        model: the model that the column is of.
        field: its field.
    """

    model: Any
    field: Any

    @property
    def name(self) -> str:
        """Such as `minutes.MinutePage.text`."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def is_json(self) -> bool:
        """Whether it holds plain values."""
        return isinstance(self.field, models.JSONField)

    @property
    def is_stream(self) -> bool:
        """Whether it holds blocks."""
        return isinstance(self.field, StreamField)


def every_text() -> Iterator[TextColumn]:
    """Every column of every table that holds texts at all."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField | models.TextField | models.JSONField | StreamField | models.FileField):
                    yield TextColumn(model, field)


def why_left(column: TextColumn) -> str:
    """Why words are not looked for in a column; empty where they are."""
    label = column.model._meta.label
    known = HELD_ELSEWHERE.get(column.name) or HELD_ELSEWHERE.get(label) or NO_WORDS.get(label, "")
    if known:
        return known
    if isinstance(column.field, models.FileField):
        return "the name under which a file is stored; files are withdrawn, not edited"
    if column.field.choices:
        return "one of a list of states"
    return "written by a machine" if column.field.name in MACHINE_NAMES else ""


def text_columns(*, registers: bool = True) -> Iterator[TextColumn]:
    """The columns in which words are looked for.

    Args:
        registers: whether also in the registers that records take names from.
    """
    for column in every_text():
        if not why_left(column) and (registers or column.model._meta.label not in REGISTERS):
            yield column


def columns_of_table(table: str) -> tuple[set[str], set[str]]:
    """The columns of a table that hold words, and all its others."""
    words = {str(column.field.column) for column in text_columns() if column.model._meta.db_table == table}
    model = next((model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table), None)
    every = {str(field.column) for field in model._meta.local_concrete_fields} if model is not None else set()
    return words, every - words
