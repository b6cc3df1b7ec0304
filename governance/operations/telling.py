"""Recording that those who took part were told. Published is not told: a page that nobody was shown has told nobody."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent, ProgressUpdatePage
from governance.operations.ledger import enter
from governance.wording import day


@transaction.atomic
def record_told(*, update: ProgressUpdatePage, on: date, how: str, by: Any, at: datetime | None = None) -> ProgressUpdatePage:
    """Record when and how those who took part were told of an update. What the update says stays as it was.

    Args:
        on: the day they were told.
        how: such as "by letter and at the carers' group".

    Raises:
        Refused: the update is not public, it is recorded already, the way is left out, or the day has not come or was before
            the news.
    """
    at = at or timezone.now()
    row = ProgressUpdatePage.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if not row.live:
        raise Refused(_("Publish the update first."))
    if row.told_on:
        raise Refused(_("It is recorded already that they were told on %(day)s.") % {"day": day(row.told_on)})
    if not how.strip():
        raise Refused(_("Say how they were told: it is shown on the update's page."))
    if not row.date <= on <= timezone.localdate(at):
        raise Refused(_("The day is that of the news or later, and not in the future."))
    ProgressUpdatePage.objects.filter(pk=row.pk).update(told_on=on, told_how=how.strip()[:300])
    note = _("Those who took part were told on %(day)s: %(how)s") % {"day": day(on), "how": how.strip()}
    enter(page=row, event=LedgerEvent.STATUS, by=by, at=at, note=note)
    row.refresh_from_db()
    return row
