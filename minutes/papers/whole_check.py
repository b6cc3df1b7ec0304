"""One check of one file from end to end: looked through, made into a PDF where it is a document, and the copy written."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from minutes.papers.check import Looked, look
from minutes.papers.convert import convert
from minutes.papers.findings import Finding, Weight
from minutes.papers.kinds import FileKind, kind_of


@dataclass(frozen=True)
class Checked:
    """What came of a check: what was found, and where the copy lies until it is stored."""

    looked: Looked
    copy: Path | None


def check_whole(source: Path, *, title: str, beat: Callable[[], None]) -> Checked:
    """Look through a file, and through the PDF made of it where it is a document of a word processor.

    Args:
        source: the file, in a folder of its own; what is made is put beside it.
        title: the paper's.
        beat: gives a sign of life between two steps.

    Raises:
        CheckFailed: the process that looks could not run.
        NotConverted: no PDF could be made of it.
        NotTaken: it is of no kind that is taken.
    """
    made, copy = source.with_name("made.pdf"), source.with_name("copy.pdf")
    with source.open("rb") as file:
        kind = kind_of(file, source.stat().st_size)
    looked = look(source, kind, copy=copy, title=title)
    if kind is not FileKind.PDF and looked.weight is not Weight.BLOCKS:
        beat()
        convert(source, kind, made)
        beat()
        document = looked.findings
        looked = look(made, FileKind.PDF, copy=copy, title=title, own_export=True)
        looked = Looked(**{**vars(looked), "findings": (*document, *_own_faults(looked))})
    beat()
    return Checked(looked, copy if copy.is_file() and looked.weight is not Weight.BLOCKS else None)


def _own_faults(looked: Looked) -> tuple[Finding, ...]:
    """What is found in a PDF that we made ourselves, without what says only who made it: us."""
    return tuple(finding for finding in looked.findings if finding.meaning.weight is not Weight.NOTE)
