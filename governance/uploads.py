"""Uploaded files on their way in: each lies in a private folder of ours and is gone when the request is answered."""

import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

LEFT_FOR = 3600.0
"""Seconds without a byte after which an upload is one that a killed process left."""


def upload_folder() -> Path:
    """Where large uploads lie until they are stored. Nobody but the owner looks into it."""
    folder = Path(settings.VAR) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


class PrivateUpload(TemporaryUploadedFile):
    """An upload in the private folder."""

    def __init__(self, name: str | None, content_type: str | None, size: int | None, charset: str | None, extra: Any) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=upload_folder())  # noqa: SIM115 (closed with the upload)
        # The folder that Django's own class would choose is the machine's, which nobody sweeps for us.
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)


class PrivateUploadHandler(TemporaryFileUploadHandler):
    """Takes what is too large for the memory into the private folder."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = PrivateUpload(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)


def prune_uploads(*, at: datetime | None = None) -> int:
    """Throw away what killed processes left of uploads. Returns how many."""
    oldest = (at.timestamp() if at else time.time()) - LEFT_FOR
    left = [file for file in upload_folder().iterdir() if file.stat().st_mtime < oldest]
    for file in left:
        file.unlink(missing_ok=True)
    return len(left)
