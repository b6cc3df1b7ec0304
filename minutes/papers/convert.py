"""Documents of word processors made into tagged PDF by LibreOffice, where it is installed."""

import json
import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from minutes.papers.check import end
from minutes.papers.kinds import FileKind

SECONDS = 120
FILE_BYTES = 400_000_000
FILTERS = {FileKind.DOCX: "MS Word 2007 XML", FileKind.ODT: "writer8"}
"""Named, because LibreOffice otherwise makes a PDF of anything, random bytes included."""
EXPORT: dict[str, Any] = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportBookmarks": True,
    "ExportNotes": False,
    "ExportFormFields": False,
    # PDF/A-3: every font inside and colours that are defined, which a pack needs of each paper to be an archive copy itself.
    "SelectPdfVersion": 3,
}
MISSING = _(
    "LibreOffice is not installed on this machine, so a document of a word processor cannot be made into a PDF here. "
    "Save it as a tagged PDF and upload that."
)
TOOK_TOO_LONG = _("LibreOffice took too long to read this document. Save it as a tagged PDF and upload that.")
NOT_READ = _("LibreOffice could not read this document. Save it as a tagged PDF and upload that.")


class NotConverted(Exception):
    """There is no PDF of the document. The sentence is for the editor."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def is_installed() -> bool:
    """Whether documents of word processors can be made into PDF on this machine."""
    return shutil.which("soffice") is not None


def convert(source: Path, kind: FileKind, target: Path, *, seconds: float = SECONDS) -> None:
    """Make a tagged PDF of a document, by a process of its own with a profile of its own.

    Args:
        source: the document.
        kind: what it was told to be by its bytes.
        target: where the PDF goes.
        seconds: how long it may take by the clock.

    Raises:
        NotConverted: LibreOffice is not there, took too long, or made nothing: it exits with 0 all the same.
    """
    program = shutil.which("soffice")
    if program is None:
        raise NotConverted(MISSING)
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        document = folder / f"paper.{kind.value}"
        # LibreOffice writes a lock beside what it reads, so it is given a copy of its own.
        shutil.copyfile(source, document)
        _run(_command(program, document, kind, folder), folder, seconds)
        made = folder / "made" / "paper.pdf"
        if not made.is_file() or not _is_pdf(made):
            raise NotConverted(NOT_READ)
        made.replace(target)


def _command(program: str, document: Path, kind: FileKind, folder: Path) -> list[str]:
    said = {name: _typed(value) for name, value in EXPORT.items()}
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        f"--infilter={FILTERS[kind]}",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(said)}",
        "--outdir",
        str(folder / "made"),
        str(document),
    ]


def _typed(value: bool | int) -> dict[str, str]:
    """A setting of the export as LibreOffice reads it."""
    if isinstance(value, bool):
        return {"type": "boolean", "value": str(value).lower()}
    return {"type": "long", "value": str(value)}


def _run(command: list[str], folder: Path, seconds: float) -> None:
    process = subprocess.Popen(  # noqa: S603 (no shell; the document is named by us)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"},
        cwd=folder,
        start_new_session=True,
        preexec_fn=_limit,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotConverted(TOOK_TOO_LONG) from None
    finally:
        end(process)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_pdf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(5) == b"%PDF-"
