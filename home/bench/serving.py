"""Served for real: a kept page, and a page that is made anew, beside the start page of a bare Wagtail project on the same server."""

import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from home.bench.measuring import WrongAnswer, seconds_of
from home.management.commands.serve import processes

HOST = "127.0.0.1"
THREADS = 8
READERS = 4
"""So many people ask at once, each again as soon as they have an answer."""
TURNS = 3
ALONE = 15
"""So many requests, one after the other, is the median time of."""
READY_WITHIN = 60.0
# A reader with a session never gets what is kept, whether or not there is such a session.
ANEW = {"Cookie": f"{settings.SESSION_COOKIE_NAME}=none"}
LOCAL = "SECRET_KEY = 'for the bench only'\nALLOWED_HOSTS = ['*']\n"


@dataclass(frozen=True)
class ServingBench:
    """One page of ours and the start page of a bare project, in a folder of its own.

    Attributes:
        folder: where the bare project is made.
        address: the page of ours.
        seconds: how long each turn of many requests takes.
    """

    folder: Path
    address: str
    seconds: float

    def figures(self) -> Mapping[str, float]:
        """Requests a second and ratios by their names.

        Raises:
            WrongAnswer: a server does not answer, or with an error.
        """
        with _serving(_ours(), settings.ROOT, {}) as own:
            _median(own, self.address, ANEW)
            with _serving(_server("bare.wsgi"), self._bare_project(), BARE) as other:
                turns = [self._turn(own, other) for _turn in range(TURNS)]
                anew, start = _median(own, self.address, ANEW), _median(other, "/", {})
        kept, plain = (max(rates) for rates in zip(*turns, strict=True))
        return {
            "requests a second, a page that is kept": kept,
            "requests a second, the start page of a bare project": plain,
            "a kept page, a bare start page being 1": kept / plain,
            "milliseconds of that page made anew": anew * 1000,
            "a page made anew, a bare start page being 1": anew / start,
        }

    def _turn(self, own: int, other: int) -> tuple[float, float]:
        return _rate(own, self.address, self.seconds), _rate(other, "/", self.seconds)

    def _bare_project(self) -> Path:
        """A project as `wagtail start` makes it, with the settings of production and a database of its own."""
        project = self.folder / "project"
        project.mkdir()
        begin = (sys.executable, "-c", "from wagtail.bin.wagtail import main; main()", "start", "bare", str(project))
        subprocess.run(begin, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)  # noqa: S603 (our own words)
        (project / "bare" / "settings" / "local.py").write_text(LOCAL, encoding="ascii")
        for step in (["migrate", "--verbosity=0"], ["collectstatic", "--no-input", "--verbosity=0"]):
            command = [sys.executable, "manage.py", *step]
            subprocess.run(command, check=True, cwd=project, env=_environment(BARE), stdout=subprocess.DEVNULL)  # noqa: S603
        return project


BARE = {"DJANGO_SETTINGS_MODULE": "bare.settings.production"}


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **more}


def _ours() -> tuple[str, ...]:
    """The web server as `manage.py serve` starts it, without its address."""
    web, _worker = processes(0, THREADS)
    return tuple(part for part in web.command if part not in {"--bind", f"{HOST}:0"})


def _server(application: str) -> tuple[str, ...]:
    """The same server for another application."""
    return tuple(f"{application}:application" if part == "config.wsgi:application" else part for part in _ours())


@contextlib.contextmanager
def _serving(command: tuple[str, ...], folder: Path, more: Mapping[str, str]) -> Iterator[int]:
    """A server that runs; its port."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen(128)
        port: int = listener.getsockname()[1]
        # It is handed the open port: nobody else can take it meanwhile.
        child = subprocess.Popen(  # noqa: S603 (our own words)
            (*command, "--bind", f"fd://{listener.fileno()}"), cwd=folder, env=_environment(more), pass_fds=(listener.fileno(),)
        )
        try:
            _wait_for(port, child)
            yield port
        finally:
            child.terminate()
            child.wait()


def _wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_WITHIN
    while child.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException), _connected(port) as connection:
            _ask(connection, "/", {})
            return
        time.sleep(0.1)
    raise WrongAnswer("A server that the bench started did not answer.")


@contextlib.contextmanager
def _connected(port: int) -> Iterator[http.client.HTTPConnection]:
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=READY_WITHIN)) as connection:
        yield connection


def _ask(connection: http.client.HTTPConnection, address: str, headers: Mapping[str, str]) -> None:
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", **headers})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise WrongAnswer(f"{address} answered {answer.status}, not 200.")


def _rate(port: int, address: str, seconds: float) -> float:
    """Requests a second from several readers at once.

    Raises:
        WrongAnswer: one of them got an error.
    """
    end = time.monotonic() + seconds

    def read(_reader: int) -> int:
        count = 0
        with _connected(port) as connection:
            while time.monotonic() < end:
                _ask(connection, address, {})
                count += 1
        return count

    with ThreadPoolExecutor(READERS) as readers:
        return sum(readers.map(read, range(READERS))) / seconds


def _median(port: int, address: str, headers: Mapping[str, str]) -> float:
    """Seconds of one request, when nobody else asks."""
    with _connected(port) as connection:
        _ask(connection, address, headers)
        return statistics.median(seconds_of(lambda: _ask(connection, address, headers)) for _time in range(ALONE))
