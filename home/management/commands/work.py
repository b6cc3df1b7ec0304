"""`manage.py work`: the background worker. It works through the queue, publishes what is scheduled and sweeps."""

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError

from governance.sweeping import sweep

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
        """Round after round until a signal comes."""
        self.stopping = False
        swept = -sweep_every
        while not self.stopping:
            if time.monotonic() - swept >= sweep_every:
                self._sweep()
                swept = time.monotonic()
            call_command("db_worker", queue_name="*", batch=True, interval=0, startup_delay=False)
            self._listen()
            if once:
                return
            time.sleep(interval)

    def _listen(self) -> None:
        """The queue's own command answers signals its own way while it runs; between its rounds they end the sleep."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _sweep(self) -> None:
        try:
            call_command("publish_scheduled")
            found = {name: count for name, count in sweep().items() if count}
        except OperationalError as problem:
            logger.warning("The database is busy; the next sweep tries again: %s", problem)
            return
        if found:
            logger.warning("Taken up: %s", found)
