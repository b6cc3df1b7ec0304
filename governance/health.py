"""What stands still though it should move: pure rules on figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from governance.queues import Queue

SILENT_AFTER = timedelta(minutes=5)
"""A worker sweeps twice a minute; a long pack can keep one busy, but not all of them for so long."""
STUCK_AFTER = timedelta(hours=1)
"""So long no pack, check of a paper or mail should wait."""
FIXITY_EVERY = timedelta(hours=48)
"""All files are looked at every night; one missed night is told on the second."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How the work in the background stands.

    Attributes:
        heard_of_worker: when any worker was last heard of; None for never.
        queues: what waits for a worker, by what it is called.
        looked_at_files: when all files were last looked at; None for never.
        bad_files: how many were found changed or missing then.
        installed: since when there is anything to look at.
    """

    heard_of_worker: datetime | None = None
    queues: Mapping[str, Queue] = field(default_factory=dict)
    looked_at_files: datetime | None = None
    bad_files: int = 0
    installed: datetime | None = None


def alarms(figures: Figures, now: datetime) -> Iterator[str]:
    """A sentence for each thing that somebody should see to."""
    if figures.heard_of_worker is None or now - figures.heard_of_worker > SILENT_AFTER:
        yield _("No worker was heard of for five minutes. Start one: packs, mail and what is scheduled wait for it.")
    for what, queue in sorted(figures.queues.items()):
        if queue.since is not None and now - queue.since > STUCK_AFTER:
            yield _("Waiting for more than an hour: %(what)s. See the log of the worker.") % {"what": what}
    known = figures.looked_at_files or figures.installed
    if known is not None and now - known > FIXITY_EVERY:
        yield _("The stored files have not been looked at for two days. The worker does it at night.")
    if figures.bad_files:
        yield _("Stored files that are changed or missing: %(number)s. Run manage.py verify_records, then restore them.") % {
            "number": figures.bad_files
        }
