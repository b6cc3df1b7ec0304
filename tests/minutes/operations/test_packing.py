"""Asking for a pack, building it and issuing it."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

import pikepdf
import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, QuorumGroup, User
from governance.operations.publishing import publish_record, withdraw_record
from minutes.enums import MeetingStatus, PackAudience, PackEdition, PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack, Supplement
from minutes.operations import left_work, pack_building, packing
from minutes.operations.pack_contents import gather_pack, is_up_to_date
from minutes.packs.gather import gather, quorum_words
from minutes.packs.render import SectionFailed
from tests import building
from tests.kept import kept
from tests.minutes.packing_stage import build_at_once, content_of, issued, make_meeting, stored_packs

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting with a published agenda of two items."""
    return kept("meeting with a pack", lambda: make_meeting(board, clerk))


def test_a_pack_needs_a_published_agenda(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk)
    with pytest.raises(Refused, match="Publish the agenda"):
        packing.ask_for_pack(meeting=meeting, by=clerk)
    assert not Pack.objects.exists()


def test_two_people_asking_at_once_ask_for_one_pack(meeting: MeetingPage, clerk: User) -> None:
    first = packing.ask_for_pack(meeting=meeting, by=clerk)
    assert packing.ask_for_pack(meeting=meeting, by=clerk) == first
    assert first.reference == "HWB/2026-10-08/AGENDA/v1"
    Pack.objects.filter(pk=first.pk).update(state=PackState.BUILDING)
    assert packing.ask_for_pack(meeting=meeting, by=building.make_user("second")) == first
    assert Pack.objects.count() == 1


def test_versions_are_counted_for_each_kind_audience_edition_and_item(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    item = AgendaItemPage.objects.child_of(meeting).first()
    asked: list[tuple[dict[str, Any], str]] = [
        ({}, "HWB/2026-10-08/AGENDA/v1"),
        ({"audience": PackAudience.MEMBERS}, "HWB/2026-10-08/AGENDA-MEMBERS/v1"),
        ({"edition": PackEdition.LARGE_PRINT}, "HWB/2026-10-08/AGENDA-LARGE-PRINT/v1"),
        ({"kind": PackKind.ITEM, "item": item}, "HWB/2026-10-08/I1/v1"),
    ]
    for wanted, reference in asked:
        assert issued(meeting, clerk, **wanted).reference == reference
    assert Pack.objects.current().count() == len(asked)


def test_a_pack_is_built_issued_and_superseded_by_the_next(meeting: MeetingPage, clerk: User, look: None) -> None:
    first = issued(meeting, clerk)
    with first.file.open("rb") as stored, pikepdf.open(BytesIO(stored.read())) as pdf:
        assert len(pdf.pages) == first.pages
    assert first.stage_seconds.keys() >= {"gather", "sections", "join", "store"}
    building.make_item(meeting, clerk, "Cycling")
    second = issued(meeting, clerk)
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == (PackState.SUPERSEDED, PackState.ISSUED, 2)
    assert list(Pack.objects.public().current()) == [second]
    assert set(Pack.objects.public()) == {first, second}
    assert LedgerEntry.objects.filter(event="issued").count() == 2


def test_a_pack_that_says_the_same_is_not_issued_again(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    first = issued(meeting, clerk)
    assert is_up_to_date(first)
    same = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert same is not None
    assert (same.state, same.version) == (PackState.CANCELLED, 2)
    assert same.failure == "Nothing has changed since HWB/2026-10-08/AGENDA/v1, so no new version was made."
    assert list(Pack.objects.public()) == [first]
    building.make_item(meeting, clerk, "Cycling")
    assert not is_up_to_date(first)
    assert issued(meeting, clerk).version == 2


def test_that_days_pass_is_no_change(meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    build_at_once(monkeypatch)
    building.make_action(meeting.board, clerk)
    long_ago = timezone.now() - timedelta(days=90)
    first = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk, at=long_ago)
    assert first is not None and first.issued_at == long_ago
    same = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert same is not None and same.state == PackState.CANCELLED


def test_a_pack_that_failed_is_asked_for_again_under_its_own_version(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch, at_section=lambda number: _fail("2. Walking routes", "It holds “<script>”."))
    failed = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert failed is not None
    assert (failed.state, failed.failure) == (PackState.FAILED, "2. Walking routes: It holds “<script>”.")
    build_at_once(monkeypatch)
    again = issued(meeting, clerk)
    assert (again.pk, again.version, again.failure) == (failed.pk, 1, "")


def _stumble(number: int) -> None:
    raise KeyError("colour")


def _fail(section: str, reason: str) -> None:
    raise SectionFailed(section, reason)


def test_what_nobody_foresaw_fails_the_pack_in_words_and_the_old_one_stays(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    first = issued(meeting, clerk)
    building.make_item(meeting, clerk, "Cycling")
    build_at_once(monkeypatch, at_section=_stumble)
    failed = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert failed is not None
    assert (failed.state, failed.failure) == (PackState.FAILED, "It could not be built (KeyError). The log says more.")
    assert list(Pack.objects.public().current()) == [first]


def test_a_database_that_is_away_leaves_the_pack_to_be_taken_up_again(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(number: int) -> None:
        raise DatabaseError("the server closed the connection")

    build_at_once(monkeypatch, at_section=away)
    asked = packing.ask_for_pack(meeting=meeting, by=clerk)
    with pytest.raises(DatabaseError):
        packing.build_pack(pack=asked.pk)
    assert Pack.objects.get().state == PackState.BUILDING


def test_what_is_withdrawn_while_a_pack_is_built_is_not_in_it(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = []

    def withdraw(number: int) -> None:
        rounds.append(number)
        page = AgendaItemPage.objects.child_of(meeting).live().filter(title="Walking routes").first()
        if number == 4 and page is not None:
            withdraw_record(page=page, by=clerk, reason="Published too early.")

    build_at_once(monkeypatch, at_section=withdraw)
    before = stored_packs()
    pack = issued(meeting, clerk)
    assert rounds == [1, 2, 3, 4] * 2
    assert b"Home care" in content_of(pack) and b"Walking" not in content_of(pack)
    assert stored_packs() - before == {pack.file.name}


def test_records_that_change_every_time_fail_the_pack(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(number: int) -> None:
        item = AgendaItemPage.objects.child_of(meeting).first()
        item.title += "!"
        publish_record(page=item, by=clerk)

    build_at_once(monkeypatch, at_section=change)
    failed = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert failed is not None and failed.state == PackState.FAILED
    assert "changed each time" in failed.failure


def test_progress_is_told_by_section_and_a_cancellation_is_honoured_between_two(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def look(number: int) -> None:
        row = Pack.objects.get()
        told.append((row.stage, row.sections_done, row.sections_total, row.progress))
        if number == 3:
            packing.cancel_pack(pack=row, by=clerk)
        assert number < 4, "the section after the cancellation was begun"

    build_at_once(monkeypatch, at_section=look)
    cancelled = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert told == [("Reading the records", 0, 0, 0), ("Cover", 1, 4, 25), ("Agenda", 2, 4, 50)]
    assert cancelled is not None
    assert (cancelled.state, cancelled.failure) == (PackState.CANCELLED, "Cancelled by clerk.")


def test_a_waiting_pack_is_cancelled_at_once_and_asked_for_again(
    meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = packing.ask_for_pack(meeting=meeting, by=clerk)
    assert packing.cancel_pack(pack=asked, by=None).state == PackState.CANCELLED
    assert packing.build_pack(pack=asked.pk) is None
    with pytest.raises(Refused, match="cannot become"):
        packing.cancel_pack(pack=asked, by=clerk)
    build_at_once(monkeypatch)
    assert issued(meeting, clerk).pk == asked.pk


def test_who_asks_while_a_pack_is_being_cancelled_gets_it(meeting: MeetingPage, clerk: User) -> None:
    asked = packing.ask_for_pack(meeting=meeting, by=clerk)
    Pack.objects.filter(pk=asked.pk).update(state=PackState.BUILDING)
    assert packing.cancel_pack(pack=asked, by=clerk).cancel_asked_at is not None
    assert packing.ask_for_pack(meeting=meeting, by=clerk).cancel_asked_at is None


def test_an_issued_pack_is_not_cancelled(meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    build_at_once(monkeypatch)
    pack = issued(meeting, clerk)
    with pytest.raises(Refused, match="cannot become"):
        packing.cancel_pack(pack=pack, by=clerk)


def test_a_pack_that_another_worker_has_is_left_alone(meeting: MeetingPage, clerk: User) -> None:
    pack = packing.ask_for_pack(meeting=meeting, by=clerk)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.BUILDING)
    assert packing.build_pack(pack=pack.pk) is None


def test_a_worker_that_was_given_up_issues_nothing(meeting: MeetingPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken_over(number: int) -> None:
        Pack.objects.update(taken_up_at=timezone.now())

    build_at_once(monkeypatch, at_section=taken_over)
    left = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert left is not None
    assert (left.state, left.file.name) == (PackState.BUILDING, "")


def test_a_dead_workers_pack_goes_back_into_the_queue(meeting: MeetingPage, clerk: User) -> None:
    pack = packing.ask_for_pack(meeting=meeting, by=clerk)
    long_ago = building.london(2026, 1, 1)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.BUILDING, heartbeat_at=long_ago)
    assert packing.take_up_left_packs() == 1
    pack.refresh_from_db()
    assert pack.state == PackState.QUEUED
    assert packing.take_up_left_packs() == 0


def test_a_pack_that_kills_its_workers_is_given_up_and_a_cancelled_one_ends(meeting: MeetingPage, clerk: User) -> None:
    pack = packing.ask_for_pack(meeting=meeting, by=clerk)
    left = {"state": PackState.BUILDING, "heartbeat_at": building.london(2026, 1, 1)}
    Pack.objects.filter(pk=pack.pk).update(tries=left_work.TRIES, **left)
    packing.take_up_left_packs()
    pack.refresh_from_db()
    assert (pack.state, "stopped each time" in pack.failure) == (PackState.FAILED, True)
    Pack.objects.filter(pk=pack.pk).update(cancel_asked_at=timezone.now(), **left)
    packing.take_up_left_packs()
    pack.refresh_from_db()
    assert pack.state == PackState.CANCELLED


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"kind": "brochure"}, "no such pack"),
        ({"kind": PackKind.ANNUAL}, "no such pack"),
        ({"kind": PackKind.ITEM}, "no such pack"),
        ({"kind": PackKind.SUPPLEMENT}, "which supplement"),
        ({"kind": PackKind.CONSOLIDATED}, "No supplement"),
        ({"kind": PackKind.MINUTES}, "Publish the minutes first"),
        ({"kind": PackKind.DECISIONS}, "Publish the decisions first"),
    ],
)
def test_a_pack_that_nothing_can_be_made_of_is_refused(meeting: MeetingPage, clerk: User, wanted: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        packing.ask_for_pack(meeting=meeting, by=clerk, **wanted)
    assert not Pack.objects.exists()


def test_the_item_and_the_supplement_of_a_pack_are_of_its_meeting(board: BoardPage, meeting: MeetingPage, clerk: User) -> None:
    other = building.make_meeting(board, clerk, building.london(2026, 12, 3, 14))
    item = building.make_item(other, clerk)
    Supplement.objects.create(meeting=meeting, number=1, says="A late report.", published_at=timezone.now())
    draft = Supplement.objects.create(meeting=meeting, number=2, says="Later.")
    with pytest.raises(Refused, match="not a public item of this meeting"):
        packing.ask_for_pack(meeting=meeting, by=clerk, kind=PackKind.ITEM, item=item)
    with pytest.raises(Refused, match="is not published with this meeting"):
        packing.ask_for_pack(meeting=meeting, by=clerk, kind=PackKind.SUPPLEMENT, supplement=draft)


def test_a_supplement_and_the_pack_with_it_are_asked_for(meeting: MeetingPage, clerk: User) -> None:
    late = Supplement.objects.create(meeting=meeting, number=1, says="A late report.", published_at=timezone.now())
    asked = packing.ask_for_pack(meeting=meeting, by=clerk, kind=PackKind.SUPPLEMENT, supplement=late)
    assert asked.reference == "HWB/2026-10-08/SUPPLEMENT-1/v1"
    whole = packing.ask_for_pack(meeting=meeting, by=clerk, kind=PackKind.CONSOLIDATED)
    assert (whole.reference, whole.supplement) == ("HWB/2026-10-08/CONSOLIDATED/v1", late)


def test_the_command_writes_the_pack_and_says_how_large_it_is(
    meeting: MeetingPage, tmp_path: Path, capsys: pytest.CaptureFixture[str], look: None
) -> None:
    output = tmp_path / "pack.pdf"
    call_command("build_pack", "HWB/2026-10-08", output=output)
    assert '"pages":' in capsys.readouterr().out
    assert output.read_bytes().startswith(b"%PDF")


def test_a_draft_is_not_in_the_pack(meeting: MeetingPage, clerk: User) -> None:
    building.make_item(meeting, clerk, "Canary wharf", publish=False)
    assert MeetingPage.objects.get(pk=meeting.pk).status == MeetingStatus.AGENDA_PUBLISHED
    content = gather_pack(packing.ask_for_pack(meeting=meeting, by=clerk), building.london(2026, 10, 1))
    assert [item.title for item in content.items] == ["Home care", "Walking routes"]


def test_sections_that_no_pack_used_for_a_month_are_thrown_away(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path
    now = timezone.now()
    for name, days in (("used.pdf", 29), ("old.pdf", 31)):
        file = pack_building.section_cache() / name
        file.write_bytes(b"%PDF")
        then = (now - timedelta(days=days)).timestamp()
        os.utime(file, (then, then))
    (pack_building.section_cache() / "tmpleft").mkdir()
    os.utime(pack_building.section_cache() / "tmpleft", (then, then))
    assert packing.prune_sections(at=now) == 2
    assert [file.name for file in pack_building.section_cache().iterdir()] == ["used.pdf"]
    assert packing.prune_sections(at=now) == 0


def test_the_agenda_leads_to_the_minutes_that_an_item_confirms(meeting: MeetingPage, clerk: User) -> None:
    building.make_item(meeting, clerk, "Minutes of the last meeting")
    content = gather(packing.ask_for_pack(meeting=meeting, by=clerk), timezone.now())
    assert [line.place for line in content.items] == ["", "", "previous-minutes"]


def test_the_quorum_reads_right_for_one_and_for_many(clerk: User) -> None:
    groups = [QuorumGroup(seat_group="Councillors", needed=1), QuorumGroup(seat_group="NHS", needed=2)]
    board = building.make_board(clerk, quorum=3)
    assert quorum_words(board) == "3 members with a vote."
    board.quorum_groups = groups
    board.save()
    assert quorum_words(board) == "3 members with a vote, among them: Councillors (at least 1), NHS (at least 2)."
