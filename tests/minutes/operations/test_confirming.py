"""Confirming minutes as read or with corrections, and putting right what is public afterwards."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.test import Client

import pytest

from governance.exceptions import FrozenRecord, Refused
from governance.models import LedgerEntry, User
from minutes.enums import MeetingKind, MeetingStatus, MinuteState, PackKind
from minutes.models import (
    AgendaCorrection,
    AgendaItemPage,
    Confirmation,
    Correction,
    DraftMinute,
    MeetingPage,
    Pack,
)
from minutes.operations.corrections import correct_agenda, record_correction
from minutes.operations.minuting import confirm_minutes
from minutes.packs.gather import printed_minutes
from minutes.rewording import Rewording
from tests import building
from tests.minutes.record_stage import TEXT, Stage, kept_stage

pytestmark = pytest.mark.django_db
TWELVE = Rewording("Ten people", "Twelve people")


@pytest.fixture
def stage(clerk: User) -> Stage:
    """Draft minutes, and the meeting after."""
    return kept_stage(clerk)


def confirm(stage: Stage, *corrections: Rewording, **given: Any) -> Confirmation:
    """Confirm them at the following meeting."""
    given = {"at_meeting": stage.following, "item": stage.confirming, "presided_by": "Councillor Siân Ŵyn", **given}
    return confirm_minutes(meeting=stage.meeting, by=stage.clerk, corrections=corrections, **given)


def page_of(stage: Stage, more: str = "") -> str:
    """The public page of the minute."""
    response = Client().get(f"{stage.minute.get_url()}{more}")
    assert response.status_code == 200
    return response.content.decode()


def test_minutes_are_confirmed_as_read(stage: Stage) -> None:
    confirm(stage, signed_on=date(2026, 10, 8))
    minute, meeting = stage.fresh(), MeetingPage.objects.get(pk=stage.meeting.pk)
    assert (minute.text, minute.state, meeting.status) == (TEXT, MinuteState.CONFIRMED, MeetingStatus.CONFIRMED)
    assert not DraftMinute.objects.exists()
    asked = Pack.objects.get()
    assert (asked.kind, asked.meeting_id) == (PackKind.MINUTES, meeting.pk)
    said = "Signed by Councillor Siân Ŵyn, who presided, on 8 October"
    shown = page_of(stage)
    assert said in shown
    assert stage.confirming.get_url() in shown
    assert said in Client().get(meeting.get_url()).content.decode()
    assert "Here the board confirmed the minutes of" in Client().get(stage.confirming.get_url()).content.decode()
    for more in ("as-drafted/", "as-confirmed/"):
        assert Client().get(f"{minute.get_url()}{more}").status_code == 404


def test_corrections_that_were_resolved_stand_in_the_minute_and_its_draft_beside_it(stage: Stage) -> None:
    confirm(
        stage,
        TWELVE,
        Rewording("Twelve people spoke of home", "Twelve people spoke about home"),
        Rewording("Councillor Rao", "Councillor Rae"),
    )
    minute = stage.fresh()
    assert minute.text.startswith("<p>Twelve people spoke about home")
    assert (minute.mover, minute.state, minute.is_frozen) == ("Councillor Rae", MinuteState.CONFIRMED, True)
    assert DraftMinute.objects.get().text == TEXT
    assert list(Correction.objects.values_list("confirmation__item", flat=True)) == [stage.confirming.pk] * 3
    shown = page_of(stage)
    assert "Corrected when it was confirmed" in shown
    assert "<del>Ten people</del>" in shown
    assert "Ten people spoke of <b>home</b>" in page_of(stage, "as-drafted/")
    told = LedgerEntry.objects.filter(page=minute.pk).order_by("pk").values_list("event", flat=True)
    assert list(told) == ["published", "changed", "confirmed"]
    assert "“Ten people” now reads “Twelve people”" in LedgerEntry.objects.get(page=minute.pk, event="confirmed").note


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (Rewording("Eleven people", "Twelve"), "is not in the minutes"),
        (Rewording("Dr Lee", "Dr Leigh"), "more than once"),
        (Rewording("designed with the people", "made with people"), "whose words are final"),
        (Rewording("Ten people", " "), "how they are to be read"),
        (Rewording("Ten people", "Ten  people"), "would stay as it is"),
    ],
)
def test_words_that_cannot_be_put_right_leave_the_minutes_as_they_were(stage: Stage, words: Rewording, said: str) -> None:
    with pytest.raises(Refused, match=said):
        confirm(stage, TWELVE, words)
    assert (stage.fresh().text, MeetingPage.objects.get(pk=stage.meeting.pk).status) == (TEXT, MeetingStatus.DRAFT_MINUTES)
    assert not (Confirmation.objects.exists() or Correction.objects.exists() or DraftMinute.objects.exists())


def test_minutes_are_confirmed_once(stage: Stage) -> None:
    confirm(stage)
    with pytest.raises(Refused, match="confirmed already"):
        confirm(stage, TWELVE)
    assert Confirmation.objects.count() == 1


def test_what_somebody_still_writes_is_not_lost_behind_the_lock(stage: Stage) -> None:
    draft = stage.fresh()
    draft.text = "<p>Words that took an hour.</p>"
    draft.save_revision(user=stage.clerk)
    with pytest.raises(Refused, match="changes that are not published"):
        confirm(stage)
    assert "took an hour" in stage.fresh().get_latest_revision_as_object().text


def test_minutes_are_confirmed_at_the_next_suitable_meeting(stage: Stage, clerk: User) -> None:
    other = building.make_meeting(
        building.make_board(clerk, code="SCP", title="Safer"), clerk, building.london(2026, 10, 9, 10)
    )
    ahead = building.make_meeting(stage.board, clerk, building.london(2099, 1, 7, 10))
    before = building.make_meeting(stage.board, clerk, building.london(2026, 9, 1, 10))
    urgent = building.make_meeting(stage.board, clerk, building.london(2026, 9, 20, 10), kind=MeetingKind.EXTRAORDINARY)
    for meeting, said in (
        (other, "another board"),
        (ahead, "not taken place yet"),
        (before, "came before"),
        (urgent, "extraordinary"),
    ):
        with pytest.raises(Refused, match=said):
            confirm(stage, at_meeting=meeting, item=None)
    with pytest.raises(Refused, match="not an item of that meeting"):
        confirm(stage, item=stage.item)
    confirm(stage, at_meeting=stage.meeting, item=None)


def test_a_board_that_took_over_confirms_what_it_was_left(stage: Stage, clerk: User) -> None:
    heir = building.make_board(clerk, code="NEW", title="The new board")
    stage.board.successor = heir
    stage.board.save()
    held = building.make_meeting(heir, clerk, building.london(2026, 11, 1, 10))
    assert confirm(stage, at_meeting=held, item=None).at_meeting == held


def test_how_minutes_were_confirmed_never_changes(stage: Stage) -> None:
    row = confirm(stage, TWELVE)
    record_correction(minute=stage.fresh(), old_words="too short", new_words="short", reason="A slip.", by=stage.clerk)
    for rows in (Confirmation.objects.filter(pk=row.pk), DraftMinute.objects.all(), Correction.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    for rows, change in (
        (Confirmation.objects.all(), {"presided_by": "Nobody"}),
        (DraftMinute.objects.all(), {"text": ""}),
        (Correction.objects.all(), {"new_words": "No."}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    minute = stage.fresh()
    minute.text = TEXT
    with pytest.raises(FrozenRecord):
        minute.save()


def test_a_correction_since_is_read_on_the_page_and_in_print(stage: Stage) -> None:
    confirm(stage)
    given: dict[str, Any] = {"minute": stage.minute, "by": stage.clerk, "reason": "As they said."}
    record_correction(old_words="Ten people", new_words="Twelve people", **given)
    record_correction(old_words="Twelve", new_words="Twenty <people>", **given)
    assert stage.fresh().text == TEXT
    struck = "<del>Ten people</del> <ins><del>Twelve</del> <ins>Twenty &lt;people&gt;</ins> people</ins> spoke of"
    assert struck in page_of(stage)
    assert "Ten people spoke of <b>home</b>" in page_of(stage, "as-confirmed/")
    printed = printed_minutes(MeetingPage.objects.get(pk=stage.meeting.pk)).items[0]
    assert struck in printed.paragraphs[0]
    assert printed.corrections[1].endswith("“Twelve” is to be read as “Twenty <people>”. As they said.")
    for words, said in (("Ten people", "not in the minutes"), ("Dr Lee", "more than once")):
        with pytest.raises(Refused, match=said):
            record_correction(old_words=words, new_words="Nobody", **given)
    with pytest.raises(Refused, match="reason"):
        record_correction(**{**given, "reason": " "}, old_words="too short", new_words="short")


def test_a_slip_on_a_published_agenda_is_put_right_and_shown(stage: Stage) -> None:
    item = stage.confirming
    correct_agenda(item=item, old_words="last meeting", new_words="September meeting", by=stage.clerk)
    shown = Client().get(item.get_url()).content.decode()
    assert "<h1>Minutes of the September meeting</h1>" in shown
    assert "“last meeting” now reads “September meeting”" in shown
    assert LedgerEntry.objects.filter(page=item.pk, event="corrected").get().by == stage.clerk
    assert stage.resolution.text == type(stage.resolution).objects.get(pk=stage.resolution.pk).text
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaCorrection.objects.update(new_words="No.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("of the", "", "how they are to be read"),
        ("nowhere", "here", "just once"),
        ("e", "a", "just once"),
        ("meeting", "m" * 201, "at most 200"),
        ("meeting", "meeting", "would stay"),
    ],
)
def test_what_is_no_slip_is_refused(stage: Stage, old: str, new: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        correct_agenda(item=stage.confirming, old_words=old, new_words=new, by=stage.clerk)
    assert not AgendaCorrection.objects.exists()


def test_a_slip_waits_for_what_is_being_written(stage: Stage, clerk: User) -> None:
    item = AgendaItemPage.objects.get(pk=stage.confirming.pk)
    item.title = "Minutes, and more"
    item.save_revision(user=clerk)
    with pytest.raises(Refused, match="changes that are not published"):
        correct_agenda(item=item, old_words="last", new_words="September", by=clerk)
    draft = building.make_item(stage.following, clerk, "A draft", publish=False)
    with pytest.raises(Refused, match="not public yet"):
        correct_agenda(item=draft, old_words="draft", new_words="plan", by=clerk)
