"""Giving references: once, in order, without a gap."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.exceptions import Refused
from governance.models import Counter, PublicAddress, Reference
from governance.models.references import address_digest
from governance.numbering import reference_slug

AT_ONCE = 500
"""Addresses that are kept in one statement: SQLite takes no endless ones."""


@transaction.atomic
def next_number(*, scope: str) -> int:
    """The next number of a sequence. The row stays locked until the transaction ends, so a failed one leaves no gap."""
    Counter.objects.get_or_create(scope=scope)
    counter = Counter.objects.select_for_update().get(scope=scope)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


@transaction.atomic
def give_reference(*, page: Any, at: datetime, text: str | None = None) -> str | None:
    """Give a record its permanent reference unless it has one.

    Args:
        page: the record, as its own class.
        at: when it is given.
        text: a reference that is printed already (an imported record); else the next of its sequence.

    Returns:
        The reference, or None where the record needs none yet.

    Raises:
        Refused: another record has that reference, or one that leads to the same permanent address.
    """
    if page.reference:
        return str(page.reference)
    if text is None:
        scope = page.reference_scope()
        if scope is None:
            return None
        text = page.reference_text(next_number(scope=scope))
    _require_free(text)
    Reference.objects.create(text=text, slug=reference_slug(text), page_id=page.pk, given_at=at)
    type(page).objects.filter(pk=page.pk).update(reference=text)
    page.reference = text
    return text


def _require_free(text: str) -> None:
    other = Reference.objects.filter(slug=reference_slug(text)).first()
    if other is not None:
        raise Refused(
            _("The reference %(reference)s would lead to the same address as %(other)s, which another record has.")
            % {"reference": text, "other": other.text}
        )


def remember_address(*, page: Page, at: datetime) -> None:
    """Keep the address at which a record is public, so that it leads there for ever. Where it is a new one, so have all below it.

    Raises:
        Refused: another record was public at that address.
    """
    is_kept = PublicAddress.objects.filter(path=page.url_path, page_id=page.pk).exists()
    below = [] if is_kept else page.get_descendants().live().only("pk", "slug", "url_path").iterator()
    remember_addresses(pages=chain([page], below), at=at)


def remember_addresses(*, pages: Iterable[Page], at: datetime) -> None:
    """Keep the addresses of many records at once: a board that is renamed takes thousands with it.

    Args:
        pages: public ones.

    Raises:
        Refused: another record was public at one of these addresses.
    """
    left = iter(pages)
    while some := {page.url_path: page for page in islice(left, AT_ONCE)}:
        known = dict(PublicAddress.objects.filter(path__in=some).values_list("path", "page_id"))
        # Of some that were public before, the digest alone is kept.
        by_digest = {address_digest(path): page for path, page in some.items()}
        digested = PublicAddress.objects.filter(path__in=by_digest).values_list("path", "page_id")
        for page, owner in [(some[path], owner) for path, owner in known.items()] + [
            (by_digest[path], owner) for path, owner in digested
        ]:
            if owner != page.pk:
                raise _taken(page)
        PublicAddress.objects.filter(path__in=known).update(since=at)
        new = [PublicAddress(path=path, page_id=page.pk, since=at) for path, page in some.items() if path not in known]
        try:
            with transaction.atomic():
                PublicAddress.objects.bulk_create(new)
        except IntegrityError:
            # Somebody else published there at this very moment.
            raise _taken(next(iter(some.values()))) from None


def _taken(page: Page) -> Refused:
    words = _("Another record was public at the address “%(address)s”. Give this one another under “Address”.")
    return Refused(words % {"address": page.slug})
