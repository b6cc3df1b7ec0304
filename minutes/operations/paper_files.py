"""Files of papers: taken in, answered for by a person, put in the place of one that is public."""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.waking import wake
from minutes.enums import PaperState
from minutes.models import Paper, PaperFile
from minutes.operations.left_files import throw_away_left
from minutes.operations.pack_withdrawal import renew_packs_with
from minutes.operations.papers import audit, check_second_person, digest_of, index_again, locked, mark_checked
from minutes.papers.findings import findings_kept
from minutes.papers.kinds import NotTaken, kind_of
from minutes.policies import check_accepts, check_paper_become, is_publishable

WORK = "paper file"
ORIGINALS, COPIES = "papers/originals", "papers/copies"
ENDED = frozenset({PaperState.SUPERSEDED, PaperState.WITHDRAWN})


def take_file(*, paper: Paper, upload: File, by: Any, says: str = "", at: datetime | None = None) -> PaperFile:
    """Take the file of a paper in, as its next version, and have it checked. What is public stays so until it is replaced.

    Args:
        paper: to follow, received, or public.
        upload: open for reading, with its size and the name it came under; untrusted.
        by: who uploads it.
        says: what changed since the version before; shown where that one was public.

    Raises:
        Refused: it is no file that is taken, it is there already, the paper takes none any more, or the disk is full.
    """
    at = at or timezone.now()
    _check_takes_files(paper)
    try:
        kind = kind_of(upload, upload.size)
    except NotTaken as problem:
        raise Refused(str(problem.sentence)) from problem
    digest = _sha256(upload)
    with _stored(paper, upload, digest, kind.value) as name, transaction.atomic():
        paper = locked(paper)
        _check_takes_files(paper)
        return _add(paper, name, upload, digest=digest, by=by, says=says, at=at)


def _check_takes_files(paper: Paper) -> None:
    if paper.state in ENDED:
        raise Refused(
            _("“%(paper)s” is “%(state)s”, so it takes no file.") % {"paper": paper, "state": paper.get_state_display()}
        )


def _sha256(upload: File) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


@contextmanager
def _stored(paper: Paper, upload: File, digest: str, ending: str) -> Iterator[str]:
    """The file in private storage under a name of ours; thrown away again when what follows is refused.

    Raises:
        Refused: there is no room for it.
    """
    storage = PaperFile._meta.get_field("original").storage
    try:
        name = storage.save(f"{ORIGINALS}/{paper.pk}-{digest[:16]}.{ending}", upload)
    except OSError as problem:
        if problem.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise Refused(_("There is no room left on the disk, so the file was not taken. Nothing else was changed.")) from problem
    try:
        yield name
    except BaseException:
        storage.delete(name)
        raise


def _add(paper: Paper, name: str, upload: File, *, digest: str, by: Any, says: str, at: datetime) -> PaperFile:
    latest = paper.files.order_by("-version").defer("text").first()
    if latest is not None and latest.original_sha256 == digest:
        raise Refused(_("This is the file that “%(paper)s” has already.") % {"paper": paper})
    is_public = paper.state == PaperState.PUBLISHED
    if not is_public:
        paper.files.filter(is_current=True).update(is_current=False)
    file = PaperFile.objects.create(
        paper=paper,
        version=latest.version + 1 if latest else 1,
        is_current=not is_public or latest is None,
        original=name,
        original_name=plain_name(upload.name),
        original_sha256=digest,
        bytes=upload.size,
        uploaded_by=by,
        uploaded_at=at,
        says=says.strip(),
    )
    if not is_public and paper.state != PaperState.RECEIVED:
        check_paper_become(paper, PaperState.RECEIVED)
        Paper.objects.filter(pk=paper.pk).update(state=PaperState.RECEIVED)
        paper.state = PaperState.RECEIVED
    words = _("File received for the paper %(paper)s, version %(version)s")
    audit(paper, words, by=by, at=at, digest=digest, version=file.version)
    wake(WORK, file.pk)
    return file


def plain_name(name: str | None) -> str:
    """The name a file came under, without folders and signs that are none."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).lstrip(". ")[:250] or _("without a name")


@transaction.atomic
def publish_anyway(*, file: PaperFile, by: Any, because: str, at: datetime | None = None) -> PaperFile:
    """A named person answers for publishing a file in spite of what its check found: where the board asks so, another than uploaded it.

    Args:
        because: why; kept with the person's name.

    Raises:
        Refused: nothing waits for a decision, nobody may decide this, no reason is given, or there is a newer file.
    """
    paper = locked(file.paper)
    file = PaperFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if paper.files.filter(version__gt=file.version).exists():
        raise Refused(_("There is a newer file for “%(paper)s”. Look at that one.") % {"paper": paper})
    check_accepts(file, by=by, because=because, by_another=paper.item.meeting.board.is_published_by_another)
    at = at or timezone.now()
    PaperFile.objects.filter(pk=file.pk).update(accepted_by=by, accepted_at=at, accepted_because=because.strip())
    found = ", ".join(sorted({finding.code.value for finding in findings_kept(file.findings)}))
    words = _("To be published anyway: %(paper)s, version %(version)s (%(found)s). %(because)s")
    more = {"version": file.version, "found": found, "because": because.strip()}
    audit(paper, words, by=by, at=at, digest=digest_of(file), **more)
    if paper.state == PaperState.RECEIVED:
        mark_checked(paper=paper, by=by, at=at)
    file.refresh_from_db()
    return file


@transaction.atomic
def publish_replacement(*, paper: Paper, by: Any, says: str, at: datetime | None = None) -> PaperFile:
    """Put the newest file of a public paper in the place of the one that is read. The former's address leads to it and says so.

    The packs of a meeting to come that hold the paper are asked for anew.

    Args:
        says: what changed, for the public.

    Raises:
        Refused: the paper is not public, there is no newer file that is ready, or what changed is not said.
    """
    at = at or timezone.now()
    paper = locked(paper)
    if paper.state != PaperState.PUBLISHED:
        raise Refused(_("“%(paper)s” is not public: its newest file is used anyway.") % {"paper": paper})
    file = paper.files.order_by("-version").defer("text").first()
    if file is None or file.published_at is not None:
        raise Refused(_("There is no newer file for “%(paper)s”. Upload it first.") % {"paper": paper})
    if not is_publishable(file):
        raise Refused(
            _("The newer file of “%(paper)s” cannot be published yet. Look at what its check found.") % {"paper": paper}
        )
    if not says.strip():
        raise Refused(_("Say what changed: it is shown with the paper."))
    check_second_person(paper, file, by)
    paper.files.filter(is_current=True).exclude(pk=file.pk).update(is_current=False)
    PaperFile.objects.filter(pk=file.pk).update(is_current=True, published_at=at, says=says.strip())
    words = _("File replaced: %(paper)s, version %(version)s. %(says)s")
    audit(paper, words, by=by, at=at, digest=digest_of(file), version=file.version, says=says.strip())
    index_again(paper.item)
    renew_packs_with(paper=paper, by=by, at=at)
    file.refresh_from_db()
    return file


def prune_paper_files(*, at: datetime | None = None) -> int:
    """Throw away originals and copies that no row points to, such as those of an upload that was undone. Returns how many."""
    rows = PaperFile.objects.order_by()
    originals, copies = rows.values_list("original", flat=True), rows.exclude(copy="").values_list("copy", flat=True)
    storage = PaperFile._meta.get_field("original").storage
    return throw_away_left(storage, ORIGINALS, lambda: originals, at=at) + throw_away_left(
        storage, COPIES, lambda: copies, at=at
    )
