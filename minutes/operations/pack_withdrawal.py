"""Taking an issued pack out of public view, with a reason that stays at its address."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.enums import PackState
from minutes.models import Pack
from minutes.pack_policies import check_become


@transaction.atomic
def withdraw_pack(*, pack: Pack, by: Any, reason: str, at: datetime | None = None) -> Pack:
    """Withdraw a pack. Its address stays and tells the reason; the file is kept and shown to nobody.

    Raises:
        Refused: it is not issued, or no reason is given.
    """
    at = at or timezone.now()
    row = Pack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    check_become(row, PackState.WITHDRAWN)
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown to anyone who follows the address of the pack."))
    columns = {"withdrawn_at": at, "withdrawn_by": by, "withdrawn_because": reason.strip()}
    Pack.objects.filter(pk=row.pk).update(state=PackState.WITHDRAWN, **columns)
    note = _("%(pack)s withdrawn: %(reason)s") % {"pack": row.reference, "reason": reason.strip()}
    enter(page=row.meeting, event=LedgerEvent.WITHDRAWN, by=by, at=at, note=note)
    row.refresh_from_db()
    return row
