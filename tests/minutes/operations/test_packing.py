"""Asking for a pack, building it and issuing it."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

import pikepdf
import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, QuorumGroup, User
from minutes.enums import MeetingStatus, PackState
from minutes.models import MeetingPage, Pack
from minutes.operations import packing
from minutes.operations.meetings import publish_agenda
from minutes.packs.gather import gather, quorum_words
from tests import building

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting with a published agenda of two items."""
    meeting = building.make_meeting(board, clerk, venue="Town Hall")
    for title in ("Home care", "Walking routes"):
        building.make_item(meeting, clerk, title, publish=False)
    return publish_agenda(meeting=meeting, by=clerk)


@pytest.mark.django_db
def test_a_pack_needs_a_published_agenda(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk)
    with pytest.raises(Refused, match="Publish the agenda"):
        packing.ask_for_pack(meeting=meeting, by=clerk)
    assert not Pack.objects.exists()


@pytest.mark.django_db
def test_two_people_asking_at_once_ask_for_one_pack(meeting: MeetingPage, clerk: User) -> None:
    first = packing.ask_for_pack(meeting=meeting, by=clerk)
    assert packing.ask_for_pack(meeting=meeting, by=clerk) == first
    assert first.reference == "HWB/2026-10-08/AGENDA/v1"


@pytest.mark.django_db
def test_a_pack_is_built_issued_and_superseded_by_the_next(meeting: MeetingPage, clerk: User) -> None:
    first = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert first is not None
    assert (first.state, first.failure) == (PackState.ISSUED, "")
    with first.file.open("rb") as stored, pikepdf.open(BytesIO(stored.read())) as pdf:
        assert len(pdf.pages) == first.pages
    second = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    first.refresh_from_db()
    assert second is not None
    assert (first.state, second.state, second.version) == (PackState.SUPERSEDED, PackState.ISSUED, 2)
    assert list(Pack.objects.public()) == [second]
    assert LedgerEntry.objects.filter(event="issued").count() == 2


@pytest.mark.django_db
def test_a_pack_that_another_worker_has_is_left_alone(meeting: MeetingPage, clerk: User) -> None:
    pack = packing.ask_for_pack(meeting=meeting, by=clerk)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.BUILDING)
    assert packing.build_pack(pack=pack.pk) is None


@pytest.mark.django_db
def test_a_dead_workers_pack_goes_back_into_the_queue(meeting: MeetingPage, clerk: User) -> None:
    pack = packing.ask_for_pack(meeting=meeting, by=clerk)
    long_ago = building.london(2026, 1, 1)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.BUILDING, heartbeat_at=long_ago)
    assert packing.take_up_left_packs() == 1
    pack.refresh_from_db()
    assert pack.state == PackState.QUEUED
    assert packing.take_up_left_packs() == 0


@pytest.mark.django_db
def test_the_command_writes_the_pack_and_says_how_large_it_is(
    meeting: MeetingPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "pack.pdf"
    call_command("build_pack", "HWB/2026-10-08", output=output)
    assert '"pages":' in capsys.readouterr().out
    assert output.read_bytes().startswith(b"%PDF")


@pytest.mark.django_db
def test_a_draft_is_not_in_the_pack(meeting: MeetingPage, clerk: User) -> None:
    building.make_item(meeting, clerk, "Canary wharf", publish=False)
    assert MeetingPage.objects.get(pk=meeting.pk).status == MeetingStatus.AGENDA_PUBLISHED
    content = packing.gather(packing.ask_for_pack(meeting=meeting, by=clerk), building.london(2026, 10, 1))
    assert [item.title for item in content.items] == ["Home care", "Walking routes"]


def test_sections_that_no_pack_used_for_a_month_are_thrown_away(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path
    now = timezone.now()
    for name, days in (("used.pdf", 29), ("old.pdf", 31)):
        file = packing.section_cache() / name
        file.write_bytes(b"%PDF")
        then = (now - timedelta(days=days)).timestamp()
        os.utime(file, (then, then))
    assert packing.prune_sections(at=now) == 1
    assert [file.name for file in packing.section_cache().iterdir()] == ["used.pdf"]
    assert packing.prune_sections(at=now) == 0


@pytest.mark.django_db
def test_the_agenda_leads_to_the_minutes_that_an_item_confirms(meeting: MeetingPage, clerk: User) -> None:
    building.make_item(meeting, clerk, "Minutes of the last meeting")
    content = gather(packing.ask_for_pack(meeting=meeting, by=clerk), timezone.now())
    assert [line.place for line in content.items] == ["", "", "previous-minutes"]


@pytest.mark.django_db
def test_the_quorum_reads_right_for_one_and_for_many(clerk: User) -> None:
    groups = [QuorumGroup(seat_group="Councillors", needed=1), QuorumGroup(seat_group="NHS", needed=2)]
    board = building.make_board(clerk, quorum=3)
    assert quorum_words(board) == "3 members with a vote."
    board.quorum_groups = groups
    board.save()
    assert quorum_words(board) == "3 members with a vote, among them: Councillors (at least 1), NHS (at least 2)."
