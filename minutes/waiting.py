"""What of meetings waits for a worker."""

from governance.queues import Queue, queue_of
from minutes.enums import FileCheck, PackState
from minutes.models import Pack, PaperFile, RestrictedPaper, SealedPack
from minutes.restriction import CopyState


def packs_waiting() -> Queue:
    """Packs that are to be built."""
    return queue_of(Pack.objects.filter(state=PackState.QUEUED), "asked_at")


def checks_waiting() -> Queue:
    """Uploaded files that are to be checked."""
    return queue_of(PaperFile.objects.filter(check_state=FileCheck.WAITING), "uploaded_at")


def restricted_checks_waiting() -> Queue:
    """Restricted papers that are to be checked."""
    return queue_of(RestrictedPaper.objects.filter(check_state=FileCheck.WAITING), "uploaded_at")


def sealed_copies_waiting() -> Queue:
    """Copies of members' packs that are to be made."""
    return queue_of(SealedPack.objects.filter(state=CopyState.WAITING), "asked_at")
