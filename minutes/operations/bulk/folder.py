"""Importing a folder of minutes: read in several processes, kept meeting by meeting in batches, and gone on with where it stopped.

What was kept stands with the digest of its file in the same transaction (`MinutesSource`), so a file is never kept twice, whenever the
import dies. What cannot be kept is told with its file and line, and keeps nothing else from being kept.
"""

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils import timezone

from governance.exceptions import Refused
from governance.models import BoardPage
from minutes.models import MeetingPage, MinutesSource
from minutes.operations.bulk.files import FoundFile, Problem, ReadFile, end_with_the_parent, files_in, line_with, read_files
from minutes.operations.bulk.meetings import free_days, keep_meetings
from minutes.operations.bulk.understood import UnderstoodMeeting, UnderstoodMinute
from minutes.operations.importing import keep_minutes

FILES_IN_A_BATCH = 200
"""About so many are kept in one transaction: whole meetings."""
FILES_IN_A_TURN = 25
"""So many a process reads before it gives back what they say."""

REFUSALS = (Refused, ValidationError, IntegrityError, DataError)
"""What keeps one file from being kept, and no other. When the database is away, the import ends."""

Tell = Callable[["Imported"], None]


@dataclass
class Imported:
    """How far an import has come.

    Attributes:
        found: how many files there are.
        kept, were_there, wrong: what became of those it has come to.
    """

    found: int
    kept: int = 0
    were_there: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many files it has come to."""
        return self.kept + self.were_there + self.wrong

    def refuse(self, problem: Problem) -> None:
        """One file cannot be kept."""
        self.wrong += 1
        self.problems.append(problem)


def import_folder(
    *, folder: Path, by: Any, tell: Tell, board: BoardPage | None = None, publish: bool = True, processes: int = 2
) -> Imported:
    """Keep every minute in a folder. Run again, it goes on where it stopped.

    Args:
        folder: BOARD/YYYY-MM-DD/name.txt; YYYY-MM-DD/name.txt where the board is given.
        tell: is told how far it has come, after each batch.
        publish: whether all of it is public; drafts are kept one by one, which takes longer.
        processes: how many read; with none, this one does.
    """
    files, misplaced = files_in(folder, board.code if board else "")
    imported = Imported(len(files) + len(misplaced))
    for problem in misplaced:
        imported.refuse(problem)
    boards = {board.code: board for board in BoardPage.objects.filter(code__in={file.code for file in files})}
    keeping = FolderKept(boards, by, publish, imported)
    with _readers(processes) as readers:
        for batch in _read_ahead(_batches(files), readers):
            keeping.keep(batch)
            tell(imported)
    return imported


def _readers(processes: int) -> Executor:
    """Who reads. Processes are started anew and not copied from this one, which holds a connection to the database."""
    if processes == 0:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_the_parent)


def _batches(files: Sequence[FoundFile]) -> Iterator[list[FoundFile]]:
    """The files in batches of whole meetings, each of one board."""
    batch: list[FoundFile] = []
    for (code, _day), group in groupby(files, key=lambda file: (file.code, file.day)):
        of_meeting = list(group)
        if batch and (len(batch) + len(of_meeting) > FILES_IN_A_BATCH or batch[0].code != code):
            yield batch
            batch = []
        batch += of_meeting
    if batch:
        yield batch


def _read_ahead(batches: Iterator[list[FoundFile]], readers: Executor) -> Iterator[list[ReadFile]]:
    """What the files say. The next batch is read while one is kept."""
    waiting: list[list[Future[list[ReadFile]]]] = []
    for batch in batches:
        turns = [batch[first : first + FILES_IN_A_TURN] for first in range(0, len(batch), FILES_IN_A_TURN)]
        waiting.append([readers.submit(read_files, turn) for turn in turns])
        if len(waiting) > 2:
            yield [said for future in waiting.pop(0) for said in future.result()]
    for futures in waiting:
        yield [said for future in futures for said in future.result()]


@dataclass
class FolderKept:
    """What is kept of a folder."""

    boards: dict[str, BoardPage]
    by: Any
    publish: bool
    imported: Imported

    def keep(self, batch: Sequence[ReadFile]) -> None:
        """Keep one batch, which is of one board."""
        board = self.boards.get(batch[0].file.code)
        if board is None:
            for said in batch:
                self.imported.refuse(Problem(said.file.name, 1, f"There is no board with the code {said.file.code}."))
            return
        new = self._new(board, [said for said in batch if self._is_readable(said)])
        meetings = [list(group) for _day, group in groupby(new, key=lambda said: said.file.day)]
        free = free_days(board, {said.file.day for said in new}) if self.publish else set()
        at = timezone.now()
        self._together(board, [files for files in meetings if files[0].file.day in free], at)
        for files in meetings:
            if files[0].file.day not in free:
                self._one_by_one(board, files)

    def _is_readable(self, said: ReadFile) -> bool:
        problems = list(said.problems)
        if said.proposal is not None and not said.proposal.title.strip():
            problems = [Problem(said.file.name, 1, "The item has no title. Give it one, then save.")]
        elif said.proposal is not None:
            self.imported.problems += problems
            return True
        for problem in problems[:1]:
            self.imported.refuse(problem)
        return False

    def _new(self, board: BoardPage, batch: Sequence[ReadFile]) -> list[ReadFile]:
        """Those that are not kept yet. The same text twice at one meeting is kept once."""
        digests = [_digest(said) for said in batch]
        kept = MinutesSource.objects.filter(sha256__in=digests, minute__path__startswith=board.path)
        known = [
            (path[: board.steplen * (board.depth + 1)], digest) for path, digest in kept.values_list("minute__path", "sha256")
        ]
        meetings = MeetingPage.objects.filter(path__in={path for path, _digest in known})
        days = {path: timezone.localdate(starts_at) for path, starts_at in meetings.values_list("path", "starts_at")}
        there = Counter((days[path], digest) for path, digest in known)
        new = []
        for said, digest in zip(batch, digests, strict=True):
            if there[said.file.day, digest]:
                self.imported.were_there += 1
            else:
                there[said.file.day, digest] += 1
                new.append(said)
        return new

    def _together(self, board: BoardPage, meetings: Sequence[Sequence[ReadFile]], at: datetime) -> None:
        """Keep meetings that are not there in one transaction; if one of them cannot be, each by itself, and then file by file."""
        if not meetings:
            return
        try:
            keep_meetings(board=board, meetings=[_understood(files, at) for files in meetings], by=self.by)
        except REFUSALS:
            if len(meetings) == 1:
                self._one_by_one(board, meetings[0])
                return
            for files in meetings:
                self._together(board, [files], at)
        else:
            self.imported.kept += sum(map(len, meetings))

    def _one_by_one(self, board: BoardPage, files: Sequence[ReadFile]) -> None:
        for said in files:
            if said.proposal is None:
                continue
            given: dict[str, Any] = {"file_name": said.file.name, "publish": self.publish}
            try:
                keep_minutes(board=board, day=said.file.day, proposal=said.proposal, source=said.text, by=self.by, **given)
            except REFUSALS as problem:
                self.imported.refuse(_problem(said, problem))
            else:
                self.imported.kept += 1


def _understood(files: Sequence[ReadFile], at: datetime) -> UnderstoodMeeting:
    minutes = (UnderstoodMinute(said.proposal, said.text, said.file.name) for said in files if said.proposal)
    return UnderstoodMeeting(files[0].file.day, at, tuple(minutes))


def _digest(said: ReadFile) -> str:
    return hashlib.sha256(said.text.encode()).hexdigest()


def _problem(said: ReadFile, problem: Exception) -> Problem:
    """What the rules say against a file, at the line of the words that they are about."""
    words = "; ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
    about = said.proposal.title if said.proposal else ""
    return Problem(said.file.name, line_with(said.text, about), " ".join(words.split()))
