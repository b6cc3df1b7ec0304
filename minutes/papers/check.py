"""Has one file looked through by a process with limits, and gives back what it found and the copy it wrote."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutes.papers.codes import Code
from minutes.papers.findings import Finding, Weight, heaviest
from minutes.papers.kinds import FileKind

CHECKS_EDITION = 1
"""Raised when the checks find more than they did: published files are then checked again."""
CHILD = Path(__file__).with_name("check_child.py")


@dataclass(frozen=True)
class Limits:
    """What the check of one file may take.

    Attributes:
        memory: in bytes.
        seconds: of processor time, and half as much again by the clock.
        file_bytes: how large the copy may be.
        pages: how many a paper may have.
    """

    memory: int = 1_500_000_000
    seconds: int = 120
    file_bytes: int = 400_000_000
    pages: int = 1_000


LIMITS = Limits()


@dataclass(frozen=True)
class Looked:
    """What was found in one file. Where nothing blocks it, the copy is written.

    Attributes:
        text: that of its pages, divided by form feeds.
        free_feet: the pages, counted from 0, at whose foot nothing is painted.
        is_archivable: whether the file says that it is PDF/A and nothing contradicts that.
    """

    findings: tuple[Finding, ...]
    pages: int | None = None
    is_tagged: bool = False
    is_archivable: bool = False
    language: str = ""
    free_feet: Sequence[int] = ()
    text: str = field(default="", repr=False)

    @property
    def weight(self) -> Weight | None:
        """The weight of the heaviest finding."""
        return heaviest(self.findings)


class CheckFailed(Exception):
    """The file could not be checked, for a reason that is not in the file. The sentence is for the editor."""


class DiskFull(CheckFailed):
    """There is no room left to write the copy."""

    def __init__(self) -> None:
        super().__init__("There is no room left on the disk, so the file could not be checked.")


def look(source: Path, kind: FileKind, *, copy: Path, title: str, limits: Limits = LIMITS, own_export: bool = False) -> Looked:
    """Look through a file, and write the copy of a PDF.

    Args:
        source: the file.
        kind: what it was told to be by its bytes.
        copy: where the copy of a PDF goes.
        title: the paper's.
        limits: what the check may take.
        own_export: whether our own LibreOffice made the PDF, so that its line art is known to be decoration.

    Raises:
        DiskFull: there is no room for the copy.
        CheckFailed: the process could not run.
    """
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        answer = Path(folder) / "answer.json"
        job = {
            "source": str(source),
            "kind": kind.value,
            "copy": str(copy),
            "answer": str(answer),
            "title": title,
            "memory": limits.memory,
            "seconds": limits.seconds,
            "file_bytes": limits.file_bytes,
            "pages": limits.pages,
            "own_export": own_export,
        }
        words = _run(job, limits, Path(folder))
        if words is not None:
            return Looked(findings=(Finding(words, edition=CHECKS_EDITION),))
        said: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    if said.get("disk_full"):
        raise DiskFull
    return _looked(said)


def _looked(said: dict[str, Any]) -> Looked:
    faults = said.pop("faults")
    findings = tuple(Finding(Code(code), page, detail, CHECKS_EDITION) for code, page, detail in faults)
    return Looked(findings=findings, **said)


def _run(job: dict[str, Any], limits: Limits, folder: Path) -> Code | None:
    """Run the process. What is wrong with the file where it made the process end; none where it answered.

    Raises:
        CheckFailed: it ended for another reason.
    """
    environment = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryFile(dir=folder) as errors:
        process = subprocess.Popen(  # noqa: S603 (our own file, no shell)
            [sys.executable, "-I", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
            start_new_session=True,
        )
        try:
            process.communicate(json.dumps(job).encode() + b"\n", timeout=limits.seconds * 1.5 + 5)
        except subprocess.TimeoutExpired:
            return Code.TOO_HEAVY
        finally:
            end(process)
        if process.returncode == 0:
            return None
        errors.seek(0)
        return _reason(process.returncode, errors.read().decode(errors="replace"))


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all that it started, whatever they are doing."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _reason(status: int, words: str) -> Code:
    """What a process that ended early says of its file: too much of something, or so broken that reading it crashed.

    Raises:
        DiskFull: there was no room for the copy; libqpdf ends the process then.
        CheckFailed: the reason is not in the file.
    """
    if "No space left" in words or "Errno 28" in words:
        raise DiskFull
    if -status in {signal.SIGXCPU, signal.SIGKILL, signal.SIGXFSZ} or "MemoryError" in words or "bad_alloc" in words:
        return Code.TOO_HEAVY
    if -status in {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}:
        return Code.DAMAGED
    lines = words.strip().splitlines()
    raise CheckFailed(f"The process that checks papers ended (status {status}). {lines[-1][:300] if lines else ''}".strip())
