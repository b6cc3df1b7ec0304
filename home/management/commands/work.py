"""`manage.py work`: the background worker. It works through the queue, publishes what is scheduled and sweeps."""

import logging
import os
import signal
import socket
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from django_tasks_db.management.commands.db_worker import Worker

from governance.one_host import serve_from_here
from governance.operations.scheduled import publish_due
from governance.sweeping import sweep
from minutes.checks import require_keys

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Work until told to stop. A task under way is finished first."""

    help = "Work through the queue, publish what is scheduled and take up what a dead worker left, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between looks at the queue (default: %(default)s)"
        )
        parser.add_argument("--sweep-every", type=float, default=30.0, help="seconds between sweeps (default: %(default)s)")
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, interval: float, sweep_every: float, once: bool, **options: Any) -> None:
        """Round after round until a signal comes. Where another machine serves these records, or without the keys of what is sealed, it does not begin."""
        try:
            serve_from_here()
            require_keys()
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from None
        self.stopping = False
        self.queue: Worker | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        swept = -sweep_every
        while not self.stopping:
            if time.monotonic() - swept >= sweep_every:
                self._sweep()
                swept = time.monotonic()
            self._empty_the_queue()
            if once:
                return
            time.sleep(0 if self.stopping else interval)

    def _empty_the_queue(self) -> None:
        """Run every task that is ready, one after the other."""
        self.queue = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()}-{os.getpid()}"[:64],
            excluded_queue_names=[],
        )
        self.queue.run()
        self.queue = None

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        if self.queue is not None:
            self.queue.running = False

    def _sweep(self) -> None:
        try:
            publish_due()
            found = {name: count for name, count in sweep().items() if count}
        except OperationalError as problem:
            logger.warning("The database is busy; the next sweep tries again: %s", problem)
            return
        if found:
            logger.warning("Taken up: %s", found)
