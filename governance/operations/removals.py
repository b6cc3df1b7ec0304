"""Removing words from everything the system holds. No other operation changes what was written before (decision 109)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.models import Page
from wagtail.search import index

from governance.exceptions import Refused
from governance.models import LedgerEntry, LedgerEvent, LedgerSubject, RecordPage, Removal
from governance.operations.ledger import content_digest, enter
from governance.operations.removed_addresses import pages_addressed_with, readdress
from governance.operations.rewriting import Found, look_for, pages_of, rewrite, rewrite_sessions, shown_on_pages
from governance.passages import SHORTEST, Passages
from governance.removing import Removed, files_with, tell_removed
from governance.sealing import seal, unseal

ADDRESSES = "wagtailcore.Page.slug"
BESIDES = ""
"""The name under which what an operation needs besides the words is sealed."""


@dataclass(frozen=True)
class Places:
    """Where words stand.

    Attributes:
        found: each place in a column.
        addressed: the keys of the pages whose address is made of them.
    """

    found: Sequence[Found]
    addressed: Sequence[int]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often, by column."""
        counts: Counter[str] = Counter()
        for place in self.found:
            counts[place.column.name] += place.times
        if self.addressed:
            counts[ADDRESSES] = len(self.addressed)
        return dict(sorted(counts.items()))

    @cached_property
    def rows(self) -> dict[str, set[Any]]:
        """The keys of the rows, by the label of their model."""
        rows: dict[str, set[Any]] = {}
        for place in self.found:
            rows.setdefault(place.column.model._meta.label, set()).add(place.key)
        return rows

    @cached_property
    def told(self) -> list[tuple[str, int]]:
        """How often, by the kind of row in words, for whoever is asked."""
        counts: Counter[str] = Counter()
        for place in self.found:
            counts[capfirst(str(place.column.model._meta.verbose_name_plural))] += place.times
        if self.addressed:
            counts[str(_("Addresses"))] += len(self.addressed)
        return sorted(counts.items())


def places_of(passages: Passages, *, registers: bool = False) -> Places:
    """Where words stand in the whole database. Nothing is changed.

    Args:
        registers: whether the registers of people and bodies are looked at too.
    """
    return Places(look_for(passages, registers=registers), pages_addressed_with(passages))


@transaction.atomic
def ask_for_removal(
    *, page: Page | None, kind: str, words: dict[str, str], reason: str, by: Any, at: datetime | None = None, besides: str = ""
) -> Removal:
    """Ask that words be removed. Another person carries it out; until then they lie sealed.

    Args:
        page: the record they are taken out of; None for a person.
        words: those that are removed, by whatever names the operation that carries it out gives them.
        besides: what else that operation needs; sealed with the words, and not looked for.
        reason: why. It is kept, and does not repeat the words.

    Raises:
        Refused: there are none, they are too short, or no reason is given or it repeats them.
    """
    passages = Passages.of(words.values())
    check_passages(passages)
    if not reason.strip():
        raise Refused(_("Say why the words are removed. It is kept with the ledger and not public."))
    if passages.count(reason):
        raise Refused(_("The reason repeats the words that are removed. Say it without them."))
    asked = {"kind": kind, "page": page, "reason": reason.strip(), "asked_at": at or timezone.now(), "asked_by": by}
    return Removal.objects.create(**asked, sealed=seal({**words, BESIDES: besides}, of=page.pk if page is not None else 0))


def check_passages(passages: Passages) -> None:
    """Refuse to look for what stands in too many other words.

    Raises:
        Refused: saying which.
    """
    if not passages.words:
        raise Refused(_("Write the words that are removed, as they stand."))
    for words in passages.words:
        if len(slugify(words, allow_unicode=True).replace("-", "")) < SHORTEST:
            raise Refused(_("“%(words)s” is too short to be looked for. Give more of the words around it.") % {"words": words})


def words_asked(removal: Removal) -> tuple[dict[str, str], str]:
    """What is asked to be removed, opened: the words by their names, and what is needed besides.

    Raises:
        CannotOpen: no key opens it.
        Refused: it is settled.
    """
    if removal.settled_at:
        raise Refused(_("This removal is settled already."))
    words = unseal(removal.sealed, of=removal.page_id or 0)
    return words, words.pop(BESIDES)


@transaction.atomic
def return_removal(*, removal: Removal, comment: str, by: Any, at: datetime | None = None) -> Removal:
    """Return a removal that was asked for; nothing is removed, and the words that were asked for are forgotten.

    Raises:
        Refused: it is settled, or no reason is given.
    """
    row = held(removal)
    if not comment.strip():
        raise Refused(_("Write why it is returned."))
    if row.is_under_way:
        raise Refused(_("It is being carried out already, so it cannot be returned."))
    row.sealed, row.comment, row.settled_at, row.settled_by = "", comment.strip(), at or timezone.now(), by
    row.save(update_fields=["sealed", "comment", "settled_at", "settled_by"])
    return row


def held(removal: Removal) -> Removal:
    """The row, held until the transaction ends.

    Raises:
        Refused: it is settled.
    """
    row = Removal.objects.select_for_update(of=("self",)).get(pk=removal.pk)
    if row.settled_at:
        raise Refused(_("This removal is settled already."))
    return row


@transaction.atomic
def remove_words(
    *,
    removal: Removal,
    passages: Passages,
    page: Page,
    by: Any,
    at: datetime | None = None,
    registers: bool = False,
    instead: str = "",
) -> Removal:
    """Put a marker with the number of a ledger entry in the place of words, in every row, version, log and index of the system.

    Args:
        passages: the words.
        page: whose ledger tells it.
        registers: whether they are removed from the registers of people and bodies too.
        instead: words that are put in their place; a marker with the entry's number unless given.

    Raises:
        Refused: it is settled, the same person asked for it, or the words stand nowhere.
    """
    row, at = _opened(removal, by), at or timezone.now()
    check_passages(passages)
    places = places_of(passages, registers=registers)
    if not places.counts:
        raise Refused(_("These words stand nowhere any more. Copy them as they stand."))
    entry = enter(page=page, event=LedgerEvent.REDACTED, by=by, at=at, note=_note(row, places))
    marked = _marked(passages, entry, instead)
    rewrite(list(places.found), marked, row)
    rewrite_sessions(marked)
    pages = pages_of(places.found) | set(readdress(places.addressed, marked, at))
    told = {"counts": places.counts, "files": files_with(places.rows), "progress": 100, "failure": ""}
    settled = {"sealed": "", "is_open": False, "settled_at": at, "settled_by": by, "entry": entry, **told}
    Removal.objects.filter(pk=row.pk).update(**settled)
    row.refresh_from_db()
    tell_what_records_say(pages, entry, by=by, at=at)
    _index(pages)
    tell_removed(_removed(row, places))
    transaction.on_commit(empty_caches, robust=True)
    return row


def _opened(removal: Removal, by: Any) -> Removal:
    """The removal, its row held and the door of the triggers open until its transaction ends."""
    row = held(removal)
    if by is None or row.asked_by_id == by.pk:
        raise Refused(_("You asked for it. Somebody else has to carry it out: it cannot be taken back."))
    Removal.objects.filter(pk=row.pk).update(is_open=True)
    return row


def empty_caches() -> None:
    """Forget every page and piece of one that is kept."""
    for alias in settings.CACHES:
        caches[alias].clear()


def _removed(removal: Removal, places: Places) -> Removed:
    """What was changed, for the apps above."""
    return Removed(removal, removal.settled_by, removal.settled_at, places.rows, pages_of(shown_on_pages(places.found)))


def _note(removal: Removal, places: Places) -> str:
    number = sum(places.counts.values())
    words = ngettext("Words removed in %(n)d place: %(places)s.", "Words removed in %(n)d places: %(places)s.", number)
    told = ", ".join(f"{kind} {times}" for kind, times in places.told)
    return f"{words % {'n': number, 'places': told}} {removal.reason}"


def _marked(passages: Passages, entry: LedgerEntry, instead: str) -> Passages:
    """The passages with a marker that names the entry."""
    number, chain = entry.number, entry.chain.name
    marker = instead or _("[Removed: ledger entry %(number)d of %(chain)s]") % {"number": number, "chain": chain}
    return passages.marked(marker=marker, slug=slugify(f"removed-{chain}-{number}"))


def tell_what_records_say(pages: set[int], entry: LedgerEntry, *, by: Any, at: datetime) -> None:
    """The digest of what each public record says now, so that none seems to be changed in silence."""
    note = _("Words removed under entry %(number)d of the ledger of %(chain)s") % {
        "number": entry.number,
        "chain": entry.chain.name,
    }
    last: dict[int, str] = {}
    told = LedgerEntry.objects.filter(page__in=pages, subject=LedgerSubject.RECORD).exclude(event=LedgerEvent.WITHDRAWN)
    for key, digest in told.order_by("pk").values_list("page", "content_sha256"):
        last[key] = digest
    for page in Page.objects.live().filter(pk__in=pages).order_by("path").specific():
        if isinstance(page, RecordPage) and page.pk in last:
            digest = content_digest(page)
            if digest != last[page.pk]:
                told_as = {"event": LedgerEvent.REDACTED, "subject": LedgerSubject.RECORD, "digest": digest}
                enter(page=page, by=by, at=at, note=note, **told_as)


def _index(pages: set[int]) -> None:
    """Let the search forget the words at once: of the pages, and of those above that are found by what stands below them."""
    paths = Page.objects.filter(pk__in=pages).values_list("path", flat=True)
    above = {path[:end] for path in paths for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)}
    for page in Page.objects.filter(path__in=above).specific():
        index.insert_or_update_object(page)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Its index keeps what was written before until it is put in order.
            cursor.execute("INSERT INTO wagtailsearch_indexentry_fts (wagtailsearch_indexentry_fts) VALUES ('optimize')")
