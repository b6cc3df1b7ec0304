"""A disk that may only be read: whoever uploads is told to try again, and nothing is kept of it."""

import errno
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest

from governance.models import BoardPage, ContentDocument, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [errno.EROFS, errno.EIO, errno.ENOSPC])
def test_a_disk_that_may_only_be_read_is_said_in_words(
    number: int, board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: Any, **named: Any) -> str:
        raise OSError(number, "the disk")

    client = Client(raise_request_exception=False)
    client.force_login(clerk)
    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    sent = {"title": "A letter to everybody", "file": SimpleUploadedFile("letter.txt", b"a letter"), "collection": 1}
    answer = client.post(reverse("wagtaildocs:add"), sent)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Try again in a minute" in page and "A letter to everybody" in page
    assert not ContentDocument.objects.exists()


def test_a_fault_of_ours_is_not_called_a_busy_site(board: BoardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*given: Any, **named: Any) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("home.search.views.asked_by", break_down)
    answer = Client(raise_request_exception=False).get("/search/?q=x")
    assert answer.status_code == 500 and "Something broke on our side" in answer.content.decode()
