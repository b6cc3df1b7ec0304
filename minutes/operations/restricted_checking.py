"""Checking papers that are not for publication, by the same checks as all others. The row is the job.

The file lies open in a folder of one worker alone for as long as its check takes. What it says of itself goes into no log and no column.
"""

import logging
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.exceptions import Refused
from minutes.enums import FileCheck
from minutes.models import RestrictedPaper
from minutes.models.restricted_papers import COPY, ORIGINAL
from minutes.operations.checking import STATES
from minutes.operations.left_work import Work, take_up_left
from minutes.operations.restricted_mail import tell_of_paper
from minutes.operations.restricted_papers import FOLDER, WORK, become_checked, files_told, held_paper
from minutes.operations.sealed_storage import Sealed, stored_sealed
from minutes.operations.work_folders import own_folder
from minutes.papers.check import CheckFailed
from minutes.papers.convert import NotConverted
from minutes.papers.kinds import NotTaken
from minutes.papers.whole_check import Checked, check_whole
from minutes.restriction import RestrictedPaperState

logger = logging.getLogger(__name__)
LEFT = Work(
    name=WORK,
    rows=RestrictedPaper,
    state="check_state",
    waiting=FileCheck.WAITING,
    at_work=FileCheck.CHECKING,
    failed=FileCheck.FAILED,
    asked_at="uploaded_at",
    tries="attempts",
    given_up=gettext_lazy("The check of this file ended early three times."),
)


def check_restricted_paper(*, paper: int, at: datetime | None = None) -> RestrictedPaper | None:
    """Check a paper that waits for it. Safe to call twice: the row is claimed under a lock.

    Args:
        paper: the key of the row.

    Returns:
        The paper as it is afterwards, or None when there is nothing to do.
    """
    row = _claim(paper)
    if row is None:
        return None
    try:
        with own_folder() as folder, ExitStack() as stored:
            checked = _check(row, folder)
            copy = None
            if checked.copy is not None:
                plain = stored.enter_context(checked.copy.open("rb"))
                copy = stored.enter_context(stored_sealed(plain, FOLDER))
            return _finish(row, checked, copy, at or timezone.now())
    except (NotConverted, NotTaken) as problem:
        return _fail(row, str(problem.sentence))
    except Refused as refusal:
        return _fail(row, str(refusal))
    except (CheckFailed, OSError):
        # What either says may be in the words of the file.
        return _fail(row, _("The file could not be checked, for a reason that is not in the file. Upload it again."))


def take_up_left_papers(*, at: datetime | None = None) -> int:
    """Put papers that a dead worker left back into the queue, and wake a worker for those that wait too long. Returns how many."""
    return take_up_left(LEFT, at=at)


@transaction.atomic
def _claim(key: int) -> RestrictedPaper | None:
    waiting = RestrictedPaper.objects.select_for_update(of=("self",)).filter(pk=key, check_state=FileCheck.WAITING)
    row = waiting.select_related("part__item").first()
    if row is None:
        return None
    now = {"check_state": FileCheck.CHECKING, "heartbeat_at": timezone.now(), "attempts": F("attempts") + 1, "failure": ""}
    RestrictedPaper.objects.filter(pk=key).update(**now)
    row.refresh_from_db(fields=list(now))
    return row


def _check(row: RestrictedPaper, folder: Path) -> Checked:
    told, source = row.secrets(), folder / "source"
    with source.open("wb") as file:
        for block in row.blocks(ORIGINAL, told):
            file.write(block)

    def beat() -> None:
        RestrictedPaper.objects.filter(pk=row.pk, attempts=row.attempts).update(heartbeat_at=timezone.now())

    return check_whole(source, title=told.title, beat=beat)


@transaction.atomic
def _finish(row: RestrictedPaper, checked: Checked, copy: Sealed | None, at: datetime) -> RestrictedPaper | None:
    """Keep what was found, unless the row was taken up by another worker meanwhile."""
    now = held_paper(row)
    if now.attempts != row.attempts or now.check_state != FileCheck.CHECKING:
        if copy is not None:
            raise Refused(_("Another worker has checked this file."))
        return None
    looked, told = checked.looked, now.secrets()
    findings = [finding.kept() for finding in looked.findings]
    facts = {name: value for name, value in asdict(looked).items() if name not in {"findings", "text"}}
    told = replace(told, findings=findings, facts=facts)
    if copy is not None:
        told = replace(told, **files_told(COPY, copy, told))
        now.copy, now.copy_sha256 = copy.name, copy.sha256
    now.keep(told)
    now.keep_text(looked.text)
    now.check_state, now.checked_at, now.attempts, now.heartbeat_at = STATES[looked.weight], at, 0, None
    now.save()
    if now.check_state == FileCheck.CLEAN and now.state == RestrictedPaperState.RECEIVED:
        become_checked(paper=now, by=None, at=at)
    elif now.check_state == FileCheck.FINDINGS and now.state == RestrictedPaperState.RECEIVED:
        tell_of_paper(now)
    return now


def _fail(row: RestrictedPaper, reason: str) -> RestrictedPaper:
    logger.warning("The check of %s failed: %s", row, reason)
    RestrictedPaper.objects.filter(pk=row.pk, attempts=row.attempts, check_state=FileCheck.CHECKING).update(
        check_state=FileCheck.FAILED, failure=reason, heartbeat_at=None
    )
    row.refresh_from_db()
    return row
