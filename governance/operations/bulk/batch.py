"""A batch of new public records of one board: gathered in memory, with all that a publication gives them, then written at once.

What an operation asks of the database for each record is known here, because the records are new. It holds the parents and the counters
it counts on until the transaction ends, as adding and publishing them one by one would.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import F, Model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, Revision

from governance.exceptions import Refused
from governance.models import Counter, LedgerEntry, LedgerEvent, LedgerSubject, PublicAddress, Reference
from governance.models.references import address_digest
from governance.numbering import reference_slug
from governance.operations.bulk.indexes import index_references
from governance.operations.bulk.rows import new_keys, write_rows
from governance.operations.bulk.searched import index_for_search
from governance.operations.ledger import content_digest, enter_many

PER_QUESTION = 500
"""Addresses and references that one query looks for: SQLite takes no endless ones."""


@dataclass
class Below:
    """What stands below a page: the place of the last record, and how many are new."""

    last: int = 0
    added: int = 0


class Batch:
    """New public records of one board.

    Args:
        board: whose ledger they are entered in.
        by: who keeps them.
    """

    def __init__(self, *, board: Any, by: Any) -> None:
        self.board, self.by = board, by
        self.pages: list[Any] = []
        self._keys: dict[type[Model], Any] = {}
        self._rows: dict[type[Model], list[Any]] = defaultdict(list)
        self._below: dict[int, Below] = defaultdict(Below)
        self._slugs: dict[int, set[str]] = defaultdict(set)
        self._counted: dict[str, int] = {}
        self._held: dict[str, int] = {}
        self._history: list[SimpleNamespace] = []
        self._entries: list[LedgerEntry] = []
        self._owners: dict[Any, dict[str, str]] = {}
        self._known: dict[int, Mapping[str, str]] = {}

    def hold_parent(self, page: Any) -> None:
        """Hold a page that has records already until the transaction ends: the new ones come after them."""
        row = Page.objects.select_for_update().get(pk=page.pk)
        last = row.get_last_child() if row.numchild else None
        page.numchild = row.numchild
        self._below[page.pk] = Below(last=int(Page._str2int(last.path[len(row.path) :])) if last else 0)

    def hold_counter(self, scope: str) -> None:
        """Hold a counter that records have used already."""
        Counter.objects.get_or_create(scope=scope)
        self._held[scope] = Counter.objects.select_for_update().get(scope=scope).last
        self._counted[scope] = self._held[scope]

    def key_for(self, model: type[Model]) -> int:
        """The next key of a table."""
        if model not in self._keys:
            self._keys[model] = new_keys(model)
        return int(next(self._keys[model]))

    def add(
        self,
        *,
        parent: Any,
        page: Any,
        at: datetime,
        rows: Mapping[str, list[Any]] | None = None,
        searched: Mapping[str, str] | None = None,
    ) -> Any:
        """Give a new record its place, key and address.

        Args:
            parent: what it stands below: a page that is held, or a record of this batch.
            at: when it is public.
            rows: the rows that belong to the page, by the name of their relation.
            searched: texts for the search that are known without asking.

        Raises:
            ValidationError: a field is missing or wrong.
        """
        page.pk = page.id = page.page_ptr_id = self.key_for(Page)
        page.content_type_id = ContentType.objects.get_for_model(type(page)).pk
        below = self._below[parent.pk]
        below.last += 1
        below.added += 1
        parent.numchild += 1
        page.depth, page.path = parent.depth + 1, Page._get_path(parent.path, parent.depth + 1, below.last)
        page._cached_parent_obj = parent
        page.locale_id = parent.locale_id
        page.slug = self._free_slug(parent, page)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title, page.owner, page.live, page.has_unpublished_changes = page.title, self.by, True, False
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = at
        page.live_revision_id = page.latest_revision_id = self.key_for(Revision)
        self._belong(page, rows or {})
        self._known[page.pk] = searched or {}
        check_fields(page)
        self.pages.append(page)
        return page

    def _free_slug(self, parent: Any, page: Any) -> str:
        """The slug it has; one made of its title, told apart among the new records below the same page."""
        taken = self._slugs[parent.pk]
        base = page.slug or slugify(page.title, allow_unicode=True)
        slug, number = base, 1
        while not page.slug and slug in taken:
            number += 1
            slug = f"{base}-{number}"
        if slug in taken:
            raise Refused(_("There are two records at the address “%(address)s”.") % {"address": slug})
        taken.add(slug)
        return slug

    def _belong(self, page: Any, rows: Mapping[str, list[Any]]) -> None:
        """Hand the page its rows. It is told of every kind, so that it does not ask the database for those that it has not."""
        owners = self._owners_of(type(page))
        page._cluster_related_objects = {name: list(rows.get(name, ())) for name in owners}
        for name, belonging in page._cluster_related_objects.items():
            for row in belonging:
                setattr(row, owners[name], page.pk)
                row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
                self.add_row(row)

    def _owners_of(self, page_class: Any) -> dict[str, str]:
        """Of each kind of rows that belong to pages of a class, the column that names the page."""
        if page_class not in self._owners:
            relations = get_all_child_relations(page_class)
            self._owners[page_class] = {each.get_accessor_name(): each.field.attname for each in relations}
        return self._owners[page_class]

    def add_row(self, row: Any) -> Any:
        """Take in a row that is no page, and give it its key."""
        row.pk = self.key_for(type(row))
        self._rows[type(row)].append(row)
        return row

    def give_reference(self, page: Any, at: datetime, scope: str | None = None, text: str = "") -> None:
        """Give a record the next reference of its sequence.

        Args:
            scope, text: the sequence and the reference, where the record cannot tell them without asking the database.
        """
        scope = scope or page.reference_scope()
        self._counted[scope] = self._counted.get(scope, 0) + 1
        page.reference = text or page.reference_text(self._counted[scope])
        reference = Reference(text=page.reference, slug=reference_slug(page.reference), page_id=page.pk, given_at=at)
        self.add_row(reference)

    def publish(self, page: Any, at: datetime) -> None:
        """Enter that a record is public, with the digest of its content, and keep its address."""
        self.add_row(PublicAddress(path=page.url_path, page_id=page.pk, since=at))
        version = page.serializable_data()
        self._keep_version(page, version)
        digest = content_digest(page, version)
        self.enter(page, LedgerEvent.PUBLISHED, at, digest=digest, subject=LedgerSubject.RECORD)

    def enter(self, page: Any, event: str, at: datetime, *, note: str = "", digest: str = "", subject: str = "") -> None:
        """Note an entry for the ledger, after those before it."""
        said = {"event": event, "at": at, "note": str(note), "content_sha256": digest, "subject": subject}
        self._entries.append(LedgerEntry(page_id=page.pk, by_id=self.by.pk, reference=page.reference or "", **said))

    def write(self) -> None:
        """Write everything.

        Raises:
            Refused: another record has or had one of these addresses or references.
        """
        self._check_free()
        now = timezone.now()
        write_rows(Page, self.pages)
        for page_class in dict.fromkeys(type(page) for page in self.pages):
            write_rows(page_class, [page for page in self.pages if type(page) is page_class])
        for page in self.pages:
            self._log(page, now)
        self._count()
        for model, rows in (*self._rows.items(), (PageLogEntry, self._history)):
            write_rows(model, rows)
        enter_many(entries=self._entries, page=self.board, by=self.by)
        index_references([*self.pages, *self._entries, *(row for rows in self._rows.values() for row in rows)])
        index_for_search(self.pages, self._known)

    def _check_free(self) -> None:
        addresses = [row.path for row in self._rows[PublicAddress]]
        addresses += [address_digest(path) for path in addresses]
        slugs = [row.slug for row in self._rows[Reference]]
        for model, column, values in ((PublicAddress, "path", addresses), (Reference, "slug", slugs)):
            for some in _parts(values):
                taken = model.objects.filter(**{f"{column}__in": some}).values_list(column, flat=True).first()
                if taken is not None:
                    raise Refused(_("Another record has or had “%(address)s”.") % {"address": taken})

    def _keep_version(self, page: Any, version: dict[str, Any]) -> None:
        """The one version of a record: its content as it was made public."""
        base = ContentType.objects.get_for_model(Page, for_concrete_model=False)
        said = {"content": version, "object_str": str(page), "created_at": page.first_published_at}
        self._rows[Revision].append(
            Revision(
                pk=page.live_revision_id,
                content_type_id=page.content_type_id,
                base_content_type_id=base.pk,
                object_id=str(page.pk),
                user_id=self.by.pk,
                **said,
            )
        )

    def _log(self, page: Any, now: datetime) -> None:
        """What Wagtail's history of a page tells: it was made, and published."""
        about = {"page_id": page.pk, "content_type_id": page.content_type_id, "label": str(page)}
        said = {"user_id": self.by.pk, "content_changed": True, "deleted": False, "data": {}}
        made = {"action": "wagtail.create", "timestamp": now, "uuid": None, "revision_id": None}
        published = {
            "action": "wagtail.publish",
            "timestamp": page.first_published_at,
            "uuid": uuid4(),
            "revision_id": page.live_revision_id,
        }
        for told in (made, published):
            self._history.append(SimpleNamespace(id=self.key_for(PageLogEntry), **about, **said, **told))

    def _count(self) -> None:
        """The children of the pages that were there, and the counters."""
        new = {page.pk for page in self.pages}
        for key, below in self._below.items():
            if key not in new:
                Page.objects.filter(pk=key).update(numchild=F("numchild") + below.added)
        for scope, last in self._counted.items():
            if scope in self._held:
                Counter.objects.filter(scope=scope).update(last=last)
            else:
                self.add_row(Counter(scope=scope, last=last))


@contextmanager
def held_in_memory() -> Iterator[None]:
    """While a batch is gathered and written, the search for garbage rests: nothing of the batch is any until it is written, and all of it would be looked through
    again and again."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def check_fields(page: Any) -> None:
    """Refuse what a form would refuse in the columns of a record. What it is tied to is new with it, or was found by whoever tied it.

    Raises:
        ValidationError: by field.
    """
    ties = {field.name for field in page._meta.fields if field.is_relation}
    page.clean_fields(exclude=ties | {"path", "depth", "numchild", "url_path", "translation_key"})
    if not page.slug:
        raise ValidationError({"slug": _("Give the record an address.")})


def _parts(values: list[str]) -> Iterable[list[str]]:
    return (values[first : first + PER_QUESTION] for first in range(0, len(values), PER_QUESTION))
