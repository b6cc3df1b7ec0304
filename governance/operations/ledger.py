"""Writing the ledger."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from governance.following import tell_entered
from governance.models import LedgerEntry


def content_digest(page: Any) -> str:
    """The SHA-256 of a record's content as published, in one fixed order of fields."""
    content = json.dumps(page.serializable_data(), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(content.encode()).hexdigest()


def enter(*, page: Any, event: str, by: Any, at: datetime, note: str = "", digest: str = "") -> LedgerEntry:
    """Add one entry, with what follows from it. There is no operation that changes or removes one."""
    entry = LedgerEntry.objects.create(
        page_id=page.pk,
        event=event,
        reference=page.reference or "",
        content_sha256=digest,
        note=note,
        by=by if by is not None and by.pk else None,
        at=at,
    )
    tell_entered(entry, page)
    return entry


def last_entry() -> int:
    """The key of the entry that was added last; 0 while there is none. Whoever keeps it can tell later whether anything was done since."""
    return LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
