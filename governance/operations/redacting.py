"""Redacting a record: words that must not be held at all are removed from everything, and kept nowhere."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Page, Revision

from governance.content import content_of
from governance.exceptions import Refused
from governance.models import RecordPage, Removal, RemovalKind
from governance.operations.removals import ask_for_removal, check_passages, held, remove_words, words_asked
from governance.passages import Passages


@transaction.atomic
def ask_to_redact(*, record: RecordPage, words: str, reason: str, by: Any, at: datetime | None = None) -> Removal:
    """Ask that words of a record be redacted. Another person carries it out (decision 105).

    Args:
        words: as they stand on the record, line by line.
        reason: why they must not be held. It is kept with the ledger, and not public.

    Raises:
        Refused: something is missing, or a line stands nowhere on the record.
    """
    passages = Passages.of([words])
    check_passages(passages)
    if redaction_asked(record) is not None:
        raise Refused(_("A redaction of this record is asked for already. Somebody else carries it out or returns it first."))
    texts = [content_of(record), *Revision.objects.for_instance(record).values_list("content", flat=True)]
    for line in passages.words:
        if not any(Passages((line,)).count(text) for text in texts):
            raise Refused(_("“%(words)s” does not stand on this record. Copy the words as they stand.") % {"words": line})
    return ask_for_removal(page=record, kind=RemovalKind.REDACT, words={"words": words}, reason=reason, by=by, at=at)


@transaction.atomic
def redact(*, removal: Removal, by: Any, at: datetime | None = None) -> Removal:
    """Remove the words: a marker with the ledger entry's number stands in every place that held them.

    Raises:
        Refused: it is settled, the same person asked for it, or the words stand nowhere any more.
        CannotOpen: no key opens what was asked for.
    """
    removal = held(removal)
    words, _besides = words_asked(removal)
    page = Page.objects.get(pk=removal.page_id).specific
    return remove_words(removal=removal, passages=Passages.of(words.values()), page=page, by=by, at=at)


def redaction_asked(record: Any) -> Removal | None:
    """The redaction of a record that waits for another person."""
    waiting = Removal.objects.filter(page=record.pk, kind=RemovalKind.REDACT, settled_at=None)
    return waiting.select_related("asked_by").first()
