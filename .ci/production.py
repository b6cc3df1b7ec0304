"""The documented production, tried with its real parts: nginx, two web processes, two workers, PostgreSQL, Redis and a store that speaks S3.

It loads the demonstration and asks for what people ask for; then parts are started again, migrated and stopped while readers read. It
prints what it counted and fails where a reader was failed. Everything listens on this machine alone and is gone at the end.
"""

import contextlib
import http.client
import http.cookies
import json
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parts import HOST, ROOT, Door, Web, nginx, of_production, redis, started, stop, store, wait_until
from postgres import temporary_cluster
from prepare import manage, own_environment
from rates import median, rates
from refusal import Refusal
from start import REQUESTS_TO_STOP
from start import stop as end

READERS = 6
PAUSE = 0.02
"""Seconds between two pages of one reader: what happens meanwhile needs the machine too."""
PAGES = ("/", "/boards/", "/progress/", "/boards/health-and-wellbeing-board/", "/search/?q=care")
READ = PAGES[:-1]
"""What readers go through again and again. Who searches all the time is slowed down on purpose."""
BUSIEST = "/boards/health-and-wellbeing-board/"
SECONDS = 3.0
LOG_IN = "/members/log-in/"
BUILT = """
import time, django; django.setup()
from minutes.enums import PackAudience, PackState
from minutes.models import Pack
for _ in range(600):
    if not Pack.objects.filter(state__in=(PackState.QUEUED, PackState.BUILDING)).exists():
        break
    time.sleep(1)
packs = Pack.objects.filter(state=PackState.ISSUED, audience=PackAudience.PUBLIC).order_by("-pk")
print(packs.count(), packs[0].slug, packs[0].bytes)
"""
"""The demonstration asks for packs; two workers build them."""


@dataclass
class Reading:
    """What readers were answered while something happened."""

    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def note(self, path: str, status: int, seconds: float) -> None:
        """Take down one answer."""
        self.answers[status] += 1
        self.slowest = max(self.slowest, seconds)
        if status != 200:
            self.failed.append(f"{path} answered {status}")


@contextlib.contextmanager
def readers(door: Door, reading: Reading) -> Iterator[None]:
    """People who read one page after the other until something is over."""
    over = threading.Event()

    def read(number: int) -> None:
        turn = number
        while not over.is_set():
            path, turn = READ[turn % len(READ)], turn + 1
            begun = time.monotonic()
            try:
                status = door.get(path, {"Accept-Encoding": "gzip"})[0]
            except (OSError, http.client.HTTPException) as fault:
                reading.failed.append(f"{path}: {fault!r}")
                continue
            reading.note(path, status, time.monotonic() - begun)
            time.sleep(PAUSE)

    crowd = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for one in crowd:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in crowd:
            one.join()


def while_read(door: Door, what: str, happens: Callable[[], object]) -> Reading:
    """Let something happen while readers read, and say what they were answered."""
    reading = Reading()
    with readers(door, reading):
        time.sleep(1)
        happens()
        time.sleep(1)
    told = f"{sum(reading.answers.values())} answers, {len(reading.failed)} failed, the slowest {reading.slowest * 1000:.0f} ms"
    print(f"{what}: {told}", flush=True)
    for fault in reading.failed[:5]:
        print(f"  {fault}", flush=True)
    return reading


def run(environment: Mapping[str, str], *arguments: str) -> None:
    """One of the project's own commands.

    Raises:
        Refusal: it fails.
    """
    begun = time.monotonic()
    if subprocess.run(manage(*arguments), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL).returncode:
        raise Refusal(f"manage.py {' '.join(arguments)} failed.")
    print(f"manage.py {arguments[0]}: {time.monotonic() - begun:.0f} s", flush=True)


def told(environment: Mapping[str, str], code: str, *arguments: str) -> list[str]:
    """The words that a piece of Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.split()


def expect(what: str, said: object, *, of: object = True) -> None:
    """Say what was seen.

    Raises:
        Refusal: it is not what it should be.
    """
    if said != of:
        raise Refusal(f"{what}: {said!r}, not {of!r}.")
    print(f"{what}: yes", flush=True)


def check_pages(door: Door) -> None:
    """Readiness, pages of every kind, a look from another cache, and a page that is asked for again."""
    status, _headers, words = door.get("/readyz")
    expect(f"ready ({', '.join(json.loads(words))})", status, of=200)
    for path in PAGES:
        expect(f"{path} is there", door.get(path)[0], of=200)
    _status, headers, page = door.get("/boards/")
    expect("nginx tells nobody how long it keeps a page", "x-accel-expires" not in headers)
    expect("a page that a reader has is not sent again", door.get("/boards/", {"If-None-Match": headers["etag"]})[0], of=304)
    found = re.search(rb'"(/static/[^"]+\.css)"', page)
    expect("the stylesheet is there", found is not None and door.get(found[1].decode())[0] == 200)


def check_packs(door: Door, environment: Mapping[str, str]) -> None:
    """What the workers built, and one of it whole and in part."""
    number, slug, size = told(environment, BUILT)
    print(f"Packs that were built and issued: {number}", flush=True)
    status, headers, pdf = door.get(f"/packs/{slug}/")
    expect("the pack is read through nginx", (status, pdf[:5], len(pdf)), of=(200, b"%PDF-", int(size)))
    status, headers, part = door.get(f"/packs/{slug}/", {"Range": "bytes=1-3"})
    expect("and a part of it", (status, part, headers["content-range"]), of=(206, b"PDF", f"bytes 1-3/{size}"))


def check_log_in(door: Door, state: Path) -> None:
    """Somebody logs in, and is shown their own pages alone."""
    known = json.loads((state / "logins.json").read_text(encoding="utf-8"))[0]
    with contextlib.closing(door.connection()) as link:
        cookies = http.cookies.SimpleCookie()

        def ask(method: str, path: str, body: str = "") -> tuple[int, http.client.HTTPMessage, str]:
            sent = "; ".join(f"{name}={one.value}" for name, one in cookies.items())
            form = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}"} if body else {}
            link.request(method, path, body or None, {"Host": HOST, "Cookie": sent, **form})
            answer = link.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                cookies.load(line)
            return answer.status, answer.headers, answer.read().decode()

        page = ask("GET", LOG_IN)[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        given = {"csrfmiddlewaretoken": token[1] if token else "", "login": known["username"], "password": known["password"]}
        expect(f"{known['username']} logs in", ask("POST", LOG_IN, urllib.parse.urlencode(given))[0], of=302)
        status, headers, _page = ask("GET", "/admin/")
        expect("and works in the admin, which nothing keeps", (status, "no-store" in headers["Cache-Control"]), of=(200, True))
        expect("somebody else is led to the log-in", door.get("/admin/")[0], of=302)


def try_under_load(door: Door, webs: list[Web], environment: Mapping[str, str], cache: "subprocess.Popen[bytes]") -> int:
    """Start parts again, migrate and take one away, while readers read. How many readers were failed."""

    def start_again(web: Web) -> None:
        web.stop()
        web.start()

    def without(part: "subprocess.Popen[bytes]") -> None:
        stop(part)
        time.sleep(3)

    failed = 0
    for number, web in enumerate(webs, start=1):
        failed += len(while_read(door, f"Web process {number} is started again", lambda web=web: start_again(web)).failed)  # type: ignore[misc]
    failed += len(while_read(door, "The database is migrated", lambda: run(environment, "migrate", "--noinput")).failed)
    failed += len(while_read(door, "Redis is away", lambda: without(cache)).failed)
    return failed


def measure(door: Door, webs: list[Web], beside: Path) -> None:
    """Say how fast a page that is kept is sent, by the application and by nginx, beside a file of the same size."""
    _status, _headers, page = door.get(BUSIEST, {"Accept-Encoding": "gzip"})
    beside.write_bytes(page)
    asked = {
        "one web process, a page that is kept": (webs[0].door, BUSIEST),
        "nginx, the same page, asking one of two first": (door, BUSIEST),
        "nginx, a file of the same size": (door, f"/{beside.name}"),
    }
    found = rates(asked, SECONDS)
    for name, rate in found.items():
        print(f"{name}: {rate:.0f} a second, {median(*asked[name]):.1f} ms alone", flush=True)
    one, front, file = found.values()
    print(
        f"The page behind nginx, the file being 1: {front / file:.2f}; one web process being 1: {front / one:.2f}", flush=True
    )
    print(f"Peak memory of the web processes: {', '.join(f'{web.memory():.0f} MB' for web in webs)}", flush=True)


def main() -> int:
    """Try it all."""
    with contextlib.ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="resolved-production-")))
        state = folder / "state"
        state.mkdir()
        database = parts.enter_context(temporary_cluster())
        address, cache = parts.enter_context(redis(folder))
        named = {**of_production(state), **parts.enter_context(store()), "DATABASE_URL": database, "REDIS_URL": address}
        environment = own_environment(**named)
        run(environment, "migrate", "--noinput")
        run(environment, "load_demonstration")
        run(environment, "collectstatic", "--noinput")
        run(environment, "check", "--deploy", "--database", "default", "--fail-level", "WARNING")
        for _worker in range(2):
            parts.enter_context(started(manage("work"), environment))
        webs = [parts.enter_context(Web(folder / f"web-{number}.sock", environment)) for number in range(2)]
        same = folder / "same-size"
        beside = f"location = /{same.name} {{ root {folder}; }}\n        "
        door = parts.enter_context(nginx(folder, [web.place for web in webs], beside))
        wait_until(lambda: door.get("/readyz")[0] == 200, "The installation")
        check_pages(door)
        check_packs(door, environment)
        check_log_in(door, state)
        measure(door, webs, same)
        failed = try_under_load(door, webs, environment, cache)
    print(f"Readers that were failed: {failed}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    for request in REQUESTS_TO_STOP:
        signal.signal(request, end)
    try:
        sys.exit(main())
    except Refusal as refusal:
        sys.exit(str(refusal))
