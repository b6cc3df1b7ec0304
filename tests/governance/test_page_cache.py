"""Public pages are kept whole, and nobody who asks after a change is shown what was true before it."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from governance import page_cache
from governance.models import BoardPage, PublicGeneration
from tests import building

COMMITS = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.django_db

MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


class Broken(BaseCache):
    """A cache whose server is down."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("down")

    def set(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("down")


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    """Pages are kept, in a memory of this test."""
    settings.CACHES = {**settings.CACHES, "pages": {**MEMORY, "LOCATION": "pages of a test"}}
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def board() -> BoardPage:
    """A public board."""
    return building.make_board(by=building.make_user())


@pytest.fixture(autouse=True)
def _one_minute(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands, and a test that writes nothing after its first page needs no commit."""
    monkeypatch.setattr(page_cache.time, "time", lambda: 6_000_000_000.0)
    marker = request.node.get_closest_marker("django_db")
    if not marker.kwargs.get("transaction"):
        monkeypatch.setattr(page_cache, "within_a_transaction", lambda: False)


def asked(client: Client, address: str, **headers: Any) -> tuple[Any, int]:
    """The answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, **headers)
    return answer, len(queries)


def test_a_page_is_made_once_and_then_takes_one_query(kept: None, client: Client, board: BoardPage) -> None:
    first, many = asked(client, board.url)
    second, one = asked(client, board.url)
    assert many > 1
    assert one == 1
    assert second.content == first.content
    assert {**second.headers, "X-Request-ID": ""} == {**first.headers, "X-Request-ID": ""}


def test_a_server_in_front_may_keep_what_is_the_same_for_all_and_nothing_else(
    kept: None, client: Client, board: BoardPage
) -> None:
    name, value = page_cache.MAY_BE_KEPT_IN_FRONT
    for _made_or_kept in range(2):
        answer = client.get(board.url)
        assert (answer[name], answer["Cache-Control"]) == (value, "no-cache")
    clerk = Client()
    clerk.force_login(building.make_user("somebody"))
    for reader, address in ((clerk, board.url), (client, "/search/?q=care"), (client, "/nothing/"), (client, "/healthz")):
        assert not reader.get(address).has_header(name)


@COMMITS
def test_a_reader_after_a_change_reads_the_change(kept: None, client: Client, board: BoardPage) -> None:
    assert board.title in client.get(board.url).content.decode()
    Page.objects.filter(pk=board.pk).update(title="Board for Northgate")
    assert "Board for Northgate" in client.get(board.url).content.decode()
    Page.objects.filter(pk=board.pk).update(live=False)
    assert client.get(board.url).status_code == 404


@COMMITS
def test_a_browser_that_has_it_is_sent_nothing(kept: None, client: Client, board: BoardPage) -> None:
    first = client.get(board.url)
    for _made_or_kept in range(2):
        again, _queries = asked(client, board.url, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        # A browser would put it in place of the policy that it kept with the page, and show it without its styles.
        assert not again.has_header("Content-Security-Policy")
    Page.objects.filter(pk=board.pk).update(title="Board for Northgate")
    assert client.get(board.url, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_who_is_signed_in_neither_gets_nor_leaves_one(kept: None, board: BoardPage) -> None:
    reader, clerk = Client(), Client()
    clerk.force_login(building.make_user("somebody"))
    assert asked(clerk, board.url)[1] > 1
    assert asked(reader, board.url)[1] > 1, "nothing was left"
    assert asked(clerk, board.url)[1] > 1, "nothing was got"
    assert asked(reader, board.url)[1] == 1


@pytest.mark.parametrize("address", ["/search/?q=care", "/healthz", "/admin/login/"])
def test_some_addresses_are_never_kept(kept: None, client: Client, address: str) -> None:
    client.get(address)
    assert caches["pages"]._cache == {}  # type: ignore[attr-defined]


def test_a_form_with_its_token_and_a_missing_page_are_not_kept(kept: None, client: Client, board: BoardPage) -> None:
    client.get("/nothing/")
    client.post(board.url)
    client.get(board.url, HTTP_RANGE="bytes=0-5")
    assert caches["pages"]._cache == {}  # type: ignore[attr-defined]


def test_the_end_of_the_minute_ends_what_is_kept(
    kept: None, client: Client, board: BoardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(board.url)
    monkeypatch.setattr(page_cache.time, "time", lambda: 6_000_000_060.0)
    assert asked(client, board.url)[1] > 1


def test_packed_and_plain_are_kept_apart(kept: None, client: Client, board: BoardPage) -> None:
    packed = client.get(board.url, HTTP_ACCEPT_ENCODING="gzip")
    plain = client.get(board.url)
    assert packed["Content-Encoding"] == "gzip"
    assert not plain.has_header("Content-Encoding")
    assert "Accept-Encoding" in plain["Vary"]


def test_a_head_is_the_page_without_its_words(kept: None, client: Client, board: BoardPage) -> None:
    before = client.head(board.url)
    page = client.get(board.url)
    after = client.head(board.url)
    for answer in (before, after):
        assert (answer.content, answer["Content-Length"], answer["ETag"]) == (b"", str(len(page.content)), page["ETag"])


@COMMITS
def test_within_a_transaction_nothing_is_kept(kept: None, client: Client, board: BoardPage) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        Page.objects.filter(pk=board.pk).update(title="Undone")
        assert "Undone" in client.get(board.url).content.decode()
        raise RuntimeError
    assert "Undone" not in client.get(board.url).content.decode()


def test_a_database_that_does_not_count_keeps_nothing(kept: None, client: Client, board: BoardPage) -> None:
    PublicGeneration.objects.all().delete()
    client.get(board.url)
    assert asked(client, board.url)[1] > 1


def test_a_cache_that_is_down_is_done_without(
    settings: Any, client: Client, board: BoardPage, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": f"{__name__}.Broken"}}
    assert client.get(board.url).status_code == 200
    assert "does not answer" in caplog.text


def test_another_edition_of_the_software_finds_none(
    kept: None, client: Client, board: BoardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(board.url)
    monkeypatch.setattr(page_cache, "edition", lambda: "the next one")
    assert asked(client, board.url)[1] > 1
