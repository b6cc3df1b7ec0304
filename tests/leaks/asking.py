"""Asking addresses, and finding the planted words in everything that comes back: pages, headers, files, PDFs, logs and mail."""

import io
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.test import Client

import pikepdf

from tests.leaks.planting import Planted
from tests.leaks.readers import may_read
from tests.leaks.verdicts import Readers, verdicts

WORD = re.compile(rb"zq\d{4}x", re.IGNORECASE)
FAILING = frozenset({"/admin/failwhale/", "/readyz"})
"""The first fails to show what a failure looks like; the second where no worker was ever at work, as in a test."""
ENDS_THE_VISIT = frozenset({"/admin/logout/", "/members/log-out/"})
"""Whoever asks for these is nobody afterwards, so they come last."""
OF_FILES = re.compile(
    r"^(documents|media|packs|papers|letters|reports|members/packs|members/private/papers|admin/papers/files|meetings/.*pdf)"
)
WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"REQUEST_METHOD": "HEAD"},
    {"HTTP_RANGE": "bytes=0-99"},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 01 Jan 2024 00:00:00 GMT"},
)
"""How a file may be asked for."""


def words_in(content: bytes) -> set[str]:
    """The planted words in what was sent; within a PDF also in its text, metadata and attachments."""
    found = WORD.findall(content)
    if content.startswith(b"%PDF"):
        found += _words_in_pdf(content)
    return {word.decode().lower() for word in found}


def _words_in_pdf(content: bytes) -> list[bytes]:
    plain = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    except pikepdf.PdfError:
        return []
    printed = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
    return [*WORD.findall(plain.getvalue()), *WORD.findall(printed)]


def asked(client: Client, address: str, **how: Any) -> bytes:
    """Everything an address answers: its headers and its content."""
    answer = client.generic(how.pop("REQUEST_METHOD", "GET"), address, **how)
    assert answer.status_code < 500 or address in FAILING, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers = repr(sorted(answer.headers.items())).encode()
    # A PDF is opened where it begins.
    return content + headers


@dataclass
class Walk:
    """What somebody was told.

    Attributes:
        requests: how many were made.
        read: the fields that were read and may be: without any, nobody was let in and the walk shows nothing.
        leaks: the fields that were read and may not be, by pattern and address.
    """

    requests: int
    read: set[str]
    leaks: dict[str, list[str]]


def _readers(name: str, table: Mapping[str, Readers]) -> Readers:
    """Who may read a word: as the table says; the words of a sealed part are no columns, nor are the files of a draft paper."""
    return table.get(name) or (Readers.SEALED if name.startswith(("minutes.Restricted", "minutes.Closed")) else Readers.DRAFT)


def walk(planted: Planted, role: str, client: Client, every: Mapping[str, Iterable[str]], log: Any) -> Walk:
    """Ask for addresses as somebody, and say what they read that they may not.

    Args:
        every: the addresses, by their pattern.
        log: what pytest catches of the logs.
    """
    table, found = verdicts(), Walk(0, set(), {})

    def look(where: str, pattern: str, words: set[str]) -> None:
        names = {planted.words[word] for word in words}
        wrong = sorted(name for name in names if _readers(name, table) not in may_read(role, pattern))
        found.read |= names.difference(wrong)
        if wrong:
            found.leaks[where] = wrong

    told = set()
    visitor = client.session.get("_auth_user_id")
    for pattern, each in sorted(every.items(), key=lambda one: not ENDS_THE_VISIT.isdisjoint(one[1])):
        if ENDS_THE_VISIT.isdisjoint(each):
            assert client.session.get("_auth_user_id") == visitor, f"nobody is logged in any more before {pattern}"
        for address in each:
            for how in WAYS if OF_FILES.match(pattern) else WAYS[:1]:
                found.requests += 1
                given = words_in(address.encode())
                told |= given
                look(f"{pattern} {address}", pattern, words_in(asked(client, address, **how)) - given)
    look("the log", "", words_in(log.text.encode()) - told)
    look("mail", "", {word for letter in mail.outbox for word in words_in(letter.message().as_bytes())})
    return found
