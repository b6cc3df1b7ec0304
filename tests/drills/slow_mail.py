"""A mail server for drills: slow enough to be killed in the middle of a mail, and it keeps each mail that it took as a file."""

import time
from collections.abc import Sequence

from django.core.mail import EmailMessage

from governance.mail_folder import MailFolder

PAUSE = 0.02
"""Seconds before a mail is taken and after it: as long as the rest of the work on one mail takes."""


class SlowMail(MailFolder):
    """Takes its time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take the mails."""
        time.sleep(PAUSE)
        taken = super().send_messages(email_messages)
        time.sleep(PAUSE)
        return taken
