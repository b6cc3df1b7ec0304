"""A real server process over a small site in a database file, as an installation has it."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.migrated import start_migrated

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class ServedSite:
    """A site that answers.

    Attributes:
        address: where, without a slash at the end.
        pages: the path of one page of every kind, by the name of the kind.
        var: the folder of its state.
    """

    address: str
    pages: dict[str, str]
    var: Path


@contextlib.contextmanager
def served(var: Path, static: Path) -> Iterator[ServedSite]:
    """Make the small site below `var`, serve it with its worker, stop both at the end.

    Args:
        static: the collected stylesheets, scripts and fonts.

    Raises:
        CalledProcessError: a preparing step failed.
    """
    environment = prepared(var, static, "config.settings.embedded")
    pages = json.loads(run([sys.executable, "-m", "tests.browser.make_site"], environment))
    with answering(environment) as address:
        yield ServedSite(address, pages, var)


def collect_static(var: Path) -> Path:
    """Collect stylesheets, scripts and fonts as an installation does; where they are. It takes ten seconds, so once is enough."""
    run([sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], _environment(var, "config.settings.embedded"))
    return var / "static"


def prepared(var: Path, static: Path, settings: str) -> dict[str, str]:
    """The environment of an installation with a migrated database and its own static files."""
    start_migrated(f"sqlite:///{var / 'records.sqlite3'}")
    shutil.copytree(static, var / "static", copy_function=os.link, dirs_exist_ok=True)
    return _environment(var, settings)


def _environment(var: Path, settings: str) -> dict[str, str]:
    environment = {
        **os.environ,
        "RESOLVED_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    environment.pop("DATABASE_URL", None)
    return environment


@contextlib.contextmanager
def answering(environment: dict[str, str]) -> Iterator[str]:
    """Serve the site that the environment names, with its worker; its address while it answers."""
    port = free_port()
    server = start(environment, port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def start(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """Serve on a port, in a group of processes of its own; once it answers."""
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    _wait_for(port, server)
    return server


def kill(server: subprocess.Popen[bytes]) -> None:
    """Kill the site and its worker at once, as a loss of power does: told to stop, they would still answer for a while."""
    for process in [server.pid, *_below(server.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    server.wait(timeout=30)


def _below(process: int) -> list[int]:
    """Every process that this one started, and those that they started."""
    started = Path(f"/proc/{process}/task/{process}/children")
    found = [int(number) for number in started.read_text(encoding="ascii").split()] if started.exists() else []
    return [*found, *(deeper for each in found for deeper in _below(each))]


def run(command: list[str], environment: dict[str, str]) -> str:
    """Run a command to its end; what it printed."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise AssertionError(f"The site did not answer; the server's exit code is {server.poll()}.")
