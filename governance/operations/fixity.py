"""Looking at every stored file once a night: whether it is still what it was, is missing, or belongs to nothing."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import storages
from django.utils import timezone

from governance.check_records import BLOCK
from governance.kept_files import KeptFile, every_file
from governance.models import FileOnRecord, FixityResult, FixityRound

STORES = ("private", "restricted", "default")
SECONDS = 20.0
"""How long a worker looks at files before it sees to other things."""
NOT_BEFORE = 1
"""The hour of the night at which a new round begins."""


def sweep_files() -> int:
    """What the worker does: begin tonight's round, or go on with it. Returns how many files were looked at."""
    at = timezone.now()
    latest = FixityRound.objects.first()
    if latest is None or (latest.finished_at and _is_due(latest, at)):
        latest = FixityRound.objects.create(started_at=at)
    return 0 if latest.finished_at else go_on(latest, seconds=SECONDS)


def check_every_file(*, at: datetime | None = None) -> FixityRound:
    """Look at every file now, in one go."""
    row = FixityRound.objects.create(started_at=at or timezone.now())
    go_on(row)
    return row


def _is_due(latest: FixityRound, at: datetime) -> bool:
    now = timezone.localtime(at)
    return timezone.localdate(latest.started_at) < now.date() and now.hour >= NOT_BEFORE


def go_on(row: FixityRound, *, seconds: float | None = None) -> int:
    """Look at the files that this round has not looked at yet.

    Args:
        seconds: when to stop; None for never.
    """
    ends = time.monotonic() + seconds if seconds is not None else None
    known = {(file.store, file.name): file for file in FileOnRecord.objects.all()}
    seen, looked_at = set(), 0
    for file in every_file():
        seen.add((file.store, file.name))
        found = known.get((file.store, file.name))
        if found is not None and found.checked_at >= row.started_at:
            continue
        if ends is not None and time.monotonic() > ends:
            return looked_at
        known[file.store, file.name] = _look_at(file, found)
        looked_at += 1
    _finish(row, seen)
    return looked_at


def _look_at(file: KeptFile, found: FileOnRecord | None) -> FileOnRecord:
    """Read one file and note what it is."""
    digests = _digests(file.store, file.name, {"sha256", file.algorithm})
    expected = file.checksum or (found.sha256 if found and file.algorithm == "sha256" else "")
    if digests is None:
        result = FixityResult.SAME if file.is_remade else FixityResult.MISSING
    else:
        result = FixityResult.CHANGED if expected and digests[file.algorithm] != expected else FixityResult.SAME
    first = found.sha256 if found and found.sha256 else (digests or {}).get("sha256", "")
    columns = {"what": file.what[:300], "sha256": first, "result": result, "checked_at": timezone.now()}
    return FileOnRecord.objects.update_or_create(store=file.store, name=file.name, defaults=columns)[0]


def _digests(store: str, name: str, algorithms: set[str]) -> dict[str, str] | None:
    """The checksums of a stored file, in one reading; None where it is missing or cannot be read."""
    made = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    try:
        with storages[store].open(name, "rb") as opened:
            for block in iter(lambda: opened.read(BLOCK), b""):
                for each in made.values():
                    each.update(block)
    except OSError:
        return None
    return {name: each.hexdigest() for name, each in made.items()}


def _finish(row: FixityRound, seen: set[tuple[str, str]]) -> None:
    """Note what belongs to nothing, forget what is gone, and count."""
    for store in STORES:
        for name in stored_in(store):
            if (store, name) not in seen:
                columns = {"what": "", "result": FixityResult.UNTRACKED, "checked_at": timezone.now()}
                FileOnRecord.objects.update_or_create(store=store, name=name, defaults=columns)
    FileOnRecord.objects.filter(checked_at__lt=row.started_at).delete()
    row.counts = dict(Counter(FileOnRecord.objects.order_by().values_list("result", flat=True)))
    row.finished_at = timezone.now()
    row.save(update_fields=["counts", "finished_at"])


def stored_in(store: str, folder: str = "") -> Iterator[str]:
    """The name of every file in a store."""
    try:
        folders, files = storages[store].listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from stored_in(store, f"{folder}{name}/")
