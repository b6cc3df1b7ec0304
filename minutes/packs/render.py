"""Sections as tagged PDFs, made by a limited process and kept by what they are made of.

The site never imports WeasyPrint: it must start where WeasyPrint's libraries are missing. See `render_child`.
"""

import contextlib
import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from types import TracebackType
from typing import Any, Self

from minutes.packs.repairs import repair
from minutes.packs.resting import RestingPlace
from minutes.packs.saving import NO_ROOM
from minutes.packs.sheaf import keep

RECIPE = 3
"""Raised when this package makes different bytes from the same HTML."""
SECONDS = 180
"""How long one section may take, by the processor. A table of 6,000 rows takes 45 on a machine with two slow ones."""
PATIENCE = 3
"""How many times its processor time a section may take by the clock: other work may hold the processors."""
MOST_AT_A_TIME = 4
"""Processes; each may take a gigabyte and a half."""
CHILD = Path(__file__).with_name("render_child.py")


class SectionFailed(Exception):
    """A section could not be rendered."""

    def __init__(self, section: str, reason: str) -> None:
        """`section` is its title, `reason` a sentence for the editor."""
        super().__init__(f"{section}: {reason}")
        self.section = section
        self.reason = reason


class Renderer:
    """Renders sections, as many at a time as there are processors. A context manager.

    Args:
        cache: the folder where rendered sections are kept; made when missing. What is in it can be deleted at any time.
        assets: the files a section may use, by the name it uses after `asset:`.
        seconds: how long one section may take.
        rests: whether its processes wait for the next renderer of the same kind, in a program that builds pack after pack.
    """

    def __init__(
        self, *, cache: Path, assets: Mapping[str, Path], seconds: int = SECONDS, rests: RestingPlace | None = None
    ) -> None:
        self._cache, self._assets, self._seconds = cache, dict(assets), seconds
        self._made_of = _digest_of_tools(self._assets)
        self._rests, self._kind = rests, (str(CHILD), str(cache), self._made_of)
        self._at_a_time = min(len(os.sched_getaffinity(0)), MOST_AT_A_TIME)
        self._idle: LifoQueue[_Child | None] = LifoQueue()
        for _place in range(self._at_a_time):
            self._idle.put(None)
        self._count = Lock()
        self.rendered = 0
        self.reused = 0
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for child in [self._idle.get() for _place in range(self._at_a_time)]:
            if child is not None and self._rests is not None:
                self._rests.put(self._kind, child)
            elif child is not None:
                child.end()
            self._idle.put(None)

    def render(self, title: str, html: str) -> Path:
        """The tagged PDF of a section, from the cache if it was made before of the same things.

        Raises:
            SectionFailed: it asks for what is not in the pack, takes too long, or cannot be laid out.
        """
        digest = hashlib.sha256(self._made_of + html.encode()).hexdigest()
        place = self._cache / f"{digest}.pdf"
        is_kept = place.is_file()
        if is_kept:
            os.utime(place)
        else:
            self._make(title, html, place)
        with self._count:
            self.rendered += not is_kept
            self.reused += is_kept
        return place

    def render_all(self, pages: Sequence[tuple[str, str]]) -> Iterator[Path]:
        """The PDF of each title and page, in their order.

        Raises:
            SectionFailed: one of them cannot be rendered. No more are begun then.
        """
        pool = ThreadPoolExecutor(self._at_a_time)
        try:
            for waiting in [pool.submit(self.render, title, html) for title, html in pages]:
                yield waiting.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def print_raw(self, title: str, html: str, target: Path) -> None:
        """A page as WeasyPrint prints it, neither repaired nor kept: what the bench compares with.

        Raises:
            SectionFailed: it cannot be laid out, or takes too long.
        """
        with tempfile.TemporaryDirectory(dir=self._cache) as folder:
            source = Path(folder) / "section.html"
            source.write_text(html, encoding="utf-8")
            self._ask(title, {"html": str(source), "pdf": str(target), "seconds": self._seconds})

    def _make(self, title: str, html: str, place: Path) -> None:
        """Render a section and keep it: what is known of it first, so that whoever finds the PDF finds that too."""
        with tempfile.TemporaryDirectory(dir=self._cache) as folder:
            raw, finished = Path(folder) / "raw.pdf", Path(folder) / "section.pdf"
            self.print_raw(title, html, raw)
            keep(repair(raw, finished, kept_as=place))
            finished.replace(place)

    def _ask(self, title: str, job: Mapping[str, str | int]) -> None:
        """One job for an idle process; a process that fails is not used again."""
        child = self._idle.get()
        try:
            child = child or self._rested() or _Child(self._assets, self._cache)
            answer = child.ask(job, self._seconds)
            if "error" in answer:
                _check_room(answer)
                raise SectionFailed(title, answer["error"])
        except BaseException as error:
            if child is not None:
                child.end()
            child = None
            if isinstance(error, ChildFailed):
                raise SectionFailed(title, str(error)) from error
            raise
        finally:
            self._idle.put(child)

    def _rested(self) -> "_Child | None":
        """A process that rested since the last pack and still lives."""
        while self._rests is not None and (process := self._rests.take(self._kind)) is not None:
            if isinstance(process, _Child) and process.lives:
                return process
            process.end()
        return None


class ChildFailed(Exception):
    """The rendering process ended or was ended."""


class _Child:
    """The rendering process and the two pipes to it."""

    def __init__(self, assets: Mapping[str, Path], cache: Path) -> None:
        self.jobs = 0
        self._errors = tempfile.TemporaryFile(dir=cache)  # noqa: SIM115 (closed with the process)
        environment = {"PATH": os.defpath, "HOME": str(cache), "XDG_CACHE_HOME": str(cache), "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(  # noqa: S603 (our own file, no shell)
            [sys.executable, "-I", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            start_new_session=True,
        )
        try:
            self._send({name: str(path) for name, path in assets.items()})
        except ChildFailed:
            self.end()
            raise

    def ask(self, job: Mapping[str, str | int], seconds: int) -> dict[str, Any]:
        """The answer to one job.

        Raises:
            ChildFailed: none came in time, or the process ended.
        """
        self.jobs += 1
        self._send(job)
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 (asked for as a pipe)
        ready, _writable, _failed = select.select([stdout], [], [], PATIENCE * seconds + 5)
        if not ready:
            raise ChildFailed("Printing it takes more time than a section may.")
        line = stdout.readline()
        if not line:
            raise ChildFailed(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        return answer

    @property
    def lives(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._process.wait()
        self._errors.close()

    def _send(self, message: Mapping[str, str | int]) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 (asked for as a pipe)
        try:
            stdin.write(json.dumps(message).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise ChildFailed(self._last_words()) from None

    def _last_words(self) -> str:
        """Why the process ended, in a sentence."""
        status = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        if -status in (signal.SIGXCPU, signal.SIGKILL):
            return "Printing it takes more time than a section may."
        if any("cannot load library" in line for line in lines):
            return "WeasyPrint's libraries are not installed on this machine (Debian: libpangoft2-1.0-0)."
        return f"The printing process ended (status {status}). {lines[-1] if lines else ''}".strip()


def _check_room(answer: Mapping[str, Any]) -> None:
    """Tell a full disk from a fault of the section.

    Raises:
        OSError: there was no room for what it printed.
    """
    number = answer.get("errno")
    if number in NO_ROOM:
        raise OSError(number, os.strerror(number))


def _digest_of_tools(assets: Mapping[str, Path]) -> bytes:
    """What, besides its HTML, decides a section's bytes: the assets, this recipe and the renderers' versions."""
    digest = hashlib.sha256()
    for part in _parts_of_tools(assets):
        digest.update(hashlib.sha256(part).digest())
    return digest.digest()


def _parts_of_tools(assets: Mapping[str, Path]) -> Iterator[bytes]:
    yield f"{RECIPE} {version('weasyprint')} {version('pydyf')} {version('pikepdf')}".encode()
    for name in sorted(assets):
        yield name.encode()
        yield assets[name].read_bytes()
