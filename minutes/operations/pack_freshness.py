"""Whether issued packs still say what the records say. The worker looks now and then, and only where something was done since."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from governance.operations.ledger import last_entry
from minutes.enums import NOT_HELD, PackKind
from minutes.models import Pack
from minutes.operations.pack_contents import is_up_to_date

OF_THE_AGENDA = (PackKind.AGENDA, PackKind.SUPPLEMENT, PackKind.CONSOLIDATED, PackKind.ITEM)
"""Compared until the meeting has begun."""
OF_WHAT_CAME = (PackKind.MINUTES, PackKind.DECISIONS)
"""Compared for as long as minutes are usually corrected."""
FOR_A_YEAR = timedelta(days=366)
LOOK_EVERY = timedelta(days=1)
"""How often a pack is compared though the ledger says that nothing was done: what no ledger tells can change too, such as who sits."""
AT_ONCE = 10
"""So many packs are compared in one sweep; each takes tenths of a second."""


def compare_packs(*, at: datetime | None = None) -> int:
    """Compare issued packs with the records, and keep since when one is out of date. Returns how many came to be so."""
    now = at or timezone.now()
    last, found = last_entry(), 0
    for pack in _to_compare(now, last)[:AT_ONCE]:
        fresh = is_up_to_date(pack)
        since = None if fresh else pack.out_of_date_since or now
        Pack.objects.filter(pk=pack.pk).update(compared_at=now, compared_to=last, out_of_date_since=since)
        found += since is not None and pack.out_of_date_since is None
    return found


def _to_compare(now: datetime, last: int) -> QuerySet[Pack]:
    """The packs that people still read and that something may have changed for, the longest not compared first."""
    read = Q(kind__in=OF_THE_AGENDA, meeting__starts_at__gt=now) | Q(
        kind__in=OF_WHAT_CAME, meeting__starts_at__gt=now - FOR_A_YEAR
    )
    may_differ = Q(compared_to__lt=last) | Q(compared_at__lt=now - LOOK_EVERY)
    packs = Pack.objects.current().filter(read, may_differ, meeting__live=True).exclude(meeting__status__in=NOT_HELD)
    packs = packs.exclude(compared_by="").select_related("meeting", "item", "supplement", "base")
    return packs.defer("layout", "contents").order_by("compared_at", "pk")
