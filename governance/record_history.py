"""What became of a record since it was first published, told from the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.gathering import rows_of
from governance.models import LedgerEntry, LedgerEvent, LedgerSubject
from governance.remembering import once
from governance.wording import day

OF_A_RECORD = frozenset({LedgerEvent.PUBLISHED, LedgerEvent.CHANGED, LedgerEvent.WITHDRAWN, LedgerEvent.REDACTED})
TOLD = (*OF_A_RECORD, LedgerEvent.ADOPTED, LedgerEvent.CONFIRMED, LedgerEvent.CORRECTED)


@dataclass(frozen=True)
class Event:
    """One thing that became of a record.

    Attributes:
        words: what, beginning in lower case.
        because: the reason, where the public is told one.
        entry: where the ledger tells it.
    """

    words: str
    at: datetime
    because: str
    entry: LedgerEntry


def history_of(page: Any) -> list[Event]:
    """What became of a record, in order, in one query. Publishing again what it said already is nothing new."""
    return once(page, "history", lambda: _asked(page)) if page.pk else []


def entries_of(page: Any) -> QuerySet[LedgerEntry]:
    """What the ledger tells of a record, in order."""
    return LedgerEntry.objects.filter(page=page.pk, event__in=TOLD).select_related("chain").order_by("pk")


def _asked(page: Any) -> list[Event]:
    events: list[Event] = []
    content = ""
    for entry in rows_of(page, "history"):
        is_of_record = entry.event in OF_A_RECORD
        if is_of_record and entry.subject not in {LedgerSubject.RECORD, LedgerSubject.FORMER}:
            continue
        if entry.event == LedgerEvent.CHANGED and entry.content_sha256 == content:
            continue
        content = entry.content_sha256 if is_of_record else content
        because = entry.note if entry.event in {LedgerEvent.CORRECTED, LedgerEvent.WITHDRAWN} else ""
        events.append(Event(_words(entry), entry.at, because, entry))
    return events


def _words(entry: LedgerEntry) -> str:
    known = {
        LedgerEvent.PUBLISHED: _("published"),
        LedgerEvent.CHANGED: _("changed"),
        LedgerEvent.WITHDRAWN: _("withdrawn"),
        LedgerEvent.ADOPTED: _("adopted"),
        LedgerEvent.CONFIRMED: _("confirmed as a correct record"),
        LedgerEvent.CORRECTED: _("corrected"),
        LedgerEvent.REDACTED: _("redacted"),
    }
    return str(known[LedgerEvent(entry.event)])


def history_in_words(page: Any) -> str:
    """Such as “Published 3 June 2025, corrected 4 July 2025 because a name was wrong, unchanged since.”"""
    events = history_of(page)
    words = ", ".join([*(_part(event) for event in events), _("unchanged since")])
    return f"{words[0].upper()}{words[1:]}." if events else ""


def _part(event: Event) -> str:
    told = f"{event.words} {day(event.at)}"
    return (
        _("%(told)s because: %(reason)s") % {"told": told, "reason": event.because.strip().rstrip(".")}
        if event.because
        else told
    )
