"""`manage.py serve`: the site and its one background worker, together on this machine."""

import datetime
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.serving import CannotServe, Process, only_server_of, require_free_port, supervise
from minutes.checks import require_keys

HOST = "127.0.0.1"
# Days after which "next meeting" in the demonstration is long past.
DEMONSTRATION_LASTS = 30
PLACES = (("Public site", "/"), ("Progress", "/progress/"), ("Editors", "/admin/"))


class Command(BaseCommand):
    """Serve the site and work through its background tasks until Ctrl-C."""

    help = "Serve the site and its background worker on this machine until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where to listen on 127.0.0.1 (default: %(default)s)")
        parser.add_argument("--threads", type=int, default=8, help="requests answered at once (default: %(default)s)")

    def handle(self, *args: Any, port: int, threads: int, **options: Any) -> None:
        """Start, announce and watch both processes; a reason not to go on ends the command with exit code 1."""
        try:
            require_keys()
            require_free_port(HOST, port)
            with only_server_of(settings.VAR):
                self.stdout.write(f"Starting the site on {HOST}:{port} ...")
                self.stdout.flush()
                supervise(processes(port, threads), host=HOST, port=port, on_ready=lambda: self.announce(port))
        except (CannotServe, ImproperlyConfigured) as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write("Stopped.")

    def announce(self, port: int) -> None:
        """Say where the site is and who may log in."""
        for name, path in PLACES:
            self.stdout.write(f"{name:<14} http://{HOST}:{port}{path}")
        if settings.EMAIL_BACKEND == "governance.mail_folder.MailFolder":
            self.stdout.write(f"{'Mail':<14} {settings.EMAIL_FILE_PATH} (each mail is a file; none leaves this machine)")
        for line in [*log_ins(settings.VAR / "logins.json"), *age(settings.VAR / "made_on", timezone.localdate())]:
            self.stdout.write(line)
        self.stdout.write("Ctrl-C stops the site and the worker.")
        self.stdout.flush()


def processes(port: int, threads: int) -> list[Process]:
    """The web server and the worker, with the settings this command runs under."""
    paths = f"{settings.ROOT},{settings.ROOT / 'site'}"
    server = (sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}", "--pythonpath", paths)
    how = ("--worker-class", "gthread", "--workers", "1", "--threads", str(threads), "--graceful-timeout", "5")
    quiet = ("--log-level", "warning", "--no-control-socket")
    worker = (sys.executable, str(settings.ROOT / "manage.py"), "work")
    return [Process("web server", (*server, *how, *quiet)), Process("background worker", worker)]


def log_ins(file: Path) -> list[str]:
    """One line for each role of the demonstration; none where there is no demonstration."""
    if not file.exists():
        return []
    rows = json.loads(file.read_text(encoding="utf-8"))
    width = max((len(row["role"]) for row in rows), default=0)
    return ["Log-ins:", *(f"  {row['role']:<{width}}  {row['username']}  {row['password']}" for row in rows)]


def age(file: Path, today: datetime.date) -> list[str]:
    """A line that says so when the demonstration's dates have grown old."""
    if not file.exists():
        return []
    days = (today - datetime.date.fromisoformat(file.read_text(encoding="ascii").strip())).days
    if days <= DEMONSTRATION_LASTS:
        return []
    return [f"The demonstration's dates are {days} days old. `make demo-reset` makes them anew."]
