"""The page “Who is in the room” as an editor meets it, and who is refused it."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.models import BoardPage, Membership, Person, User
from governance.operations.roles import give_role
from minutes.enums import MeetingStatus, Presence
from minutes.models import AgendaItemPage, Attendance, DeclaredInterest, MeetingPage
from minutes.operations.attendance import set_presence
from minutes.operations.meetings import set_status
from tests import building
from tests.kept import kept

MAY = {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}


def a_member(board: BoardPage, name: str) -> Person:
    """Somebody with a seat since May."""
    person = Person.objects.create(name=name)
    Membership.objects.create(person=person, board=board, from_date=date(2026, 5, 1), seat_group="Council")
    return person


def make_stage(board: BoardPage, clerk: User) -> tuple[MeetingPage, Person, User]:
    """A meeting with an item, a member, somebody who left in spring, and the editor of the board."""
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    former = Person.objects.create(name="Former Member")
    Membership.objects.create(person=former, board=board, from_date=date(2020, 5, 1), to_date=date(2026, 4, 30))
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk)
    return meeting, a_member(board, "Ada Lee"), editor


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> tuple[MeetingPage, Person, Client]:
    """The editor is logged in."""
    meeting, person, editor = kept("room stage", lambda: make_stage(board, clerk))
    client = Client()
    client.force_login(editor)
    return meeting, person, client


def room(meeting: MeetingPage) -> str:
    """The address of the page."""
    return reverse("meeting_room", args=[meeting.pk])


def test_members_of_that_day_are_listed_and_one_press_records_each(stage: Any) -> None:
    meeting, person, client = stage
    shown = client.get(room(meeting)).content.decode()
    assert "Ada Lee" in shown
    assert "Former Member" not in shown
    assert "Quorum not known" in shown
    item = AgendaItemPage.objects.get()
    for presence in ("absent", "remote", "present"):
        answer = client.post(room(meeting), {"person": person.pk, "presence": presence, "item": item.pk})
        assert answer["Location"] == f"{room(meeting)}?item={item.pk}#person-{person.pk}"
        assert Attendance.objects.get().presence == presence
    shown = client.get(room(meeting), {"item": item.pk}).content.decode()
    assert "No quorum" in shown
    assert f'<option value="{item.pk}" selected>' in shown


def test_who_comes_in_goes_out_and_presides_is_recorded_by_one_press_and_taken_back_by_another(stage: Any) -> None:
    meeting, person, client = stage
    item = AgendaItemPage.objects.get()
    said = {"person": person.pk, "item": item.pk}

    def line() -> Attendance:
        return Attendance.objects.get()

    assert client.post(room(meeting), {"person": person.pk, "step": "came"}).status_code == 400
    assert client.post(room(meeting), {**said, "step": "dances"}).status_code == 400
    assert not Attendance.objects.exists()
    for step in ("came", "went", "chair"):
        assert client.post(room(meeting), {**said, "step": step}).status_code == 302
    assert (line().presence, line().came_at, line().went_at, line().presided) == (Presence.PRESENT, "1", "1", True)
    client.post(room(meeting), {"person": person.pk, "presence": Presence.REMOTE})
    for step in ("came", "went", "chair"):
        client.post(room(meeting), {**said, "step": step})
    assert (line().presence, line().came_at, line().went_at, line().presided) == (Presence.REMOTE, "", "", False)


def test_coming_and_going_is_offered_at_an_item_and_leads_back_to_the_desk(stage: Any) -> None:
    meeting, _person, client = stage
    item = AgendaItemPage.objects.get()
    desk = f'href="{reverse("desk_item", args=[meeting.pk, item.pk])}"'
    at_any_time = client.get(room(meeting)).content.decode()
    assert not any(words in at_any_time for words in ('value="came"', 'value="went"', desk))
    assert 'value="chair"' in at_any_time
    at_the_item = client.get(room(meeting), {"item": item.pk}).content.decode()
    assert all(words in at_the_item for words in ('value="came"', 'value="went"', desk))


def test_somebody_is_added_changed_and_taken_out(stage: Any) -> None:
    meeting, person, client = stage
    added = {"name": "Sam Poole", "presence": "substitute", "substitute_for": person.pk, "votes": "on"}
    assert client.post(reverse("add_attendance", args=[meeting.pk]), added).status_code == 302
    line = Attendance.objects.get()
    assert "Sam Poole stands in" in client.get(room(meeting)).content.decode()
    where, item = reverse("change_attendance", args=[line.pk]), AgendaItemPage.objects.get()
    assert "Sam Poole" in client.get(where).content.decode()
    changed = {**added, "presided": "on", "left_item": item.pk}
    assert client.post(where, changed)["Location"] == room(meeting)
    assert (Attendance.objects.get().presided, Attendance.objects.get().went_at) == (True, "1")
    out = reverse("remove_attendance", args=[line.pk])
    assert client.get(out).status_code == 200
    assert client.post(out)["Location"] == room(meeting)
    assert not Attendance.objects.exists()


def test_bad_input_is_refused_in_words_and_kept(stage: Any) -> None:
    meeting, person, client = stage
    assert client.post(room(meeting), {"person": person.pk, "presence": "asleep"}).status_code == 400
    assert client.post(room(meeting), {"presence": "present"}).status_code == 404
    where = reverse("add_attendance", args=[meeting.pk])
    nobody = client.post(where, {"presence": "observer"})
    assert (nobody.status_code, "Say who it is" in nobody.content.decode()) == (400, True)
    member = client.post(where, {"person": person.pk, "presence": "substitute", "substitute_for": person.pk})
    assert member.status_code == 409
    assert "one person has one vote" in member.content.decode()
    guest = {"name": "Sam Poole", "presence": "substitute", "substitute_for": person.pk}
    client.post(where, guest)
    refused = client.post(room(meeting), {"person": person.pk, "presence": "present"})
    assert refused.status_code == 409
    assert "Sam Poole stands in for" in refused.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_write_for_the_board_record_who_was_there(stage: Any, role: Role, clerk: User) -> None:
    meeting, person, _client = stage
    line = set_presence(meeting=meeting, person=person, presence=Presence.PRESENT, by=clerk)
    user = building.make_user(f"a {role.value}", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, meeting.board))
    client = Client()
    client.force_login(user)
    addresses = [
        room(meeting),
        reverse("add_attendance", args=[meeting.pk]),
        reverse("change_attendance", args=[line.pk]),
        reverse("remove_attendance", args=[line.pk]),
        reverse("ratify_item", args=[AgendaItemPage.objects.get().pk]),
    ]
    answers = [client.get(where).status_code for where in addresses]
    assert set(answers[1:]) == ({200} if role in MAY else {302})
    # Who looks at everything sees who was there, and records nothing.
    assert answers[0] == (200 if role in {*MAY, Role.AUDITOR} else 302)


def test_more_members_ask_no_more_queries(stage: Any, clerk: User) -> None:
    meeting, person, client = stage

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(room(meeting)).status_code == 200
        return len(captured)

    set_presence(meeting=meeting, person=person, presence=Presence.PRESENT, by=clerk)
    Attendance.objects.create(meeting=meeting, name="Guest", presence=Presence.OBSERVER)
    asked()
    few = asked()
    for number in range(15):
        Attendance.objects.create(meeting=meeting, name=f"Guest {number}", presence=Presence.OBSERVER)
        row = a_member(meeting.board, f"Member {number}")
        Attendance.objects.create(meeting=meeting, name=f"Member {number}", person=row)
    assert asked() == few


def test_the_form_of_a_minute_refuses_a_vote_that_cannot_have_been(stage: Any, clerk: User) -> None:
    meeting, person, client = stage
    set_presence(meeting=meeting, person=person, presence=Presence.PRESENT, presided=True, by=clerk)
    minute = building.make_minute(AgendaItemPage.objects.get(), clerk, publish=False)
    minute.interests.add(DeclaredInterest(name="Ada Lee", category="Of long ago", what_they_did="stayed"))
    minute.save_revision(user=clerk)
    edit = reverse("wagtailadmin_pages:edit", args=[minute.pk])
    shown = client.get(edit).content.decode()
    assert all(name in shown for name in ("Of long ago", "Disclosable pecuniary interest"))
    lists = ("votes", "amendments", "interests")
    empty = {f"{name}-{part}": "0" for name in lists for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    typed = {"title": "Home care", "text": "null", "decision_kind": "resolved", "manner": "show_of_hands", "votes_for": "2"}
    answer = client.post(edit, {**empty, **typed, "slug": "minute"})
    assert "2 votes were counted, but 1 member with a vote was present" in answer.content.decode()
    named = {
        **empty,
        **typed,
        "slug": "minute",
        "votes_for": "1",
        "votes-TOTAL_FORMS": "1",
        "votes-0-name": "Ada Lee",
        "votes-0-cast": "for",
        "votes-0-ORDER": "1",
        "interests-TOTAL_FORMS": "1",
        "interests-0-name": "Ada Lee",
        "interests-0-category": "Disclosable pecuniary interest",
        "interests-0-declared": "item",
        "interests-0-what_they_did": "left",
        "interests-0-ORDER": "1",
    }
    assert "Ada Lee left because of an interest in this item" in client.post(edit, named).content.decode()


def test_an_item_is_sent_for_ratification_from_its_own_panel(stage: Any, clerk: User) -> None:
    meeting, person, client = stage
    set_presence(meeting=meeting, person=person, presence=Presence.PRESENT, by=clerk)
    item = AgendaItemPage.objects.get()
    edit, where = reverse("wagtailadmin_pages:edit", args=[item.pk]), reverse("ratify_item", args=[item.pk])
    assert where not in client.get(edit).content.decode()
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    set_status(meeting=meeting, status=MeetingStatus.INQUORATE, reason="Snow.", by=clerk)
    assert where in client.get(edit).content.decode()
    later = building.make_meeting(meeting.board, clerk, building.london(2026, 12, 3, 14))
    answer = client.post(where, {"meeting": later.pk, "recommended": "That it be so."})
    assert answer.status_code == 302
    assert AgendaItemPage.objects.get(carried_from=item).meeting == later
