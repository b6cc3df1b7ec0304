"""How this installation stands: what its health is asked for by programs, and what an administrator is told."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from governance.health import Figures, alarms
from governance.models import Delivery, FileOnRecord, FixityResult, FixityRound, LedgerEntry, WorkerPulse
from governance.needs_doing import Need, Worker
from governance.queues import Queue, every_queue, queue_of

BAD = (FixityResult.CHANGED, FixityResult.MISSING)


def tasks_waiting() -> Queue:
    """Tasks that no worker has taken up."""
    return queue_of(DBTaskResult.objects.filter(status=TaskResultStatus.READY), "enqueued_at")


def mail_waiting() -> Queue:
    """Mail that is to be sent, by when it is due: one that a server refused waits for its next try."""
    return queue_of(Delivery.objects.exclude(next_try_at=None), "next_try_at")


def last_heard_of_worker() -> datetime | None:
    """When any worker last showed that it is alive."""
    heard: datetime | None = WorkerPulse.objects.aggregate(at=Max("at"))["at"]
    return heard


def figures() -> Figures:
    """How the work in the background stands."""
    return Figures(
        heard_of_worker=last_heard_of_worker(),
        queues=every_queue(),
        looked_at_files=FixityRound.objects.aggregate(at=Max("finished_at"))["at"],
        bad_files=FileOnRecord.objects.filter(result__in=BAD).count(),
        installed=LedgerEntry.objects.aggregate(at=Min("at"))["at"],
    )


def needs_of_the_installation(worker: Worker) -> Iterator[Need]:
    """What stands still, for those who run the installation."""
    if not worker.user.is_superuser:
        return
    for words in alarms(figures(), timezone.now()):
        yield Need(words=words, about=_("this installation"), address=reverse("readyz"))
