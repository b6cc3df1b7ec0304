"""Sending a stored file: block by block, a part of it where a part is asked for, nothing where the reader has it already."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

BLOCK = 1 << 16
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class NoSuchRange(Exception):
    """A part was asked for that begins after the end of the file."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A stored file as it is sent.

    Attributes:
        file: opened for reading when it is sent.
        size: in bytes.
        checksum: tells this content from any other.
        changed: since when it is as it is.
        name: what it is called where it is saved.
    """

    file: Any
    size: int
    checksum: str
    changed: datetime
    name: str
    content_type: str = "application/pdf"
    private: bool = False


def send(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    """The answer to a reader who asks for a file: whole, in part, or that it has not changed (RFC 9110, 13 and 14)."""
    etag, changed = quote_etag(sent.checksum), int(sent.changed.timestamp())
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(changed),
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache" if sent.private else "public, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{sent.name}"',
    }
    early = get_conditional_response(request, etag=etag, last_modified=changed, response=HttpResponse(headers=headers))
    if early is not None and early.status_code != 200:
        return early
    try:
        part = asked_part(request.headers.get("Range", ""), sent.size) if _range_holds(request, etag, headers) else None
    except NoSuchRange:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{sent.size}"})
    first, last = part or (0, sent.size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{sent.size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=sent.content_type)
    # A store far away sends the part alone, opening a file there fetches the whole of it; and whether it answers is known before we do.
    far_away = getattr(sent.file.storage, "stream", None)
    blocks = far_away(sent.file.name, first, last) if far_away else _blocks(sent.file, first, last)
    return StreamingHttpResponse(blocks, status=status, headers=headers, content_type=sent.content_type)


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of the one part that is asked for; None for the whole file.

    More parts than one at once, and words that are no range, are answered with the whole file, as the standard allows.

    Raises:
        NoSuchRange: it begins after the end.
    """
    asked = _ONE_RANGE.fullmatch(header.strip())
    if asked is None or not any(asked.groups()):
        return None
    begins, ends = asked.groups()
    if not begins:
        if int(ends) == 0 or size == 0:
            raise NoSuchRange
        return max(0, size - int(ends)), size - 1
    first, last = int(begins), min(int(ends), size - 1) if ends else size - 1
    if ends and int(ends) < first:
        return None
    if first >= size:
        raise NoSuchRange
    return first, last


def _range_holds(request: HttpRequest, etag: str, headers: dict[str, str]) -> bool:
    """Whether a part may be sent: the reader's other parts are of this content, where it says of which they are."""
    if_range = request.headers.get("If-Range")
    return if_range is None or if_range in {etag, headers["Last-Modified"]}


def _blocks(file: Any, first: int, last: int) -> Iterator[bytes]:
    """The file is opened when its first block is read: a reader who goes away before that leaves nothing open."""
    with file.open("rb") as opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (block := opened.read(min(BLOCK, left))):
            left -= len(block)
            yield block
