"""Workers tell that they are alive, so that somebody notices when none is."""

import os
import socket
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from governance.models import WorkerPulse

FORGOTTEN_AFTER = timedelta(days=7)


@transaction.atomic
def tell_alive(*, at: datetime | None = None) -> int:
    """Note that this worker is alive, and forget those that have not been heard of for a week. Returns 0: nothing was due."""
    at = at or timezone.now()
    WorkerPulse.objects.update_or_create(worker=f"{socket.gethostname()}-{os.getpid()}"[:80], defaults={"at": at})
    WorkerPulse.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()
    return 0
