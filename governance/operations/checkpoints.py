"""Checkpoints: once a day, where every ledger stands."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from governance.check_records import START, checkpoint_digest
from governance.models import LedgerChain, LedgerCheckpoint, LedgerEntry
from governance.models.ledger import moment


def make_checkpoint(*, at: datetime | None = None) -> LedgerCheckpoint | None:
    """Note where every ledger stands, unless it was noted today.

    Returns:
        The checkpoint; None where the day has one, or nothing was ever entered.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    if LedgerCheckpoint.objects.filter(day__gte=day).exists():
        return None
    try:
        with transaction.atomic():
            return _made(at)
    except IntegrityError:
        # Another worker made it at the same moment.
        return None


def sweep_checkpoint() -> int:
    """What the worker does: one checkpoint each day."""
    return 1 if make_checkpoint() else 0


def _made(at: datetime) -> LedgerCheckpoint | None:
    names = dict(LedgerChain.objects.values_list("pk", "name"))
    numbers = LedgerEntry.objects.values("chain").annotate(number=Max("number")).values_list("chain", "number")
    heads = []
    for chain, number in sorted(numbers, key=lambda row: names[row[0]]):
        sha256 = LedgerEntry.objects.values_list("sha256", flat=True).get(chain=chain, number=number)
        heads.append({"chain": names[chain], "number": number, "sha256": sha256})
    if not heads:
        return None
    before = LedgerCheckpoint.objects.order_by("-day").values_list("sha256", flat=True).first() or START
    row = LedgerCheckpoint(day=timezone.localdate(at), at=at, heads=heads, before=before)
    row.sha256 = checkpoint_digest({"day": row.day.isoformat(), "at": moment(at), "heads": heads, "before": before})
    row.save(force_insert=True)
    return row
