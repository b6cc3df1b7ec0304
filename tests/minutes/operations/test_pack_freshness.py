"""That a pack is out of date is found by the worker, told where it is worked on, and ended by building it again."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from governance.needs_doing import needs_of
from minutes.enums import PackKind, PackState
from minutes.models import MeetingPage, Pack
from minutes.operations import packing
from minutes.operations.pack_freshness import AT_ONCE, LOOK_EVERY, compare_packs
from tests import building
from tests.minutes.packing_stage import build_at_once, issued, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> MeetingPage:
    """A meeting in a month with a published agenda, whose packs are built at once."""
    build_at_once(monkeypatch)
    return make_meeting(board, clerk, starts_at=timezone.now() + timedelta(days=30))


def asked_to_compare() -> int:
    """How many queries a sweep takes."""
    with CaptureQueriesContext(connection) as queries:
        compare_packs()
    return len(queries)


def test_a_change_is_found_told_and_ended_by_the_next_version(meeting: MeetingPage, clerk: User, client: Client) -> None:
    pack = issued(meeting, clerk)
    assert compare_packs() == 0
    building.make_item(meeting, clerk, "Cycling")
    assert compare_packs() == 1
    assert compare_packs() == 0
    pack.refresh_from_db()
    assert pack.out_of_date_since is not None and list(Pack.objects.out_of_date()) == [pack]
    client.force_login(clerk)
    packs = reverse("build_pack", args=[meeting.pk])
    assert "Out of date since" in client.get(packs).content.decode()
    panel = " ".join(client.get(reverse("wagtailadmin_pages:edit", args=[meeting.pk])).content.decode().split())
    assert "Out of date, because the records have changed since: Agenda pack, version 1" in panel
    words = f"Build {pack.reference} again: the records have changed since"
    assert [need.address for need in needs_of(clerk, date.today()).waiting if need.words == words] == [packs]
    waiting = packing.ask_for_pack(meeting=meeting, by=clerk)
    assert words not in {need.words for need in needs_of(clerk, date.today()).waiting}
    assert packing.build_pack(pack=waiting.pk).state == PackState.ISSUED  # type: ignore[union-attr]
    assert not Pack.objects.out_of_date().exists() and compare_packs() == 0
    assert "Out of date" not in client.get(packs).content.decode()


def test_that_the_records_are_as_they_were_again_is_found_too(meeting: MeetingPage, clerk: User) -> None:
    pack = issued(meeting, clerk)
    Pack.objects.filter(pk=pack.pk).update(out_of_date_since=timezone.now(), compared_to=0)
    assert compare_packs() == 0
    assert not Pack.objects.out_of_date().exists()


def test_actions_that_go_on_put_no_pack_out_of_date(meeting: MeetingPage, clerk: User) -> None:
    issued(meeting, clerk)
    building.make_action(meeting.board, clerk)
    assert compare_packs() == 0


def test_nothing_is_gathered_where_nothing_was_done_since_until_a_day_has_passed(meeting: MeetingPage, clerk: User) -> None:
    pack = issued(meeting, clerk)
    compare_packs()
    assert asked_to_compare() == 2
    MeetingPage.objects.filter(pk=meeting.pk).update(venue="Elsewhere")
    assert compare_packs() == 0
    assert compare_packs(at=timezone.now() + LOOK_EVERY + timedelta(minutes=1)) == 1
    pack.refresh_from_db()
    assert pack.out_of_date_since is not None


def test_packs_of_meetings_that_were_held_or_called_off_and_of_actions_are_left_alone(
    meeting: MeetingPage, clerk: User
) -> None:
    for asked in ({}, {"kind": PackKind.ACTIONS}):
        issued(meeting, clerk, **asked)
    building.make_item(meeting, clerk, "Cycling")
    assert compare_packs(at=meeting.starts_at + timedelta(hours=1)) == 0
    MeetingPage.objects.filter(pk=meeting.pk).update(status="cancelled")
    assert compare_packs() == 0
    MeetingPage.objects.filter(pk=meeting.pk).update(status="agenda_published")
    assert compare_packs() == 1
    assert AT_ONCE > 1
