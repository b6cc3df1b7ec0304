"""Ways round the pages by which a record could be read: interfaces that are not there, files asked for in odd ways, robots."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client

import pytest
from PIL import Image

from governance.models import BoardPage, ContentDocument, ContentImage, User
from governance.operations.publishing import publish_record
from tests import building

pytestmark = pytest.mark.django_db
ODD = [
    {},
    {"REQUEST_METHOD": "HEAD"},
    {"HTTP_RANGE": "bytes=0-3"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_NONE_MATCH": '"{sha}"'},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 01 Jan 2024 00:00:00 GMT"},
]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v2/pages/",
        "/api/v2/documents/",
        "/api/v2/images/",
        "/api/v3/pages/",
        "/api/",
        "/graphql/",
        "/preview/x/",
    ],
)
def test_no_interface_for_programs_reads_pages(address: str, board: BoardPage, client: Client) -> None:
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?fields=*&order=-id").status_code == 404


def test_robots_are_told_nothing_that_is_not_public(board: BoardPage, clerk: User, client: Client) -> None:
    building.make_action(board, clerk, "Quisquilian", publish=False)
    assert client.get("/robots.txt").status_code == 404
    listed = client.get("/sitemap.xml").content.decode()
    assert board.get_url() in listed and "quisquilian" not in listed


@pytest.mark.parametrize("how", ODD)
def test_a_document_that_is_not_public_is_answered_like_one_that_never_was(
    how: dict[str, str], board: BoardPage, client: Client
) -> None:
    document = ContentDocument.objects.create(title="A letter", file=ContentFile(b"a letter", "letter.txt"))
    sha = document.get_file_hash()
    asked = {name: value.replace("{sha}", sha) for name, value in how.items()}

    more: Any = {name: value for name, value in asked.items() if name != "REQUEST_METHOD"}

    def told(address: str) -> Any:
        answer = client.generic(asked.get("REQUEST_METHOD", "GET"), address, **more)
        headers = {name: value for name, value in answer.headers.items() if name.lower() != "x-request-id"}
        return answer.status_code, answer.content, headers

    never = document.url.replace(f"/{document.pk}/", "/987654321/")
    assert told(document.url) == told(never)
    assert told(document.url)[0] == 404


@pytest.mark.parametrize("how", ODD)
def test_a_picture_that_is_not_public_is_answered_like_one_that_never_was(
    how: dict[str, str], board: BoardPage, client: Client
) -> None:
    drawn = BytesIO()
    Image.new("RGB", (4, 3)).save(drawn, "PNG")
    picture = ContentImage.objects.create(title="A hall", file=ImageFile(drawn, "hall.png"))
    asked = {name: value.replace("{sha}", picture.file.name) for name, value in how.items() if name != "REQUEST_METHOD"}
    more: Any = asked
    there, never = (client.get(address, **more) for address in (picture.file.url, "/media/original_images/never.png"))
    assert (there.status_code, there.content, there.get("Vary")) == (never.status_code, never.content, never.get("Vary"))
    assert there.status_code == 404


def test_a_former_address_of_what_was_withdrawn_says_no_title_that_was_taken_out(
    board: BoardPage, clerk: User, client: Client
) -> None:
    action = building.make_action(board, clerk, "Quisquilian promise")
    first = action.get_url()
    action.slug = "another-address"
    publish_record(page=action, by=clerk)
    assert client.get(first).status_code == 301
    action.refresh_from_db()
    action.withdrawals.create(reason="It names somebody.", at=action.last_published_at, by=clerk, hides_title=True)
    type(action).objects.filter(pk=action.pk).update(live=False)
    for address in (first, f"/ref/{str(action.reference).lower()}/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 410
        assert "Quisquilian" not in answer.content.decode()
