"""Who asks too often waits, and is told for how long; reading, working and looking after the site are not slowed down."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

import pytest
import time_machine

from governance import rate_limits
from governance.models import BoardPage, Comment, User
from governance.rate_limits import FORM, SEARCH, Limit, is_of_this_machine, seconds_to_wait
from tests import building

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 12, 0, 10, tzinfo=UTC)
PLACE = "198.51.100.7"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Nobody has asked yet."""
    cache.clear()


def few(monkeypatch: pytest.MonkeyPatch, name: str, most: int = 2) -> None:
    """Let a limit be reached soon."""
    usual: Limit = getattr(rate_limits, name)
    monkeypatch.setattr(rate_limits, name, Limit(usual.name, most, usual.seconds))


def test_the_limits_are_enough_for_an_office_and_end() -> None:
    with time_machine.travel(NOON, tick=False):
        answers = [seconds_to_wait(SEARCH, "place") for _request in range(SEARCH.most + 1)]
        assert answers == [0] * SEARCH.most + [50]
        assert seconds_to_wait(SEARCH, "elsewhere") == 0 and seconds_to_wait(FORM, "place") == 0
    with time_machine.travel(NOON + timedelta(seconds=50), tick=False):
        assert seconds_to_wait(SEARCH, "place") == 0


def test_who_searches_like_a_machine_is_told_when_to_come_back(board: BoardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "SEARCH")
    client = Client(REMOTE_ADDR=PLACE)
    with time_machine.travel(NOON, tick=False):
        answers = [client.get("/search/?q=care") for _request in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        page = answers[-1].content.decode()
        assert answers[-1]["Retry-After"] == "50" and "Try again in a minute" in page and page.count("<h1") == 1
        assert "no-store" in answers[-1]["Cache-Control"]
        assert client.get("/").status_code == 200, "reading is not slowed down"
        assert Client(REMOTE_ADDR="203.0.113.9").get("/search/?q=care").status_code == 200, "nor is anybody else"
        assert Client().get("/search/?q=care").status_code == 200, "nor what looks after the site from this machine"


def test_every_form_of_the_public_is_slowed_down_and_gives_back_what_was_written(
    board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, "FORM", 3)
    building.make_action(board, clerk)
    client = Client(REMOTE_ADDR=PLACE)
    for address, fields in (
        ("/alerts/hwb/", {"address": "a@example.org"}),
        ("/check-a-file/", {"checksum": "ab" * 64}),
        ("/partner/no-such-token/", {}),
    ):
        assert client.post(address, fields).status_code != 429
    answer = client.post("/have-a-say/hwb-a1/", {"text": "Come on <time>.", "raised_by": "carer"})
    assert answer.status_code == 429 and "Come on &lt;time&gt;." in answer.content.decode()
    assert not Comment.objects.exists()
    assert client.get("/have-a-say/hwb-a1/").status_code == 200


def test_uploads_are_counted_by_person(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "UPLOAD", 1)
    item = building.make_item(building.make_meeting(board, clerk), clerk)
    second = building.make_user("second")
    first, other = Client(REMOTE_ADDR=PLACE), Client(REMOTE_ADDR=PLACE)
    first.force_login(clerk)
    other.force_login(second)
    address = reverse("item_papers", args=[item.pk])
    assert [client.post(address, {}).status_code == 429 for client in (first, first, other)] == [False, True, False]
    assert first.post(reverse("paper_checked", args=[1]), {}).status_code != 429, "other work goes on"
    assert first.get(address).status_code == 200


def test_every_address_that_takes_files_is_known() -> None:
    for name in rate_limits.UPLOADS:
        try:
            reverse(name)
        except NoReverseMatch:
            assert reverse(name, args=[1] if name == "item_papers" else [1, 1])


@pytest.mark.parametrize(
    ("address", "in_front", "here"),
    [("127.0.0.1", 0, True), ("::1", 0, True), ("127.0.0.1", 1, False), (PLACE, 0, False), ("", 0, False), ("unix:", 0, False)],
)
def test_a_program_on_this_machine_is_told_from_visitors(address: str, in_front: int, here: bool, settings: Any) -> None:
    settings.SERVERS_IN_FRONT = in_front
    assert is_of_this_machine(RequestFactory().get("/", REMOTE_ADDR=address)) is here


def test_no_address_is_kept(board: BoardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    adds = cache.add

    def noted(key: str, *given: Any, **named: Any) -> bool:
        kept.append(key)
        return bool(adds(key, *given, **named))

    monkeypatch.setattr(rate_limits.cache, "add", noted)
    Client(REMOTE_ADDR=PLACE).get("/search/?q=care")
    assert len(kept) == 1 and PLACE not in kept[0]
