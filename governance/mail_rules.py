"""What may stand in a mail, and how long a refused one is tried again. Pure rules."""

import re
from collections.abc import Mapping
from datetime import timedelta

# After each failed try, the wait before the next one. When they are used up the mail is given up: two days and a half in all.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=9),
    timedelta(hours=24),
    timedelta(hours=24),
)
# What the system itself writes, so that nothing a caller gives takes its place.
OWN_HEADERS = frozenset({"from", "to", "cc", "bcc", "subject", "date", "message-id", "auto-submitted", "mime-version"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries; None when the mail is given up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def is_one_line(text: str) -> bool:
    """Whether a text can stand in a header: anything that ends a line would begin another header (RFC 5322, 2.2)."""
    return _CONTROL.search(text) is None


def faulty_headers(headers: Mapping[str, str]) -> list[str]:
    """The names of headers that may not be given: not a name, one of the system's own, or a value with more than one line."""
    return [
        name
        for name, value in headers.items()
        if not _NAME.fullmatch(name)
        or name.lower() in OWN_HEADERS
        or name.lower().startswith(("content-", "resent-"))
        or not is_one_line(value)
    ]
