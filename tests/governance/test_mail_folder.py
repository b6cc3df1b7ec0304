"""Mail on a machine without a mail server."""

import email
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage

from governance.mail_folder import MailFolder


def test_each_mail_is_a_file_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    mails = [EmailMessage(subject=f"News {number}", body="Ŵyn", to=["a@example.org"]) for number in range(3)]
    assert MailFolder().send_messages(mails) == 3
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    read = email.message_from_bytes(files[0].read_bytes())
    assert (read["Subject"], read.get_payload(decode=True)) == ("News 0", "Ŵyn\n".encode()[:-1])
