"""Anybody can see what became of a record, whether it still says what it said, and keep a copy of where the ledger stood."""

import json
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

import feedparser
import pytest

from governance import check_records, triggers
from governance.models import BoardPage, LedgerCheckpoint, Reference, User
from governance.numbering import reference_slug
from governance.operations.checkpoints import make_checkpoint, sweep_checkpoint
from governance.operations.publishing import withdraw_record
from governance.record_history import history_in_words
from minutes.models import ResolutionPage
from minutes.operations.corrections import record_correction
from tests.house.chain import Chain, make_chain
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(clerk: User) -> Chain:
    """Every type of record, public."""
    return kept("chain", lambda: make_chain(clerk))


def words_at(client: Client, address: str) -> str:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_record_tells_what_became_of_it(chain: Chain, clerk: User, client: Client) -> None:
    minute: Any = chain.fresh("minute")
    told: Any = {"old_words": "heard", "new_words": "was told", "reason": "Nobody spoke."}
    record_correction(minute=minute, by=clerk, **told)
    day = f"{timezone.localdate().day} {timezone.localdate():%B %Y}"
    words = f"Published {day}, confirmed as a correct record {day}, corrected {day} because: Nobody spoke, unchanged since."
    assert history_in_words(chain.fresh("minute")) == words
    page = words_at(client, minute.get_url())
    assert words in page
    assert "/records/of/hwb-2026-27-m1/" in page


def test_a_record_is_checked_in_public(chain: Chain, client: Client) -> None:
    address = f"/records/of/{reference_slug(chain.records['resolution'].reference)}/"
    assert "Yes. It says what it said when it was last published" in words_at(client, address)
    triggers.remove()
    ResolutionPage.objects.update(text="That nothing be done.")
    triggers.install()
    assert "No. It does not say what it said" in words_at(client, address)


def test_a_withdrawn_record_answers_with_its_tombstone_and_an_unknown_one_with_nothing(
    chain: Chain, clerk: User, client: Client
) -> None:
    withdraw_record(page=chain.fresh("strategy"), by=clerk, reason="Written twice.")
    slug = Reference.objects.get(page=chain.records["strategy"].pk).slug
    assert client.get(f"/records/of/{slug}/").status_code == 410
    assert client.get("/records/of/nothing/").status_code == 404


def test_a_checkpoint_is_made_once_a_day_and_published(board: BoardPage, client: Client) -> None:
    assert "None was made yet" in words_at(client, "/records/checkpoints/")
    assert sweep_checkpoint() == 1
    assert sweep_checkpoint() == 0
    checkpoint = LedgerCheckpoint.objects.get()
    page = words_at(client, "/records/checkpoints/")
    assert checkpoint.sha256 in page
    assert board.title in page
    given = json.loads(client.get("/records/checkpoints.json").content)["checkpoints"]
    assert [check_records.checkpoint_digest(row) for row in given] == [checkpoint.sha256]
    feed = feedparser.parse(client.get("/records/checkpoints.atom").content)
    assert [json.loads(entry.summary)["sha256"] for entry in feed.entries] == [checkpoint.sha256]


def test_nothing_is_noted_before_anything_was_entered(db: None) -> None:
    assert make_checkpoint() is None


def test_the_script_is_given_out_as_it_is_run(client: Client, db: None) -> None:
    response = client.get("/records/check_records.py")
    assert response.content == Path(check_records.__file__).read_bytes()
    assert "How to check our records" in words_at(client, "/records/")
