"""What holds for the whole installation is asked for once, and nobody who asks after a change is told what held before it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.test import Client

from wagtail.models import Page, PageViewRestriction, Site

import pytest

from governance import standing_facts
from governance.models import FreeDay
from governance.standing_facts import answering, standing
from home.models import HomePage
from tests import building
from tests.building import london

COMMITS = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock stands, and nothing is remembered yet."""
    monkeypatch.setattr(standing_facts.time, "time", lambda: 6_000_000_000.0)
    standing_facts.forget()
    yield
    standing_facts.forget()


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside any transaction, for a test that writes nothing after its first question."""
    monkeypatch.setattr(standing_facts, "within_a_transaction", lambda: False)


def told(generation: int, fact: Any) -> Any:
    """What is told of one fact in an answer that is made under the generation."""
    with answering(generation):
        return standing("fact", lambda: fact)


def test_a_fact_is_asked_for_once_in_a_generation(outside: None) -> None:
    assert [told(1, "first"), told(1, "second"), told(2, "third"), told(1, "fourth")] == ["first", "first", "third", "fourth"]


def test_outside_an_answer_nothing_is_remembered(outside: None) -> None:
    told(1, "first")
    assert standing("fact", lambda: "second") == "second"


def test_the_end_of_the_minute_ends_what_is_remembered(outside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told(1, "first")
    monkeypatch.setattr(standing_facts.time, "time", lambda: 6_000_000_060.0)
    assert told(1, "second") == "second"


@pytest.mark.django_db
def test_within_a_transaction_a_fact_is_asked_for_each_time() -> None:
    assert [told(1, "first"), told(1, "second")] == ["first", "second"]


@pytest.mark.django_db
def test_no_two_answers_share_a_record(outside: None) -> None:
    front = HomePage(title="Ashmere")
    (one,), (other,) = told(1, (front,)), told(1, (front,))
    one.title = "Changed"
    assert (other.title, front.title) == ("Ashmere", "Ashmere")


@COMMITS
def test_a_reader_after_a_change_reads_the_new_menu_name_and_board(client: Client) -> None:
    board = building.make_board(by=building.make_user())
    meeting = building.make_meeting(board, building.make_user("another"), london(2027, 3, 4, 14))
    assert board.title in client.get(meeting.url).content.decode()
    Page.objects.filter(pk=board.pk).update(title="Board for Northgate")
    Site.objects.update(site_name="Northgate decides")
    index = board.get_parent()
    Page.objects.filter(pk=index.pk).update(title="Who decides", show_in_menus=True)
    shown = client.get(meeting.url).content.decode()
    assert all(words in shown for words in ("Board for Northgate", "Northgate decides", "Who decides"))


@COMMITS
def test_a_day_that_does_not_count_is_counted_out_at_once(client: Client) -> None:
    board = building.make_board(by=building.make_user())
    meeting = building.make_meeting(board, building.make_user("another"), london(2027, 3, 4, 14))
    assert "Mourning" not in client.get(meeting.url).content.decode()
    FreeDay.objects.create(day=date(2027, 3, 2), name="Mourning")
    assert "Mourning" in client.get(meeting.url).content.decode()


@COMMITS
def test_a_restriction_of_a_section_holds_at_once(client: Client) -> None:
    board = building.make_board(by=building.make_user())
    assert client.get(board.url).status_code == 200
    PageViewRestriction.objects.create(page=board.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(board.url).status_code == 302


@COMMITS
def test_what_a_transaction_undoes_is_never_remembered(client: Client) -> None:
    board = building.make_board(by=building.make_user())
    with pytest.raises(RuntimeError), transaction.atomic():
        Site.objects.update(site_name="Undone")
        assert "Undone" in client.get(board.url).content.decode()
        raise RuntimeError
    assert "Undone" not in client.get(board.url).content.decode()


@COMMITS
def test_of_several_sites_each_address_finds_its_own(client: Client) -> None:
    board = building.make_board(by=building.make_user())
    assert client.get(board.url).status_code == 200
    other = Page.objects.get(depth=1).add_child(instance=HomePage(title="Other", slug="other"))
    Site.objects.create(hostname="testserver", site_name="The other", root_page=other)
    assert client.get(f"/boards/{board.slug}/").status_code == 404
    assert board.title in client.get(f"/boards/{board.slug}/", headers={"host": "localhost"}).content.decode()
