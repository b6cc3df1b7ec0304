"""Pictures of content pages are served where nothing stands in front; nothing else of the state folder is."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client

import pytest
from PIL import Image

from governance.models import ContentImage, ContentRendition, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A folder of public files of its own."""
    settings.MEDIA_ROOT = tmp_path / "public"
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "minutes.png").write_bytes(b"not for the public")
    return tmp_path


@pytest.fixture
def picture(folder: Path) -> ContentImage:
    """A picture that an editor uploaded."""
    return ContentImage.objects.create(title="A hall", file=_drawn(40))


@pytest.fixture
def rendition(picture: ContentImage) -> ContentRendition:
    """That picture as a page shows it."""
    return ContentRendition.objects.create(image=picture, filter_spec="width-20", width=20, height=15, file=_drawn(20))


def _drawn(width: int) -> ImageFile:
    drawn = BytesIO()
    Image.new("RGB", (width, width * 3 // 4), "navy").save(drawn, "PNG")
    return ImageFile(drawn, "hall.png")


@pytest.fixture
def document(folder: Path) -> Iterator[str]:
    """A document, named like a picture to make it harder."""
    yield default_storage.save("documents/letter.png", ContentFile(b"a letter"))


def test_a_picture_on_a_page_is_served(client: Client, rendition: ContentRendition) -> None:
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "public" in answer["Cache-Control"]
    assert answer.getvalue().startswith(b"\x89PNG")


def test_the_picture_as_uploaded_is_only_for_those_who_edit(client: Client, picture: ContentImage, clerk: User) -> None:
    assert client.get(picture.file.url).status_code == 404
    client.force_login(clerk)
    answer = client.get(picture.file.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "images/",
        "images/nothing.png",
        "../private/minutes.png",
        "images/../../private/minutes.png",
        "..%2fprivate%2fminutes.png",
        "%2e%2e/private/minutes.png",
        "images/hall.png%00",
        "keys/secret_key",
    ],
)
def test_nothing_else_is_served(client: Client, rendition: ContentRendition, clerk: User, path: str) -> None:
    client.force_login(clerk)
    assert client.get(f"/media/{path}").status_code == 404


def test_a_document_is_never_a_picture(client: Client, document: str, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get(f"/media/{document}").status_code == 404


def test_a_picture_whose_file_is_gone_is_not_found(client: Client, rendition: ContentRendition) -> None:
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(rendition.url).status_code == 404


def test_a_picture_is_only_read(client: Client, rendition: ContentRendition) -> None:
    assert client.post(rendition.url).status_code == 405
