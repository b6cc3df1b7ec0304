"""Keep the processes of one installation together: started together, announced when they answer, stopped together."""

import contextlib
import ctypes
import fcntl
import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

# Seconds between two looks at the processes.
PULSE = 0.1
# Seconds a process gets to finish what it is doing before it is made to stop.
GRACE = 10.0
PR_SET_PDEATHSIG = 1
# Ctrl-C, a polite kill, and the closing of the terminal.
REQUESTS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotServe(Exception):
    """A reason, in one line, why the site is not being served."""


@dataclass(frozen=True)
class Process:
    """One long-running program of the installation.

    Args:
        name: what it is called in messages.
        command: how it is started; it must stop by itself when it is sent SIGTERM.
    """

    name: str
    command: tuple[str, ...]


def require_free_port(host: str, port: int) -> None:
    """Raise CannotServe when something already listens on `port`."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise CannotServe(f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port.") from error


@contextlib.contextmanager
def only_server_of(folder: Path) -> Iterator[None]:
    """Hold the lock of a state folder, so that nobody serves it twice or throws it away under a running site."""
    with (folder / "serving").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(f"The records in {folder} are being served already.") from None
        yield


def supervise(
    processes: Sequence[Process], *, host: str, port: int, on_ready: Callable[[], None], ready_within: float = 120.0
) -> None:
    """Run the processes until Ctrl-C or another request to stop, then stop them all and return.

    Args:
        host, port: where one of them will answer HTTP.
        on_ready: called once, as soon as it answers.
        ready_within: seconds it may take until then.

    Raises:
        CannotServe: when one of them ends by itself, or nothing answers in time. None is left running.
    """
    with _requests_to_stop() as asked, contextlib.ExitStack() as started:
        running = [(process, started.enter_context(_started(process))) for process in processes]
        deadline = time.monotonic() + ready_within
        ready = False
        while not asked:
            _raise_if_ended(running)
            if not ready and answers(host, port):
                ready = True
                on_ready()
            if not ready and time.monotonic() > deadline:
                raise CannotServe(f"Nothing answered at http://{host}:{port}/ within {ready_within:.0f} seconds.")
            time.sleep(PULSE)
        # All are asked at once, so that the slowest alone decides how long stopping takes.
        for _, child in running:
            child.terminate()


def answers(host: str, port: int) -> bool:
    """Whether an HTTP server answers with a page there.

    Raises:
        CannotServe: when it answers, but with a server error.
    """
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= 500:
        raise CannotServe(f"The site answers its front page with error {status}; the reason is above.")
    return True


@contextlib.contextmanager
def _requests_to_stop() -> Iterator[list[int]]:
    """A list that fills when this process is asked to stop. The processes below are asked by us, not by the terminal."""
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    former = {number: signal.signal(number, note) for number in REQUESTS_TO_STOP}
    try:
        yield asked
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _started(process: Process) -> Iterator[subprocess.Popen[bytes]]:
    """A running process; asked to stop at the end, and made to when it does not."""
    # A session of its own keeps the terminal's Ctrl-C away from it: one that hears it twice drops its work.
    child = subprocess.Popen(process.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_stop_with_parent)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _stop_with_parent() -> None:
    """Have Linux send SIGTERM when the supervising process dies, however it dies: no orphan keeps the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _raise_if_ended(running: Sequence[tuple[Process, subprocess.Popen[bytes]]]) -> None:
    for process, child in running:
        code = child.poll()
        if code is not None:
            raise CannotServe(f"The {process.name} ended by itself (exit code {code}); the rest was stopped.")
