"""A cache of somebody else's stands in front: what was withdrawn at once is gone from there too, though nobody can empty it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

import pytest
import time_machine

from governance.models import User
from minutes.emergencies import Channel
from minutes.models import EmergencyWithdrawal
from minutes.operations.emergency import withdraw_at_once
from tests.kept import kept
from tests.minutes.test_emergency import REASON, SECRET, Leak, channels, make_leak

pytestmark = pytest.mark.django_db
WITHIN = timedelta(minutes=5)
"""So soon something has to be out of public view, wherever it is read."""


@dataclass
class Stored:
    """An answer as the cache keeps it."""

    status: int
    body: bytes
    headers: dict[str, str]
    at: Any


class SharedCache:
    """A cache that keeps whatever it may, for as long as it may, as RFC 9111 says for caches that many people share."""

    def __init__(self) -> None:
        self.origin = Client()
        self.stored: dict[str, Stored] = {}
        self.served_unasked: set[str] = set()

    def get(self, address: str) -> Stored:
        """The answer, from here if it is fresh or the site says that it is still so."""
        kept = self.stored.get(address)
        if kept is not None and (timezone.now() - kept.at).total_seconds() < freshness(kept.headers):
            self.served_unasked.add(address)
            return kept
        conditions: dict[str, Any] = {}
        if kept is not None and "ETag" in kept.headers:
            conditions["HTTP_IF_NONE_MATCH"] = kept.headers["ETag"]
        if kept is not None and "Last-Modified" in kept.headers:
            conditions["HTTP_IF_MODIFIED_SINCE"] = kept.headers["Last-Modified"]
        answer: Any = self.origin.get(address, **conditions)
        if answer.status_code == 304 and kept is not None:
            kept.at = timezone.now()
            return kept
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found = Stored(answer.status_code, body, dict(answer.headers.items()), timezone.now())
        self.stored.pop(address, None)
        if may_be_stored(found.headers):
            self.stored[address] = found
        return found


def may_be_stored(headers: dict[str, str]) -> bool:
    """Whether a shared cache may keep an answer."""
    said = headers.get("Cache-Control", "")
    return not re.search(r"no-store|private", said) and headers.get("Vary") != "*"


def freshness(headers: dict[str, str]) -> float:
    """For how many seconds it need not ask. Where nothing is said it may guess: a tenth of a day is usual, and long enough to be seen."""
    said = headers.get("Cache-Control", "")
    if "no-cache" in said:
        return 0
    given = re.search(r"s-maxage=(\d+)", said) or re.search(r"max-age=(\d+)", said)
    return float(given[1]) if given else 8640.0


@pytest.fixture
def leak(clerk: User) -> Leak:
    """A confirmed meeting whose item, paper and packs must not be public."""
    return kept("leak", lambda: make_leak(clerk))


def addresses(leak: Leak) -> list[str]:
    """Everywhere it is read: pages, files, lists, feeds, search and sitemap."""
    stage, paper = leak.stage, f"/papers/{leak.paper.slug}/"
    pages = [page.get_url() for page in (stage.meeting, stage.item, stage.minute, stage.resolution)]
    return [*pages, paper, f"{paper}1/", f"/packs/{leak.packs[0].slug}/", *LISTS]


LISTS = ["/", "/sitemap.xml", "/feeds/hwb/", "/calendars/hwb.ics", "/search/?q=Wombats", "/boards/hwb/", "/meetings/2026-09/"]


def told(cache: SharedCache, leak: Leak) -> set[str]:
    """The addresses at which the cache answers with what must not be public."""
    found = set()
    for address in addresses(leak):
        answer = cache.get(address)
        is_file = answer.body.startswith(b"%PDF") and answer.status == 200
        if is_file or SECRET.encode() in answer.body:
            found.add(address)
    return found


def test_a_cache_that_others_share_shows_nothing_of_it_within_minutes(
    leak: Leak, clerk: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    cache = SharedCache()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        before = told(cache, leak)
        assert len(before) > 6 and cache.stored.keys() & before
        assert told(cache, leak) == before
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_at_once(choice=leak.item, by=clerk, reason=REASON)
        row = EmergencyWithdrawal.objects.get()
        assert channels(row) == {channel.value: [] for channel in Channel}
        clock.shift(WITHIN)
        assert told(cache, leak) == set()


def test_the_pages_that_told_it_are_asked_for_each_time(leak: Leak) -> None:
    cache = SharedCache()
    told(cache, leak)
    read = told(cache, leak)
    assert cache.served_unasked & read == set()


def test_a_page_that_a_cache_may_keep_unasked_would_be_found(leak: Leak, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, page = SharedCache(), leak.stage.item.get_url()
    stored = cache.get(page)
    stored.headers["Cache-Control"] = "public, max-age=3600"
    cache.stored[page] = stored
    withdraw_at_once(choice=leak.item, by=clerk, reason=REASON)
    assert page in told(cache, leak)
