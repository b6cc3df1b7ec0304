"""Papers that are not for publication: taken in, answered for, taken back, opened. Their check is `minutes.operations.restricted_checking`."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.waking import wake
from minutes.enums import FileCheck, PaperKind
from minutes.models import (
    AgendaItemPage,
    PaperSecrets,
    ReleaseProposal,
    RestrictedPaper,
    RestrictedPart,
    RestrictedReading,
    SealedSection,
)
from minutes.models.restricted_papers import ORIGINAL, restricted_storage
from minutes.operations.left_files import throw_away_left
from minutes.operations.paper_files import plain_name
from minutes.operations.sealed_storage import Opened, Sealed, stored_sealed
from minutes.papers.kinds import NotTaken, kind_of
from minutes.policies import check_accepts
from minutes.restriction import KEPT_BACK, RESTRICTED_PAPER_TRANSITIONS, RestrictedPaperState

WORK = "restricted paper"
FOLDER = "papers"
LONGEST_TITLE = 250


def take_restricted_paper(
    *,
    part: RestrictedPart,
    upload: File,
    title: str,
    by: Any,
    kind: str = PaperKind.REPORT,
    newer_than: RestrictedPaper | None = None,
    at: datetime | None = None,
) -> RestrictedPaper:
    """Take a paper in that is not for publication, sealed, and have it checked. A newer file of one is its next version.

    Members read the version before until the newer one is checked.

    Args:
        part: of the item it belongs to.
        upload: open for reading, with its size and the name it came under; untrusted.
        title: the real title; sealed with the file.
        newer_than: the paper that this is a newer file of.

    Raises:
        Refused: it is no file that is taken, it is there already, it has no title, the part takes none any more, or the disk is full.
        CannotOpen: no key seals it.
    """
    at, title = at or timezone.now(), title.strip()
    _check_takes_papers(part)
    _check_given(upload, title, kind)
    with stored_sealed(upload, FOLDER) as stored, transaction.atomic():
        part = held_part(part)
        _check_takes_papers(part)
        told = PaperSecrets(title=title, name=plain_name(upload.name), kind=str(kind), **files_told(ORIGINAL, stored))
        paper = _next(part, newer_than, told)
        paper.keep(told)
        paper.original, paper.original_sha256 = stored.name, stored.sha256
        paper.uploaded_at, paper.uploaded_by = at, by
        paper.save()
        tell(paper, _("%(paper)s: received"), by=by, at=at, digest=stored.sha256)
        wake(WORK, paper.pk)
    return paper


def _check_given(upload: File, title: str, kind: str) -> None:
    """Refuse what is no paper, and one without a title or a kind."""
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(_("Give it a title of up to 250 letters. It is sealed with the file."))
    if kind not in PaperKind.values or kind == PaperKind.SIGNED:
        raise Refused(_("Say whether it is a report, an appendix or a background paper."))
    try:
        kind_of(upload, upload.size)
    except NotTaken as problem:
        raise Refused(str(problem.sentence)) from problem


def files_told(which: str, stored: Sealed, before: PaperSecrets | None = None) -> dict[str, Any]:
    """What is told of files in secrets, with one stored file more."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in (("keys", stored.key), ("sizes", stored.size), ("sha256", stored.plain_sha256)):
        found[name] = {**(getattr(before, name) if before else {}), which: value}
    return found


def _next(part: RestrictedPart, former: RestrictedPaper | None, told: PaperSecrets) -> RestrictedPaper:
    """The row of a file that comes, and what becomes of the one before it."""
    rows = RestrictedPaper.objects.filter(part=part)
    for other in rows.in_use().exclude(check_state=FileCheck.FAILED):
        if other.secrets().sha256[ORIGINAL] == told.sha256[ORIGINAL]:
            raise Refused(_("This file is here already, as %(paper)s.") % {"paper": other.label})
    if former is None:
        last = rows.aggregate(last=Max("number"))["last"] or 0
        return RestrictedPaper(part=part, number=last + 1)
    versions = rows.filter(number=former.number).order_by("-version")
    latest = versions.first()
    if latest is None or latest.state not in KEPT_BACK:
        raise Refused(_("This paper takes no newer file any more."))
    # Nobody reads one that was not checked yet, so nothing is lost when the newer one takes its place at once.
    versions.filter(state=RestrictedPaperState.RECEIVED).update(state=RestrictedPaperState.SUPERSEDED)
    return RestrictedPaper(part=part, number=former.number, version=latest.version + 1)


def become_checked(*, paper: RestrictedPaper, by: Any, at: datetime) -> None:
    """Let members read a paper, in the place of the version before. Called inside a transaction, with its row held."""
    check_becomes(paper, RestrictedPaperState.CHECKED)
    former = RestrictedPaper.objects.filter(part=paper.part, number=paper.number, version__lt=paper.version)
    former.filter(state=RestrictedPaperState.CHECKED).update(state=RestrictedPaperState.SUPERSEDED)
    paper.state = RestrictedPaperState.CHECKED
    paper.save(update_fields=["state"])
    tell(paper, _("%(paper)s: checked"), by=by, at=at, digest=paper.copy_sha256)


@transaction.atomic
def accept_restricted_paper(*, paper: RestrictedPaper, by: Any, because: str, at: datetime | None = None) -> RestrictedPaper:
    """A named person answers for using a file in spite of what its check found: where the board asks so, another than brought it.

    Raises:
        Refused: nothing waits for a decision, nobody may decide this, or no reason is given.
        CannotOpen: no key opens it.
    """
    at, paper = at or timezone.now(), held_paper(paper)
    check_accepts(paper, by=by, because=because, by_another=paper.part.item.meeting.board.is_published_by_another)
    paper.keep(replace(paper.secrets(), accepted_because=because.strip()))
    paper.accepted_at, paper.accepted_by = at, by
    paper.save(update_fields=["sealed", "accepted_at", "accepted_by"])
    become_checked(paper=paper, by=by, at=at)
    return paper


@transaction.atomic
def withdraw_restricted_paper(*, paper: RestrictedPaper, by: Any, because: str, at: datetime | None = None) -> RestrictedPaper:
    """Take a paper back: members read it no more. Its files are kept, sealed, with the reason.

    Raises:
        Refused: it is not in use, its release is proposed, or no reason is given.
        CannotOpen: no key opens it.
    """
    at, paper = at or timezone.now(), held_paper(paper)
    check_becomes(paper, RestrictedPaperState.WITHDRAWN)
    if not because.strip():
        raise Refused(_("Say why it is taken back. The reason is sealed with the paper."))
    if ReleaseProposal.objects.filter(paper=paper, settled_at=None).exists():
        raise Refused(_("Its release is proposed. Return that first."))
    paper.keep(replace(paper.secrets(), withdrawn_because=because.strip()))
    paper.state, paper.withdrawn_at, paper.withdrawn_by = RestrictedPaperState.WITHDRAWN, at, by
    paper.save(update_fields=["sealed", "state", "withdrawn_at", "withdrawn_by"])
    # No copy of a pack that is opened from now on holds it.
    SealedSection.objects.filter(paper=paper, withdrawn_at=None).update(withdrawn_at=at)
    tell(paper, _("%(paper)s: taken back"), by=by, at=at)
    return paper


@transaction.atomic
def read_restricted_paper(*, paper: RestrictedPaper, which: str, by: Any, at: datetime | None = None) -> Opened:
    """One file of a paper, with a note of who opened it when.

    Args:
        which: `copy`, as the check wrote it, or `original`, as it was uploaded.

    Raises:
        CannotOpen: no key opens it, or it is not what was sealed; then nothing is noted.
        Refused: it is missing in the store.
    """
    told = paper.secrets()
    blocks = paper.blocks(which, told)
    try:
        first = next(blocks)
    except OSError:
        raise Refused(_("The file is missing in the store. Whoever keeps the server can look for it in a backup.")) from None
    RestrictedReading.objects.create(part=paper.part, paper=paper, by=by, at=at or timezone.now())
    return Opened(first, blocks, told.sizes[which])


@transaction.atomic
def read_secrets(*, paper: RestrictedPaper, by: Any, at: datetime | None = None) -> PaperSecrets:
    """What a paper is called, with a note of who opened that when.

    Raises:
        CannotOpen: no key opens it; then nothing is noted.
    """
    told = paper.secrets()
    RestrictedReading.objects.create(part=paper.part, paper=paper, by=by, at=at or timezone.now())
    return told


def prune_restricted_files(*, at: datetime | None = None) -> int:
    """Throw away sealed files that no row points to, such as those of an upload that was undone. Returns how many."""
    rows = RestrictedPaper.objects.order_by()
    pointed_at = rows.values_list("original", flat=True).union(rows.values_list("copy", flat=True), all=True)
    return throw_away_left(restricted_storage(), FOLDER, lambda: pointed_at, at=at)


def check_becomes(paper: RestrictedPaper, after: str) -> None:
    """Refuse a transition that the table does not have.

    Raises:
        Refused: saying which.
    """
    if RestrictedPaperState(after) not in RESTRICTED_PAPER_TRANSITIONS[RestrictedPaperState(paper.state)]:
        words = {
            "paper": paper.label,
            "before": paper.get_state_display(),
            "after": RestrictedPaperState(after).label,
        }
        raise Refused(_("%(paper)s is “%(before)s”, so it cannot become “%(after)s”.") % words)


def held_part(part: RestrictedPart) -> RestrictedPart:
    """A part as it stands now, held until the transaction ends."""
    return RestrictedPart.objects.select_for_update(of=("self",)).select_related("item").get(pk=part.pk)


def held_paper(paper: RestrictedPaper) -> RestrictedPaper:
    """A paper as it stands now, held until the transaction ends."""
    return RestrictedPaper.objects.select_for_update(of=("self",)).select_related("part__item").get(pk=paper.pk)


def tell(paper: RestrictedPaper, words: str, *, by: Any, at: datetime, digest: str = "") -> None:
    """Enter what was done to a paper in the ledger of its item, by its neutral name, with the SHA-256 of the sealed file."""
    note = words % {"paper": paper}
    enter(page=paper.part.item, event=LedgerEvent.RESTRICTED, by=by, at=at, note=note, digest=digest)


def _check_takes_papers(part: RestrictedPart) -> None:
    if not part.is_in_force:
        raise Refused(_("This part is released already."))
    item: AgendaItemPage = part.item
    if item.meeting.is_confirmed:
        raise Refused(_("The minutes of this meeting are confirmed, so the closed part is final too."))
