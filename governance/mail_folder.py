"""Mail that goes into a folder, for a machine without a mail server: each mail is a file that any mail program opens."""

import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class MailFolder(BaseEmailBackend):
    """Writes each mail as one `.eml` file into the folder `EMAIL_FILE_PATH` of the settings."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; a file is there whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid.uuid4().hex[:6]}"
            unfinished = self.folder / f".{name}"
            with unfinished.open("xb") as file:
                file.write(message.message().as_bytes())
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.folder / f"{name}.eml")
        return len(email_messages)
