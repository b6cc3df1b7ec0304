"""Writing a PDF of a pack to the disk, so that a disk with no room left fails the pack and not the worker."""

import errno
import io
from pathlib import Path

from pikepdf import ObjectStreamMode, Pdf

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system answers when a disk is full, or the part of it that somebody may use."""


class _Patient(io.RawIOBase):
    """Hands on what is written until that fails; what failed is kept, and the rest is taken without a word."""

    def __init__(self, file: io.RawIOBase | io.BufferedWriter) -> None:
        super().__init__()
        self._file = file
        self.problem: OSError | None = None

    def writable(self) -> bool:
        """It is only written to."""
        return True

    def write(self, data: "memoryview | bytes") -> int:  # type: ignore[override] (narrower: qpdf gives it nothing else)
        """A piece, which always seems to arrive: libqpdf ends the whole process when its last write fails."""
        if self.problem is None:
            try:
                self._file.write(data)
            except OSError as problem:
                self.problem = problem
        return len(data)


def save_whole(pdf: Pdf, target: Path) -> None:
    """Write a PDF to a file. The same PDF gives the same bytes.

    Raises:
        OSError: it could not be written, because there is no room left for instance.
    """
    with target.open("wb") as file:
        patient = _Patient(file)
        pdf.save(patient, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        if patient.problem is not None:
            raise patient.problem
