"""The processes of an installation live and die together. Real processes stand in for the web server and the worker."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from home.serving import CannotServe, Process, answers, only_server_of, require_free_port, supervise

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
IDLE = "import time\nwhile True: time.sleep(1)"
SITE = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(sys.argv[2]))
        self.end_headers()
    def log_message(self, *words):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""
SUPERVISOR = f"""
import sys
from home.serving import CannotServe, Process, supervise
port = int(sys.argv[1])
web = Process("web server", (sys.executable, "-c", {SITE!r}, str(port), "200"))
worker = Process("worker", (sys.executable, "-c", sys.argv[2]))
try:
    supervise([web, worker], host="127.0.0.1", port=port, on_ready=lambda: print("ready", flush=True))
except CannotServe as reason:
    sys.exit(str(reason))
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def becomes_true(condition: Callable[[], bool]) -> bool:
    """Whether the condition holds within the time any machine needs."""
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def is_free(port: int) -> bool:
    with contextlib.suppress(CannotServe):
        require_free_port(HOST, port)
        return True
    return False


@contextlib.contextmanager
def supervisor(port: int, worker: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SUPERVISOR, str(port), worker]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_stops_everything_with_exit_code_0(tmp_path: Path, request_to_stop: signal.Signals) -> None:
    port, mark = free_port(), tmp_path / "worker"
    note = f"import os, pathlib; pathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\n{IDLE}"
    with supervisor(port, note) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert becomes_true(mark.exists)
        process.send_signal(request_to_stop)
        assert process.wait(timeout=60) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(int(mark.read_text()), 0)
        assert is_free(port)


def test_when_one_ends_the_other_is_stopped_and_the_reason_is_given() -> None:
    port = free_port()
    with supervisor(port, "raise SystemExit(3)") as process:
        assert process.wait(timeout=60) == 1
        assert process.stderr is not None
        assert "The worker ended by itself (exit code 3); the rest was stopped." in process.stderr.read()
        assert is_free(port)


def test_no_process_outlives_a_supervisor_that_is_killed() -> None:
    port = free_port()
    with supervisor(port, IDLE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.kill()
        assert becomes_true(lambda: is_free(port))


def test_a_site_that_answers_with_an_error_is_not_announced() -> None:
    port = free_port()
    announced: list[bool] = []
    site = Process("web server", (sys.executable, "-c", SITE, str(port), "503"))
    with pytest.raises(CannotServe, match="answers its front page with error 503"):
        supervise([site], host=HOST, port=port, on_ready=lambda: announced.append(True))
    assert not announced
    assert is_free(port)


def test_a_site_that_never_answers_is_given_up() -> None:
    port = free_port()
    with pytest.raises(CannotServe, match="Nothing answered"):
        supervise(
            [Process("web server", (sys.executable, "-c", IDLE))], host=HOST, port=port, on_ready=lambda: None, ready_within=0.5
        )


def test_a_process_that_ignores_the_request_to_stop_is_made_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home.serving.GRACE", 0.5)
    mark = tmp_path / "deaf"
    deaf = f"""
import os, pathlib, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path({str(mark)!r}).write_text(str(os.getpid()))
{IDLE}"""
    ends = f"""
import pathlib, time
while not pathlib.Path({str(mark)!r}).exists(): time.sleep(0.05)
raise SystemExit(1)"""
    processes = [
        Process("deaf", (sys.executable, "-c", deaf)),
        Process("other", (sys.executable, "-c", ends)),
    ]
    with pytest.raises(CannotServe, match="The other ended by itself"):
        supervise(processes, host=HOST, port=free_port(), on_ready=lambda: None)
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {port} .* cannot be used: Address already in use"):
            require_free_port(HOST, port)


def test_nothing_listening_is_no_answer() -> None:
    assert answers(HOST, free_port()) is False


def test_a_state_folder_is_served_once_at_a_time(tmp_path: Path) -> None:
    with only_server_of(tmp_path), pytest.raises(CannotServe, match="being served already"), only_server_of(tmp_path):
        pass
    with only_server_of(tmp_path):
        assert (tmp_path / "serving").exists()
