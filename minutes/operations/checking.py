"""Checking the files of papers. The row is the job: a file that a killed worker left is taken up again.

One check is made of steps that each end within minutes, and each begins with a sign of life; a row without one for the length of a
lease was left by a worker that is no more.
"""

import errno
import hashlib
import logging
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.exceptions import Refused
from governance.waking import wake
from minutes.enums import CHECK_ENDED, FileCheck, PaperState
from minutes.models import Paper, PaperFile
from minutes.operations.left_work import Work, take_up_left
from minutes.operations.paper_files import COPIES, WORK
from minutes.operations.papers import audit, digest_of, locked, mark_checked
from minutes.operations.work_folders import own_folder
from minutes.papers.check import CHECKS_EDITION, CheckFailed, DiskFull, Looked
from minutes.papers.convert import NotConverted
from minutes.papers.findings import Finding, Weight, findings_kept, newly_found
from minutes.papers.kinds import NotTaken
from minutes.papers.whole_check import Checked, check_whole

logger = logging.getLogger(__name__)
AGAIN_AT_ONCE = 20
"""So many published files are checked again in one sweep, so that new uploads do not wait behind all of them."""
BLOCK = 1 << 20
LEFT = Work(
    name=WORK,
    rows=PaperFile,
    state="check_state",
    waiting=FileCheck.WAITING,
    at_work=FileCheck.CHECKING,
    failed=FileCheck.FAILED,
    asked_at="uploaded_at",
    tries="attempts",
    given_up=gettext_lazy("The check of this file ended early three times."),
)
STATES = {
    None: FileCheck.CLEAN,
    Weight.NOTE: FileCheck.CLEAN,
    Weight.DECISION: FileCheck.FINDINGS,
    Weight.BLOCKS: FileCheck.BLOCKED,
}


@dataclass(frozen=True)
class Stored:
    """The copy in the store; without a name there is none."""

    name: str = ""
    sha256: str = ""
    bytes: int | None = None


def check_file(*, file: int, at: datetime | None = None) -> PaperFile | None:
    """Check a file that waits for it. Safe to call twice: the row is claimed under a lock.

    Args:
        file: the key of the row.
        at: when it is checked; now unless it is replayed.

    Returns:
        The file as it is afterwards, or None when there is nothing to do.
    """
    row = _claim(file)
    if row is None:
        return None
    try:
        with own_folder() as folder:
            checked = _check(row, folder)
            stored = _store(row, checked.copy) if checked.copy else Stored()
        return _finish(row, checked.looked, stored, at or timezone.now())
    except NotConverted as problem:
        return _fail(row, str(problem.sentence))
    except DiskFull:
        return _fail(row, _("There is no room left on the disk, so the file could not be checked."))
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            return _fail(row, _("There is no room left on the disk, so the file could not be checked."))
        return _fail(row, _("The file could not be read from the store: %(problem)s") % {"problem": problem.strerror})
    except (CheckFailed, NotTaken) as problem:
        return _fail(row, str(problem))


@transaction.atomic
def check_again(*, file: PaperFile, by: Any, at: datetime | None = None) -> PaperFile:
    """Have a file checked again, such as after LibreOffice was installed. What is public stays so.

    Raises:
        Refused: it is being checked, or waits for it.
    """
    row = PaperFile.objects.select_for_update(of=("self",)).select_related("paper__item").defer("text").get(pk=file.pk)
    if row.check_state not in CHECK_ENDED:
        raise Refused(_("This file is being checked already."))
    PaperFile.objects.filter(pk=row.pk).update(check_state=FileCheck.WAITING, attempts=0, failure="", heartbeat_at=None)
    audit(row.paper, _("Check of the paper %(paper)s asked for again"), by=by, at=at, digest=digest_of(row))
    wake(WORK, row.pk)
    row.refresh_from_db(fields=["check_state", "attempts", "failure"])
    return row


def take_up_left_files(*, at: datetime | None = None) -> int:
    """Put files that a dead worker left back into the queue, and wake a worker for those that wait too long. Returns how many."""
    return take_up_left(LEFT, at=at)


@transaction.atomic
def recheck_published(*, at: datetime | None = None) -> int:
    """Have published files checked again that were checked with fewer checks than there are now. Returns how many."""
    public = PaperFile.objects.filter(is_current=True, paper__state=PaperState.PUBLISHED, check_state__in=CHECK_ENDED)
    older = public.filter(checked_with__lt=CHECKS_EDITION).order_by("checked_at", "pk")
    keys = list(older.values_list("pk", flat=True)[:AGAIN_AT_ONCE])
    PaperFile.objects.filter(pk__in=keys).update(check_state=FileCheck.WAITING, attempts=0)
    for key in keys:
        wake(WORK, key)
    return len(keys)


@transaction.atomic
def _claim(key: int) -> PaperFile | None:
    waiting = PaperFile.objects.select_for_update(of=("self",)).filter(pk=key, check_state=FileCheck.WAITING)
    row = waiting.select_related("paper__item").defer("text").first()
    if row is None:
        return None
    PaperFile.objects.filter(pk=key).update(
        check_state=FileCheck.CHECKING, heartbeat_at=timezone.now(), attempts=F("attempts") + 1, failure=""
    )
    row.refresh_from_db(fields=["check_state", "heartbeat_at", "attempts", "failure"])
    return row


def _beat(row: PaperFile) -> None:
    PaperFile.objects.filter(pk=row.pk, attempts=row.attempts).update(heartbeat_at=timezone.now())


def _check(row: PaperFile, folder: Path) -> Checked:
    """Look through the file as it was uploaded."""
    source = folder / "source"
    with row.original.open("rb") as opened, source.open("wb") as file:
        shutil.copyfileobj(opened, file, BLOCK)
    return check_whole(source, title=row.paper.title, beat=lambda: _beat(row))


def _store(row: PaperFile, copy: Path) -> Stored:
    """Store the copy under its own digest, so that a check made twice does not leave two."""
    storage = row.copy.storage
    with copy.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    name = f"{COPIES}/{row.paper_id}-{row.version}-{digest[:16]}.pdf"
    if storage.exists(name):
        storage.delete(name)
    with copy.open("rb") as opened:
        return Stored(storage.save(name, File(opened)), digest, copy.stat().st_size)


@transaction.atomic
def _finish(row: PaperFile, looked: Looked, stored: Stored, at: datetime) -> PaperFile | None:
    """Keep what was found, unless the row was taken up by another worker meanwhile."""
    paper = locked(row.paper)
    now = PaperFile.objects.select_for_update(of=("self",)).filter(pk=row.pk, attempts=row.attempts).defer("text").first()
    if now is None or now.check_state != FileCheck.CHECKING:
        return None
    before = findings_kept(now.findings)
    known = {(finding.code, finding.page): finding for finding in before}
    findings = [known.get((finding.code, finding.page), finding).kept() for finding in looked.findings]
    columns: dict[str, Any] = {
        "check_state": STATES[looked.weight],
        "checked_with": CHECKS_EDITION,
        "checked_at": at,
        "findings": findings,
        "attempts": 0,
        "heartbeat_at": None,
    }
    # What is public stays as it was published, byte for byte, whatever later checks find.
    if now.published_at is None:
        columns |= _facts(looked, stored, row)
    PaperFile.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
    _tell(paper, row, newly_found(before, looked.findings), at)
    return row


def _facts(looked: Looked, stored: Stored, row: PaperFile) -> dict[str, Any]:
    return {
        "copy": stored.name,
        "copy_sha256": stored.sha256,
        "bytes": stored.bytes or row.bytes,
        "pages": looked.pages,
        "is_tagged": looked.is_tagged,
        "is_archivable": looked.is_archivable,
        "language": looked.language,
        "free_feet": list(looked.free_feet),
        "text": looked.text,
    }


def _tell(paper: Paper, row: PaperFile, new: list[Finding], at: datetime) -> None:
    found = ", ".join(sorted({finding.code.value for finding in new})) or _("nothing new")
    words = _("File checked: %(paper)s, version %(version)s (%(found)s)")
    audit(paper, words, by=None, at=at, digest=digest_of(row), version=row.version, found=found)
    if paper.state == PaperState.RECEIVED and row.is_current and row.check_state == FileCheck.CLEAN:
        mark_checked(paper=paper, by=None, at=at)


def _fail(row: PaperFile, reason: str) -> PaperFile | None:
    logger.warning("The check of %s failed: %s", row, reason)
    PaperFile.objects.filter(pk=row.pk, attempts=row.attempts, check_state=FileCheck.CHECKING).update(
        check_state=FileCheck.FAILED, failure=reason, heartbeat_at=None
    )
    row.refresh_from_db()
    return row
