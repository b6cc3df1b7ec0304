"""A folder of minutes: which file is of which meeting, and what each says. Knows no database, so that other processes can read."""

import multiprocessing
import os
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from minutes.proposal import Proposal, propose
from minutes.reading import UnreadableMinutes, check_size, decode, read

SUFFIX = ".txt"
_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file, or doubtful in one that was kept.

    Attributes:
        line: where, from 1.
        is_doubt: that the file was kept all the same.
    """

    file: str
    line: int
    words: str
    is_doubt: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


@dataclass(frozen=True)
class FoundFile:
    """A file and the meeting that it is of.

    Attributes:
        name: its path below the folder.
    """

    path: Path
    name: str
    code: str
    day: date


@dataclass(frozen=True)
class ReadFile:
    """What a file says; without a proposal, why it cannot be read."""

    file: FoundFile
    text: str = ""
    proposal: Proposal | None = None
    problems: tuple[Problem, ...] = ()


def files_in(folder: Path, code: str = "") -> tuple[list[FoundFile], list[Problem]]:
    """The files of a folder in the order in which they are kept, and those whose place does not say what they are of.

    Args:
        folder: has a folder for each board, named by its code, and in that a folder for each meeting, named by its day.
        code: the board, where the folder is of one board and has the meetings in it.
    """
    found, problems = [], []
    for path in sorted(folder.rglob("*"), key=lambda path: _natural(path.relative_to(folder))):
        if path.is_dir() or path.name.startswith("."):
            continue
        name = path.relative_to(folder).as_posix()
        parts = ([code] if code else []) + name.split("/")
        day = _day(parts[1]) if len(parts) == 3 else None
        if day is None or path.suffix.lower() != SUFFIX:
            words = "This is no minute of a meeting: files are kept as BOARD/YYYY-MM-DD/name.txt."
            problems.append(Problem(name, 1, words))
        else:
            found.append(FoundFile(path, name, parts[0].upper(), day))
    return found, problems


def _natural(path: Path) -> list[Any]:
    """Numbers in names are counted: 2 comes before 10."""
    return [[(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _PARTS.split(name)] for name in path.parts]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_file(file: FoundFile) -> ReadFile:
    """What a file says."""
    try:
        check_size(file.path.stat().st_size)
        text, doubts = decode(file.path.read_bytes())
        reading = read(text)
    except OSError as problem:
        return ReadFile(file, problems=(Problem(file.name, 1, f"{problem.strerror}."),))
    except UnreadableMinutes as problem:
        return ReadFile(file, problems=(Problem(file.name, 1, str(problem)),))
    looks = tuple(Problem(file.name, 1, words, is_doubt=True) for words in (*doubts, *reading.warnings))
    return ReadFile(file, text, propose(reading), looks)


def read_files(files: Iterable[FoundFile]) -> list[ReadFile]:
    """What several files say: the work of one turn of a process."""
    return [read_file(file) for file in files]


def end_with_the_parent() -> None:
    """In a process that reads: end when the one is gone that started it. Waiting for work, it would wait for ever after a kill -9."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def line_with(text: str, words: str) -> int:
    """The line, from 1, that begins with these words; 1 where none does."""
    start = " ".join(words.split())[:40]
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if start and start in " ".join(line.split())), 1)
