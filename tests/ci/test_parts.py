"""nginx as it is configured for production: it keeps pages and asks before each reader, and it passes over a web process that is away."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from typing import Any

import pytest

from parts import HOST, Door, nginx


class Site:
    """What two web processes of an imagined site answer, and what they were asked."""

    def __init__(self) -> None:
        self.body, self.kept, self.status, self.private = b"as it is", True, 200, False
        self.asked: list[dict[str, str]] = []

    @property
    def etag(self) -> str:
        """Tells one state of the page from another."""
        return f'W/"{self.body.hex()}"'


class Process(ThreadingMixIn, UnixStreamServer):
    """One of its web processes."""

    daemon_threads = True

    def __init__(self, place: Path, site: Site) -> None:
        self.site = site
        super().__init__(str(place), Answer)

    def handle_error(self, *_given: Any) -> None:
        """A reader that has gone away is no fault of this process."""


class Answer(BaseHTTPRequestHandler):
    """One answer of the site."""

    def do_GET(self) -> None:
        """The page, or that it is as it was."""
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
        part = "Range" in self.headers
        same = self.headers.get("If-None-Match") == site.etag and site.status == 200
        self.send_response(206 if part else 304 if same else site.status)
        self.send_header("ETag", site.etag)
        self.send_header("Cache-Control", "private, no-store" if site.private else "no-cache")
        self.send_header("X-Request-ID", "of-the-first-reader")
        if site.kept and self.path == "/":
            self.send_header("X-Accel-Expires", "@1")
        body = b"" if same else site.body[:2] if part else site.body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: Any) -> None:
        """Nothing: the test looks at what was asked."""


@pytest.fixture
def site() -> Site:
    """A site with one page."""
    return Site()


@pytest.fixture
def processes(site: Site, tmp_path: Path) -> Iterator[list[Process]]:
    """Its two web processes."""
    running = [Process(tmp_path / f"{number}.sock", site) for number in range(2)]
    for one in running:
        threading.Thread(target=one.serve_forever, args=(0.02,), daemon=True).start()
    yield running
    for one in running:
        end(one)


def end(process: Process) -> None:
    """Stop a web process; it no longer listens."""
    process.shutdown()
    process.server_close()


@pytest.fixture
def door(site: Site, processes: list[Process], tmp_path: Path) -> Iterator[Door]:
    """Nginx before them."""
    with nginx(tmp_path, [Path(str(one.server_address)) for one in processes]) as opened:
        site.asked.clear()
        yield opened


def kept_by(folder: Path) -> int:
    """How many pages nginx keeps."""
    return sum(1 for file in (folder / "nginx" / "pages").rglob("*") if file.is_file())


def test_a_page_is_kept_and_shown_only_after_the_application_has_said_that_it_holds(
    site: Site, door: Door, tmp_path: Path
) -> None:
    for _reader in range(3):
        assert door.get("/")[::2] == (200, b"as it is")
    assert kept_by(tmp_path) == 1
    assert [one.get("if-none-match") for one in site.asked] == [None, site.etag, site.etag], (
        "sent once, asked about three times"
    )
    site.body = b"as it was put right"
    assert door.get("/")[2] == site.body
    site.status, site.body = 410, b"withdrawn"
    assert door.get("/")[::2] == (410, b"withdrawn")
    assert door.get("/")[::2] == (410, b"withdrawn")


def test_what_the_application_does_not_allow_is_not_kept(site: Site, door: Door, tmp_path: Path) -> None:
    site.kept, site.private = False, True
    assert [door.get("/")[0] for _reader in range(2)] == [200, 200]
    assert kept_by(tmp_path) == 0


def test_who_is_logged_in_and_who_asks_for_a_part_goes_past_what_is_kept(site: Site, door: Door) -> None:
    door.get("/")
    site.body = b"for one person"
    assert door.get("/", {"Cookie": "sessionid=one"})[2] == b"for one person"
    assert "if-none-match" not in site.asked[-1]
    assert door.get("/", {"Range": "bytes=0-1"})[::2] == (206, b"fo")
    assert site.asked[-1]["range"] == "bytes=0-1"


def test_a_process_that_is_away_is_passed_over_and_with_none_nothing_old_is_shown(
    door: Door, processes: list[Process], tmp_path: Path
) -> None:
    end(processes[0])
    assert [door.get("/")[0] for _reader in range(6)] == [200] * 6
    assert kept_by(tmp_path) == 1
    end(processes[1])
    assert door.get("/")[0] == 502
    with contextlib.suppress(OSError):
        (tmp_path / "0.sock").unlink()


def test_a_visitor_says_nothing_for_nginx_and_each_answer_bears_its_own_name(site: Site, door: Door) -> None:
    forged = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http", "X-Request-ID": "of-my-own-making"}
    answers = [door.get("/", forged)[1] for _reader in range(2)]
    asked = site.asked[-1]
    assert (asked["x-forwarded-for"], asked["x-forwarded-proto"], asked["host"]) == ("127.0.0.1", "https", HOST)
    named = [answer["x-request-id"] for answer in answers]
    assert len(set(named)) == 2
    assert named[-1] == asked["x-request-id"]
    assert all("x-accel-expires" not in answer for answer in answers)
