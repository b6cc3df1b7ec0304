"""Giving references: once, in order, without a gap."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.exceptions import Refused
from governance.models import Counter, PublicAddress, Reference
from governance.numbering import reference_slug


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
    """Keep the address at which a record is public, so that it leads there for ever.

    Raises:
        Refused: another record was public at that address.
    """
    if PublicAddress.objects.at(page.url_path).exclude(page_id=page.pk).exists():
        raise Refused(
            _("Another record was public at the address “%(address)s”. Give this one another under “Address”.")
            % {"address": page.slug}
        )
    PublicAddress.objects.update_or_create(path=page.url_path, defaults={"page_id": page.pk, "since": at})
