"""What a machine guesses: addresses, parameters and forms, few of them usually and many in the full drills; the same ones every time."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some

from tests.drills.sizes import drilled

GUESSES = {"small": 12, "full": 25, "long": 25}[drilled()]
guessed = settings(
    max_examples=GUESSES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""The profile of every test that guesses."""
TRAPS = [
    "", " ", "\x00", "0", "-1", "1e9", "99999999999999999999", "٣", "½", "NaN", "None", "null", "true", "HWB", "hwb-a1", "2026-10", "2026-13",
    "9999-12", "0000-00", "10000-01", "2026-02-31", "../..", "%00", "%", "%zz", "'", '"', "\\", "<b>", "{{ x }}", "a" * 3_000, "\u202e", "\ufffe",
    "\U0001f600", "under_way", "date", "csv", "json", "xml", "last", "all-boards", "1 OR 1=1", "'; DROP TABLE x; --", "\r\nX: y", "ﷺ" * 90,
]  # fmt: skip
"""What has broken sites like this one."""
words = some.one_of(some.sampled_from(TRAPS), some.text(max_size=40))
"""A value of a parameter or a field."""
segments = words.map(lambda word: word.replace("/", "").replace("?", "").replace("#", "").strip(".") or "x")
"""A part of an address."""


def parameters(*names: str) -> Any:
    """Parameters of an address, some of them twice."""
    return some.lists(some.tuples(some.sampled_from(names), words), max_size=6)


def fields(*names: str) -> Any:
    """Fields of a form, each with any words or left out."""
    return some.dictionaries(some.sampled_from(names), words)


def is_told_in_words(answer: Any, address: str) -> None:
    """Assert that an answer is no failure, and that a page says something."""
    assert answer.status_code < 500, address
    if answer.streaming or not answer.get("Content-Type", "").startswith("text/html") or answer.status_code in {301, 302, 304}:
        return
    page = answer.content.decode()
    assert "<h1" in page and "Traceback" not in page, address
