"""Withdrawing an issued pack."""

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User
from minutes.enums import PackState
from minutes.models import Pack
from minutes.operations.pack_withdrawal import withdraw_pack
from minutes.operations.packing import ask_for_pack
from tests import building
from tests.minutes.packing_stage import build_at_once, issued, make_meeting

pytestmark = pytest.mark.django_db


def test_a_pack_is_withdrawn_with_its_reason_once(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    build_at_once(monkeypatch)
    meeting = make_meeting(board, clerk)
    pack = issued(meeting, clerk)
    with pytest.raises(Refused, match="Give the reason"):
        withdraw_pack(pack=pack, by=clerk, reason=" ")
    gone = withdraw_pack(pack=pack, by=clerk, reason=" It named a person. ")
    assert (gone.state, gone.withdrawn_because, gone.withdrawn_by) == (PackState.WITHDRAWN, "It named a person.", clerk)
    assert gone.file and gone.sha512
    assert not Pack.objects.public().exists() and not Pack.objects.for_members().exists()
    entry = LedgerEntry.objects.get(event="withdrawn")
    assert entry.note == "HWB/2026-10-08/AGENDA/v1 withdrawn: It named a person."
    with pytest.raises(Refused, match="cannot become"):
        withdraw_pack(pack=pack, by=clerk, reason="Again.")


def test_an_earlier_version_is_withdrawn_and_the_next_follows_the_withdrawn_one(
    board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    meeting = make_meeting(board, clerk)
    first = issued(meeting, clerk)
    building.make_item(meeting, clerk, "Cycling")
    second = issued(meeting, clerk)
    assert withdraw_pack(pack=first, by=clerk, reason="Private.").state == PackState.WITHDRAWN
    withdraw_pack(pack=second, by=clerk, reason="Private too.")
    # Nothing is issued now, so the same content makes a new version.
    third = issued(meeting, clerk)
    assert (third.version, list(Pack.objects.public())) == (3, [third])


def test_what_is_not_issued_is_not_withdrawn(board: BoardPage, clerk: User) -> None:
    asked = ask_for_pack(meeting=make_meeting(board, clerk), by=clerk)
    with pytest.raises(Refused, match="cannot become"):
        withdraw_pack(pack=asked, by=clerk, reason="Private.")
