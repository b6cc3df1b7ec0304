"""Pictures and documents of content pages: public while a public page refers to them, and then alone; nothing else of the state folder is."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client

import pytest
from PIL import Image

from governance.enums import Role
from governance.models import Alternative, BoardPage, ContentDocument, ContentImage, ContentRendition, User
from governance.operations.publishing import publish_record, withdraw_record
from home.models import ContentPage
from minutes.models import MeetingPage
from tests import building
from tests.minutes.restricted_stage import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A folder of public files of its own. What is remembered of sizes goes by the number of a picture, and numbers come again here."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "public"
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "minutes.png").write_bytes(b"not for the public")
    return tmp_path


@pytest.fixture
def picture(folder: Path) -> ContentImage:
    """A picture that an editor uploaded."""
    return ContentImage.objects.create(title="A hall", file=_drawn(40))


def read_out(answer: Any) -> None:
    """Read what was sent to its end: the file is closed then. Closing it by hand would close the database of the test too."""
    for _part in answer.streaming_content if answer.streaming else ():
        pass


def make_page(*body: tuple[str, Any], slug: str = "about") -> ContentPage:
    """A public page of plain content."""
    page = ContentPage(title="About", slug=slug, body=list(body))
    building.make_home().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def page(picture: ContentImage) -> ContentPage:
    """A public page that shows the picture."""
    return make_page(("picture", {"image": picture, "alt": "A hall"}))


@pytest.fixture
def rendition(picture: ContentImage, page: ContentPage) -> ContentRendition:
    """That picture as the page shows it."""
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
    read_out(answer)


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


def _large(kind: str, name: str) -> ContentImage:
    taken = BytesIO()
    Image.new("RGB", (1600, 1200), "navy").save(taken, kind)
    return ContentImage.objects.create(title="A hall", file=ImageFile(taken, name))


@pytest.mark.parametrize(
    ("kind", "name", "types"),
    [("JPEG", "hall.jpg", ["webp", "jpeg"]), ("PNG", "plan.png", ["webp", "png"]), ("GIF", "plan.gif", ["webp", "png"])],
)
def test_a_reader_gets_a_picture_no_larger_than_it_is_shown(
    client: Client, folder: Path, kind: str, name: str, types: list[str]
) -> None:
    page = make_page(("picture", {"image": _large(kind, name), "alt": "A hall"}))
    text = client.get(page.url).content.decode()
    shown = re.search(r"<picture>.*</picture>", text, re.DOTALL)
    assert shown is not None
    sizes = re.findall(r"(/media/images/\S+) (480|960)w", shown[0])
    assert [(address.rpartition(".")[2].replace("jpg", "jpeg"), width) for address, width in sizes] == [
        (kind, width) for kind in types for width in ("480", "960")
    ]
    assert {'width="480"', 'height="360"'} <= set(re.findall(r'\w+="\d+"', shown[0])), (
        "The page does not move when the picture comes."
    )
    for address, width in sizes:
        answer = client.get(address)
        assert Image.open(BytesIO(answer.getvalue())).width == int(width)


def test_a_picture_whose_file_is_gone_is_not_found(client: Client, rendition: ContentRendition) -> None:
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(rendition.url).status_code == 404


def test_a_picture_is_only_read(client: Client, rendition: ContentRendition) -> None:
    assert client.post(rendition.url).status_code == 405


def test_a_browser_asks_first_and_is_not_sent_it_twice(client: Client, rendition: ContentRendition) -> None:
    answer = client.get(rendition.url)
    read_out(answer)
    assert answer["Cache-Control"] == "public, no-cache"
    assert client.get(rendition.url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_picture_is_as_public_as_the_pages_that_show_it(
    client: Client, rendition: ContentRendition, page: ContentPage, picture: ContentImage, board: BoardPage
) -> None:
    other = make_page(("picture", {"image": picture, "alt": "A hall"}), slug="other")
    page.unpublish()
    shown = client.get(rendition.url)
    read_out(shown)
    assert shown.status_code == 200
    # Taken from the page that shows it still: no worker has to come first.
    other.body = []
    other.save_revision().publish()
    gone, never = client.get(rendition.url), client.get("/media/images/never.png")
    assert (gone.status_code, gone.content) == (404, never.content), "Not yours and not there are answered alike."
    other.body = [("picture", {"image": picture, "alt": "A hall"})]
    other.save_revision()
    assert client.get(rendition.url).status_code == 404, "A draft makes nothing public."
    sees = {}
    for role in Role:
        visitor = Client()
        visitor.force_login(somebody(role.value, board, role))
        answer = visitor.get(rendition.url)
        read_out(answer)
        sees[role] = answer.status_code == 200
    assert {role for role, seen in sees.items() if seen} == {Role.EDITOR, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR}


def test_a_document_is_as_public_as_the_pages_that_link_to_it(
    client: Client, folder: Path, board: BoardPage, clerk: User
) -> None:
    found = ContentDocument.objects.create(title="A letter", file=ContentFile(b"a letter", "letter.txt"))
    never = found.url.replace("letter", "other")
    assert [client.get(address).status_code for address in (found.url, never, "/documents/99999999999999999999/a.txt")] == [
        404
    ] * 3
    assert client.get(found.file.url).status_code == 404
    page = make_page(("text", f'<p><a linktype="document" id="{found.pk}">Read it</a></p>'))
    answer = client.get(found.url)
    assert (answer.status_code, answer["Cache-Control"], answer.getvalue()) == (200, "public, no-cache", b"a letter")
    assert client.get(found.file.url).status_code == 404, "Its place in the folder is no address."
    page.unpublish()
    assert client.get(found.url).status_code == 404
    meeting = building.make_meeting(board, clerk)
    meeting.alternatives.add(Alternative(kind="easy_read", title="Easy read", document=found))
    meeting.save_revision()
    assert client.get(found.url).status_code == 404
    publish_record(page=meeting, by=clerk)
    shown = client.get(found.url)
    read_out(shown)
    assert shown.status_code == 200
    visitor = Client()
    visitor.force_login(clerk)
    assert visitor.post(found.url).status_code == 405
    withdraw_record(page=MeetingPage.objects.get(pk=meeting.pk), by=clerk, reason="Wrong.")
    draft = visitor.get(found.url)
    assert (client.get(found.url).status_code, draft.status_code, draft["Cache-Control"]) == (404, 200, "private, no-store")
    read_out(draft)
