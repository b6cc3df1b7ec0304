"""Sending a stored file: whole, in part, or not again."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.http import StreamingHttpResponse
from django.test import RequestFactory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.sending import BLOCK, NoSuchRange, Sent, asked_part, send

DATA = bytes(range(256)) * 1000
CHANGED = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


class Stored:
    """A file that counts how much is read of it at once."""

    storage = None

    def __init__(self) -> None:
        self.largest = 0

    def open(self, mode: str) -> Any:
        """Open it."""
        stored, opened = self, BytesIO(DATA)

        class Counted(BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                block = opened.read(size)
                stored.largest = max(stored.largest, len(block))
                return block

            def seek(self, place: int, whence: int = 0) -> int:
                return opened.seek(place, whence)

        return Counted()


def answer(method: str = "get", **headers: str) -> tuple[Any, bytes, Stored]:
    """The answer to a reader, its body, and the file."""
    stored = Stored()
    request = getattr(RequestFactory(), method)("/packs/x/", headers=headers)
    sent = Sent(file=stored, size=len(DATA), checksum="ab" * 64, changed=CHANGED, name="x.pdf")
    response = send(request, sent)
    body = b"".join(response) if isinstance(response, StreamingHttpResponse) else response.content  # type: ignore[attr-defined]
    return response, body, stored


def test_the_whole_file_is_streamed_with_its_length_and_name() -> None:
    response, body, stored = answer()
    assert (response.status_code, body) == (200, DATA)
    assert response["Content-Length"] == str(len(DATA))
    assert response["ETag"] == f'"{"ab" * 64}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Disposition"] == 'inline; filename="x.pdf"'
    assert 0 < stored.largest <= BLOCK


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=255900-", 255900, 255999), ("bytes=-5", 255995, 255999), ("bytes=9-9999999", 9, 255999)],
)
def test_a_part_is_sent_alone(asked: str, first: int, last: int) -> None:
    response, body, _stored = answer(Range=asked)
    assert (response.status_code, body) == (206, DATA[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-2", "bytes=-", "lines=1-2", "bytes=x-y", ""])
def test_what_is_no_single_part_is_answered_with_the_whole(asked: str) -> None:
    response, body, _stored = answer(Range=asked)
    assert (response.status_code, len(body)) == (200, len(DATA))


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-9999999", "bytes=-0"])
def test_a_part_after_the_end_is_refused_with_the_length(asked: str) -> None:
    response, body, _stored = answer(Range=asked)
    assert (response.status_code, body) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(DATA)}"


def test_a_part_of_another_content_is_not_mixed_in() -> None:
    assert answer(**{"Range": "bytes=0-9", "If-Range": '"other"'})[0].status_code == 200
    assert answer(**{"Range": "bytes=0-9", "If-Range": f'"{"ab" * 64}"'})[0].status_code == 206
    assert answer(**{"Range": "bytes=0-9", "If-Range": "Thu, 01 Oct 2026 09:30:00 GMT"})[0].status_code == 206


@pytest.mark.parametrize(
    "headers",
    [{"If-None-Match": f'"{"ab" * 64}"'}, {"If-None-Match": "*"}, {"If-Modified-Since": "Thu, 01 Oct 2026 09:30:00 GMT"}],
)
def test_who_has_it_already_is_told_so(headers: dict[str, str]) -> None:
    response, body, stored = answer(**headers)
    assert (response.status_code, body, stored.largest) == (304, b"", 0)
    assert response["ETag"]


def test_what_was_changed_since_or_another_content_is_refused_where_asked() -> None:
    assert answer(**{"If-Match": '"other"'})[0].status_code == 412
    assert answer(**{"If-None-Match": '"other"'})[0].status_code == 200


def test_a_reader_who_asks_only_for_the_head_gets_no_body() -> None:
    response, body, stored = answer("head")
    assert (response.status_code, body, stored.largest) == (200, b"", 0)
    assert response["Content-Length"] == str(len(DATA))


@given(header=st.text(max_size=30) | st.from_regex(r"bytes=\d{0,6}-\d{0,6}", fullmatch=True), size=st.integers(0, 1000))
def test_whatever_is_asked_a_part_lies_within_the_file(header: str, size: int) -> None:
    try:
        part = asked_part(header, size)
    except NoSuchRange:
        return
    if part is not None:
        assert 0 <= part[0] <= part[1] < size
