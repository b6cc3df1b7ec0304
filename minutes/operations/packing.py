"""Asking for a pack, building it and issuing it. The row is the job: a killed worker's pack is taken up again."""

import hashlib
import logging
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.numbering import reference_slug
from governance.operations.ledger import enter
from governance.waking import wake
from minutes.enums import PackState
from minutes.models import MeetingPage, Pack
from minutes.packs.binding import ContentsUnsettled
from minutes.packs.build import BuiltPack, build
from minutes.packs.gather import gather
from minutes.packs.links import LinkLeadsNowhere
from minutes.packs.render import SectionFailed

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
SECTIONS_KEPT = timedelta(days=30)
WORK = "pack"


@transaction.atomic
def ask_for_pack(*, meeting: MeetingPage, by: Any, at: datetime | None = None) -> Pack:
    """Ask for the agenda pack of a meeting. Two people asking at once ask for one pack.

    Raises:
        Refused: the agenda is not published, so there is nothing to put into a pack.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.agenda_published_at is None:
        raise Refused(_("Publish the agenda of %(meeting)s first: the pack is made from it.") % {"meeting": meeting})
    waiting = meeting.packs.filter(state=PackState.QUEUED).first()
    if waiting is not None:
        return waiting
    version = meeting.packs.count() + 1
    reference = f"{meeting.reference}/AGENDA/v{version}"
    pack = Pack.objects.create(
        meeting=meeting,
        version=version,
        reference=reference,
        slug=reference_slug(reference),
        asked_at=at or timezone.now(),
        asked_by=by,
    )
    wake(WORK, pack.pk)
    return pack


def build_pack(*, pack: int, at: datetime | None = None) -> Pack | None:
    """Build a queued pack and issue it. Safe to call twice: the row is claimed under a lock.

    Args:
        pack: the key of the row.
        at: the time of issue; now unless it is replayed.

    Returns:
        The pack as it is afterwards, or None when there is nothing to do.
    """
    row = _claim(pack)
    if row is None:
        return None
    started = time.monotonic()
    try:
        content = gather(row, at or timezone.now())
        with TemporaryDirectory(dir=section_cache()) as folder:
            base = row.base.layout if row.base else None
            target = Path(folder) / "pack.pdf"
            built = build(content, cache_dir=section_cache(), target=target, base=base, progress=_teller(row))
            return _issue(row, built, at=at or timezone.now(), seconds=time.monotonic() - started)
    except (SectionFailed, ContentsUnsettled, LinkLeadsNowhere, Refused, OSError) as problem:
        return _fail(row, str(problem))


def section_cache() -> Path:
    """Where rendered sections are kept between builds."""
    folder = Path(settings.VAR) / "sections"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def prune_sections(*, at: datetime | None = None) -> int:
    """Throw away rendered sections that no pack was built from for a while; each build marks those it uses. Returns how many."""
    oldest = (at or timezone.now()).timestamp() - SECTIONS_KEPT.total_seconds()
    old = [file for file in section_cache().glob("*.pdf") if file.stat().st_mtime < oldest]
    for file in old:
        file.unlink(missing_ok=True)
        file.with_suffix(".json").unlink(missing_ok=True)
    return len(old)


@transaction.atomic
def take_up_left_packs(*, at: datetime | None = None) -> int:
    """Put packs that a dead worker left back into the queue, and wake a worker for them. Returns how many."""
    now = at or timezone.now()
    left = Pack.objects.select_for_update().filter(state=PackState.BUILDING, heartbeat_at__lt=now - LEASE)
    keys = list(left.values_list("pk", flat=True))
    Pack.objects.filter(pk__in=keys).update(state=PackState.QUEUED)
    for key in keys:
        wake(WORK, key)
    return len(keys)


@transaction.atomic
def _claim(key: int) -> Pack | None:
    row = Pack.objects.select_for_update(of=("self",)).filter(pk=key, state=PackState.QUEUED).first()
    if row is None:
        return None
    now = timezone.now()
    Pack.objects.filter(pk=key).update(state=PackState.BUILDING, taken_up_at=now, heartbeat_at=now, failure="", progress=0)
    row.refresh_from_db()
    return row


def _teller(row: Pack) -> Any:
    def tell(section: str, done: int, total: int) -> None:
        Pack.objects.filter(pk=row.pk).update(stage=section[:120], progress=100 * done // total, heartbeat_at=timezone.now())

    return tell


def _fail(row: Pack, reason: str) -> Pack:
    logger.warning("Pack %s failed: %s", row.reference, reason)
    Pack.objects.filter(pk=row.pk).update(state=PackState.FAILED, failure=reason)
    row.refresh_from_db()
    return row


def _issue(row: Pack, built: BuiltPack, *, at: datetime, seconds: float) -> Pack:
    """Store the file first, then say in one transaction that it is issued: a half file is never pointed at."""
    with built.file.open("rb") as opened:
        sha512 = hashlib.file_digest(opened, "sha512").hexdigest()
        name = row.file.storage.save(f"packs/{row.slug}.pdf", File(opened))
    with transaction.atomic():
        Pack.objects.filter(meeting_id=row.meeting_id, kind=row.kind, state=PackState.ISSUED).update(state=PackState.SUPERSEDED)
        Pack.objects.filter(pk=row.pk).update(
            state=PackState.ISSUED,
            file=name,
            sha512=sha512,
            pages=built.pages,
            bytes=built.file.stat().st_size,
            layout=built.layout,
            contents=built.contents,
            seconds=round(seconds, 3),
            progress=100,
            stage="",
            issued_at=at,
        )
        enter(page=row.meeting, event=LedgerEvent.ISSUED, by=row.asked_by, at=at, note=row.reference, digest=built.sha256)
    row.refresh_from_db()
    return row
