"""Draft minutes before they are public: who reads them, who comments, how comments are settled, and that nobody else sees them."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, Delivery, Membership, Person, User
from governance.operations.roles import give_role
from minutes.enums import MeetingStatus, Settled
from minutes.models import DraftComment, DraftRound, MeetingPage, MinutePage
from minutes.operations.draft_rounds import comment_on_draft, send_draft, settle_comment, take_draft_back, why_not_tell
from minutes.operations.meetings import set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db
SAID = "Ten people spoke of home care."
MAY_SEND = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR})


class Room:
    """A meeting with a minute that is a draft, its board's chair and a member."""

    def __init__(self, meeting: MeetingPage, minute: MinutePage, clerk: User, people: dict[str, User]) -> None:
        self.meeting, self.minute, self.clerk, self.people = meeting, minute, clerk, people
        self.address = reverse("draft_minutes", args=[meeting.pk])

    def person(self, who: str) -> Person:
        """Who somebody is."""
        return Person.objects.get(user=self.people[who])

    def reads(self, who: str) -> Any:
        """What somebody gets who asks for the draft."""
        client = Client()
        if who:
            client.force_login(self.people[who])
        return client.get(self.address)


def make_room(board: BoardPage, clerk: User) -> tuple[MeetingPage, MinutePage, dict[str, User]]:
    """The records of the room."""
    meeting = building.make_meeting(board, clerk)
    item = building.make_item(meeting, clerk)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    minute = building.make_minute(item, clerk, publish=False, text=f"<p>{SAID}</p>")
    building.make_resolution(item, clerk, publish=False)
    people = {"clerk": clerk}
    for name, role in (("chair", "chair"), ("member", "member"), ("stranger", "")):
        person = Person.objects.create(name=f"The {name}", email=f"{name}@example.org")
        people[name] = building.make_user(name, is_superuser=False, is_staff=False, person=person)
        if role:
            since = timezone.localdate() - timedelta(days=30)
            Membership.objects.create(board=board, person=person, role=role, from_date=since)
    return MeetingPage.objects.get(pk=meeting.pk), minute, people


@pytest.fixture
def room(board: BoardPage, clerk: User) -> Room:
    """Before anything is sent."""
    meeting, minute, people = kept("draft room", lambda: make_room(board, clerk))
    return Room(meeting, minute, clerk, people)


def statuses(room: Room) -> dict[str, int]:
    """Who reads the draft."""
    return {who: room.reads(who).status_code for who in ("", "clerk", "chair", "member", "stranger")}


NOBODY = {"": 302, "clerk": 404, "chair": 404, "member": 404, "stranger": 404}


def test_the_draft_is_read_by_those_to_whom_it_was_sent_and_by_nobody_else(room: Room) -> None:
    assert statuses(room) == NOBODY
    first = send_draft(meeting=room.meeting, readers=[room.person("chair")], note="By Friday, please.", by=room.clerk)
    assert statuses(room) == {**NOBODY, "chair": 200}
    shown = room.reads("chair")
    assert "no-store" in shown["Cache-Control"]
    for words in (SAID, "DRAFT, not public", "designed with the people", 'name="text"'):
        assert words in shown.content.decode()
    send_draft(meeting=room.meeting, to_members=True, by=room.clerk)
    assert statuses(room) == {**NOBODY, "chair": 200, "member": 200}
    assert 'name="text"' not in room.reads("member").content.decode()
    for address in (room.meeting.get_url(), room.minute.item.get_url()):
        assert SAID not in Client().get(address).content.decode()
    take_draft_back(draft_round=first, by=room.clerk)
    assert 'name="text"' not in room.reads("chair").content.decode()
    with pytest.raises(Refused, match="already"):
        take_draft_back(draft_round=first, by=room.clerk)


def test_those_who_can_read_it_are_told_and_nothing_of_it_stands_in_the_mail(room: Room) -> None:
    draft = send_draft(meeting=room.meeting, readers=[room.person("chair")], to_members=True, by=room.clerk)
    mails = {row.to: row for row in Delivery.objects.filter(kind="draft minutes")}
    assert set(mails) == {"chair@example.org", "member@example.org"}
    assert room.address in mails["chair@example.org"].text
    assert SAID not in mails["chair@example.org"].text
    assert why_not_tell(mails["chair@example.org"]) == ""
    take_draft_back(draft_round=draft, by=room.clerk)
    assert "taken back" in why_not_tell(mails["chair@example.org"])


def test_what_is_written_last_is_what_is_read(room: Room) -> None:
    send_draft(meeting=room.meeting, to_members=True, by=room.clerk)
    draft = MinutePage.objects.get(pk=room.minute.pk)
    draft.text = "<p>Twelve people spoke.</p>"
    draft.save_revision(user=room.clerk)
    assert "Twelve people spoke." in room.reads("member").content.decode()


def test_the_chair_comments_by_minute_and_reads_how_it_was_settled(room: Room) -> None:
    send_draft(meeting=room.meeting, readers=[room.person("chair")], by=room.clerk)
    chair, clerk = Client(), Client()
    chair.force_login(room.people["chair"])
    clerk.force_login(room.clerk)
    assert chair.post(room.address, {"minute": str(room.minute.pk), "text": " "}).status_code == 400
    assert chair.post(room.address, {"minute": "0", "text": "Hm"}).status_code == 404
    assert chair.post(room.address, {"minute": str(room.minute.pk), "text": "It was twelve."}).status_code == 302
    sheet = reverse("send_draft", args=[room.meeting.pk])
    assert "It was twelve." in clerk.get(sheet).content.decode()
    comment = DraftComment.objects.get()
    where = reverse("settle_comment", args=[comment.pk])
    assert "It was twelve." in clerk.get(where).content.decode()
    kept_words = clerk.post(where, {"settled": "left", "words": ""})
    assert (kept_words.status_code, "Say why" in kept_words.content.decode()) == (409, True)
    assert clerk.post(where, {"settled": "taken_up", "words": "Thank you."}).status_code == 302
    assert clerk.post(where, {"settled": "left", "words": "No."}).status_code == 409
    assert "Thank you." in room.reads("chair").content.decode()
    assert "It was twelve." not in Client().get(room.meeting.get_url()).content.decode()
    take_draft_back(draft_round=DraftRound.objects.get(), by=room.clerk)
    assert chair.post(room.address, {"minute": str(room.minute.pk), "text": "And more."}).status_code == 404
    with pytest.raises(Refused, match="not open"):
        comment_on_draft(minute=room.minute, by=room.people["chair"], text="And more.")


def test_nobody_reads_a_draft_that_is_confirmed(room: Room) -> None:
    send_draft(meeting=room.meeting, readers=[room.person("chair")], to_members=True, by=room.clerk)
    publish_minutes(meeting=room.meeting, by=room.clerk)
    assert room.reads("chair").status_code == 200
    confirm_minutes(meeting=room.meeting, by=room.clerk)
    assert statuses(room) == NOBODY


def test_a_draft_goes_to_those_who_can_read_it(room: Room, board: BoardPage) -> None:
    empty = building.make_meeting(board, room.clerk, building.london(2026, 9, 1, 10))
    for given, said in (
        ({"meeting": empty, "to_members": True}, "No minute"),
        ({"meeting": room.meeting}, "Choose who"),
        ({"meeting": room.meeting, "readers": [room.person("stranger")]}, "no seat"),
    ):
        with pytest.raises(Refused, match=said):
            send_draft(by=room.clerk, **given)
    assert not DraftRound.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sends_and_settles_only_for_its_board(room: Room, board: BoardPage, role: Role) -> None:
    comment = DraftComment.objects.create(
        minute=room.minute, person=room.person("chair"), text="It was twelve.", made_at=timezone.now()
    )
    user = building.make_user(f"a {role.value}", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    client = Client()
    client.force_login(user)
    sent = send_draft(meeting=room.meeting, to_members=True, by=room.clerk)
    for name, key in (("send_draft", room.meeting.pk), ("settle_comment", comment.pk), ("take_draft_back", sent.pk)):
        address = reverse(name, args=[key])
        assert (client.get(address).status_code == 200) is (role in MAY_SEND), name
        if role not in MAY_SEND:
            assert client.post(address, {"settled": "taken_up", "to_members": "on"}).status_code in {302, 403}
    assert settle_comment(comment=comment, settled=Settled.TAKEN_UP, by=room.clerk).settled


def test_the_draft_asks_as_often_for_many_minutes(room: Room) -> None:
    send_draft(meeting=room.meeting, readers=[room.person("chair")], by=room.clerk)
    client, desk = Client(), Client()
    client.force_login(room.people["chair"])
    desk.force_login(room.clerk)

    def asked() -> list[int]:
        counts = []
        for browser, address in ((client, room.address), (desk, reverse("send_draft", args=[room.meeting.pk]))):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counts.append(len(queries))
        return counts

    comment_on_draft(minute=room.minute, by=room.people["chair"], text="Hm.")
    few = asked()
    for number in range(3):
        item = building.make_item(room.meeting, room.clerk, f"Item {number}")
        minute = building.make_minute(item, room.clerk, publish=False)
        building.make_resolution(item, room.clerk, publish=False)
        comment_on_draft(minute=minute, by=room.people["chair"], text="Hm.")
    assert asked() == few
