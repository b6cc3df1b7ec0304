"""Entries follow one another without a gap, whatever is undone, and many at once ask for their chain once."""

from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance.check_records import START, entry_digest, sealed_digest
from governance.models import BoardPage, LedgerChain, LedgerEntry, LedgerEvent, ProgressIndexPage, User
from governance.operations.ledger import enter
from governance.operations.publishing import add_record
from tests import building

pytestmark = pytest.mark.django_db


def note(page: Any, by: User | None) -> LedgerEntry:
    """One entry."""
    return enter(page=page, event=LedgerEvent.STATUS, by=by, at=timezone.now(), note="Noted")


def proves_itself(entry: LedgerEntry) -> bool:
    """Whether the digest of an entry is that of what the database holds."""
    line = LedgerEntry.objects.get(pk=entry.pk).as_line(entry.chain.name)
    return entry_digest({**line, "sealed_sha256": sealed_digest(line)}) == entry.sha256


def test_each_entry_names_the_one_before(board: BoardPage, clerk: User) -> None:
    clerk.first_name, clerk.last_name = "Ann", "Clerk"
    first, second = note(board, clerk), note(board, None)
    assert (second.number, second.before) == (first.number + 1, first.sha256)
    assert (first.by_name, second.by_name) == ("Ann Clerk", "")
    assert proves_itself(first)
    assert proves_itself(second)


def test_every_record_is_entered_in_the_chain_of_its_board(board: BoardPage, clerk: User) -> None:
    other = building.make_board(clerk, code="PLACE", title="Place Board")
    action = building.make_action(other, clerk)
    pages = {
        "HWB": [board, building.make_item(building.make_meeting(board, clerk), clerk)],
        "PLACE": [other, action, building.make_update(action, clerk)],
    }
    for name, records in pages.items():
        assert {note(page, clerk).chain.name for page in records} == {name}
    site = ProgressIndexPage.objects.get()
    site.reference = ""
    entry = note(site, clerk)
    assert (entry.chain.name, entry.number, entry.before) == ("site", 1, START)


def test_a_code_that_another_board_had_names_another_chain(board: BoardPage, clerk: User) -> None:
    LedgerChain.objects.create(name="OLD")
    other = building.make_board(clerk, code="OLD", title="Another board")
    assert LedgerChain.objects.get(board=other).name == f"OLD-{other.pk}"


def test_what_a_savepoint_undoes_leaves_no_gap(board: BoardPage, clerk: User) -> None:
    before = note(board, clerk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note(board, clerk)
        raise ZeroDivisionError
    after = note(board, clerk)
    assert (after.number, after.before) == (before.number + 1, before.sha256)


def test_many_entries_ask_for_their_chain_once(board: BoardPage, clerk: User) -> None:
    item = building.make_item(building.make_meeting(board, clerk), clerk)
    connection.run_on_commit.clear()
    with CaptureQueriesContext(
        connection,
    ) as first:
        note(board, clerk)
    with CaptureQueriesContext(connection) as more:
        for page in [board, item] * 5:
            note(page, clerk)
    asked = [[query["sql"] for query in queries if "governance_ledger" in query["sql"]] for queries in (first, more)]
    assert [sql.split()[0] for sql in asked[0]] == ["SELECT", "SELECT", "INSERT"]
    assert [sql.split()[0] for sql in asked[1]] == ["INSERT"] * 10


def test_a_board_that_is_not_public_yet_is_not_named_in_checkpoints(board: BoardPage, clerk: User) -> None:
    draft = BoardPage(title="Secret board", code="SECRET", slug="secret", body_type=board.body_type)
    add_record(parent=board.get_parent(), page=draft, by=clerk)
    assert note(draft, clerk).chain.name == f"board-{draft.pk}"
