"""The steps that an editor takes with meetings, minutes and resolutions, through the admin, and who is refused each of them."""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import ActionKind, ActionOrigin, ActionStatus, Role
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, LedgerEntry, ProgressIndexPage, User
from governance.operations.roles import give_role
from governance.roles import MATRIX, Scope
from minutes.enums import MeetingStatus
from minutes.meeting_steps import STEPS, next_steps, other_states, step
from minutes.models import AgendaItemPage, Correction, MeetingPage, MinutePage, ResolutionAction, ResolutionPage
from minutes.operations.adoption import start_action
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db


@dataclass
class Room:
    """A meeting with an item, its minute and a resolution still in draft, and the editor of its board."""

    meeting: MeetingPage
    item: Any
    minute: MinutePage
    resolution: ResolutionPage
    editor: User
    client: Client

    def state(self) -> str:
        """Where the meeting stands now."""
        return MeetingPage.objects.get(pk=self.meeting.pk).status

    def where(self, name: str) -> str:
        """Where a step of the meeting is taken."""
        found = step(name)
        return found.address(self.meeting) if found else ""

    def take(self, name: str) -> Any:
        """Take a step of the meeting; minutes are confirmed as read."""
        return self.client.post(self.where(name), {"how": "read"})

    def edited(self, record: Any) -> str:
        """The page on which a record is edited."""
        return self.client.get(reverse("wagtailadmin_pages:edit", args=[record.pk])).content.decode()


def log_in(user: User) -> Client:
    """The person's browser."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def room(board: BoardPage, clerk: User) -> Room:
    """All in draft but the meeting."""
    meeting, item, minute, resolution, editor = kept("room", lambda: make_room(board, clerk))
    return Room(meeting, item, minute, resolution, editor, log_in(editor))


def make_room(board: BoardPage, clerk: User) -> tuple[MeetingPage, AgendaItemPage, MinutePage, ResolutionPage, User]:
    """The records of the room, and its editor."""
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    meeting = building.make_meeting(board, clerk)
    item = building.make_item(meeting, clerk, publish=False)
    minute = building.make_minute(item, clerk, publish=False)
    resolution = building.make_resolution(item, clerk, publish=False)
    return meeting, item, minute, resolution, editor


def test_an_editor_takes_a_meeting_from_agenda_to_confirmed_minutes(room: Room) -> None:
    stations = [
        ("publish-agenda", MeetingStatus.AGENDA_PUBLISHED),
        ("hold", MeetingStatus.HELD),
        ("publish-minutes", MeetingStatus.DRAFT_MINUTES),
        ("confirm-minutes", MeetingStatus.CONFIRMED),
    ]
    for name, state in stations:
        where = room.where(name)
        assert where in room.edited(room.meeting), name
        asked = room.client.get(where)
        assert (asked.status_code, room.state() == state) == (200, False)
        assert room.take(name).status_code == 302
        assert room.state() == state
        # The same step again changes nothing and is answered plainly.
        assert room.take(name).status_code in {302, 409}
        assert room.state() == state
    fresh = ResolutionPage.objects.get()
    assert (fresh.is_frozen, fresh.adopted_by) == (True, room.editor)
    assert MinutePage.objects.get().confirmed_by == room.editor
    assert next_steps(MeetingPage.objects.get()) == []


def test_the_step_to_take_now_stands_out_and_one_that_was_taken_says_what_it_would_do(room: Room) -> None:
    def main() -> list[str]:
        shown = re.findall(r'<a class="button button-small( button-secondary)?"[^>]*>([^<]+)</a>', room.edited(room.meeting))
        words = {str(text) for step in STEPS for text in (step.label, step.again) if text}
        seen.update(text for _second, text in shown if text in words)
        return [text for second, text in shown if text in words and not second]

    seen: set[str] = set()
    assert main() == ["Publish the agenda"]
    room.take("publish-agenda")
    assert main() == ["Mark as held"]
    assert "Publish what came on the agenda since" in seen
    room.take("hold")
    assert main() == ["Publish the decisions"]
    room.take("publish-minutes")
    assert main() == ["Confirm the minutes"]
    assert "Publish the minutes that were added since" in seen


def test_a_step_that_is_not_next_is_refused_with_the_reason(room: Room) -> None:
    response = room.take("confirm-minutes")
    assert response.status_code == 409
    assert "cannot become" in response.content.decode()
    assert room.state() == MeetingStatus.SCHEDULED


def test_there_is_no_other_step(room: Room) -> None:
    assert step("dance") is None
    assert room.client.get(reverse("meeting_step", args=[room.meeting.pk, "dance"])).status_code == 404
    assert len({each.name for each in STEPS}) == len(STEPS)


def test_a_meeting_is_postponed_with_a_reason_and_scheduled_again(room: Room) -> None:
    where = reverse("meeting_state", args=[room.meeting.pk])
    assert where in room.edited(room.meeting)
    assert room.client.get(where).status_code == 200
    assert room.client.post(where, {"status": "postponed"}).status_code == 400
    assert room.client.post(where, {"status": "confirmed", "reason": "Why not"}).status_code == 400
    assert room.state() == MeetingStatus.SCHEDULED
    assert room.client.post(where, {"status": "postponed", "reason": "Flooding."}).status_code == 302
    fresh = MeetingPage.objects.get()
    assert (fresh.status, fresh.status_reason) == (MeetingStatus.POSTPONED, "Flooding.")
    assert other_states(fresh) == [MeetingStatus.SCHEDULED, MeetingStatus.CANCELLED]
    assert room.client.post(where, {"status": "scheduled"}).status_code == 302
    assert room.state() == MeetingStatus.SCHEDULED


def test_a_resolution_is_linked_to_an_action(room: Room, board: BoardPage, clerk: User) -> None:
    action = building.make_action(board, clerk)
    where = reverse("link_action", args=[room.resolution.pk])
    assert where in room.edited(room.resolution)
    assert "Design home care with people" in room.client.get(where).content.decode()
    assert room.client.post(where, {"action": str(action.pk), "kind": "changes"}).status_code == 302
    link = ResolutionAction.objects.get()
    assert (link.action, link.kind, link.linked_by) == (action, "changes", room.editor)
    shown = room.edited(room.resolution)
    assert "HWB-A1" in shown
    assert "Proposed" in shown
    assert room.client.post(where, {"action": str(action.pk), "kind": "orders"}).status_code == 400
    assert ResolutionAction.objects.count() == 1


def test_only_actions_that_the_person_writes_for_can_be_linked(room: Room, clerk: User) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    theirs = building.make_action(other, clerk, title="Lights in the park")
    where = reverse("link_action", args=[room.resolution.pk])
    assert "Lights in the park" not in room.client.get(where).content.decode()
    assert room.client.post(where, {"action": str(theirs.pk), "kind": "orders"}).status_code == 400
    assert not ResolutionAction.objects.exists()


def test_an_action_is_started_from_a_resolution(room: Room, board: BoardPage) -> None:
    where = reverse("start_action", args=[room.resolution.pk])
    words = {"title": "Ask carers", "promise": "We will ask carers.", "kind": "coproduction"}
    assert room.client.get(where).status_code == 200
    assert room.client.post(where, {**words, "promise": ""}).status_code == 400
    assert room.client.post(where, {**words, "publish": "on"}).status_code == 302
    action = ActionPage.objects.get()
    assert (action.board, action.origin, action.kind) == (board, ActionOrigin.RESOLUTION, ActionKind.COPRODUCTION)
    assert (action.live, action.reference, action.owner) == (True, "HWB-A1", room.editor)
    assert (action.first_due_on, action.lead_organisation, action.lead_role) == (None, None, "")
    assert ResolutionAction.objects.get().resolution == room.resolution


def test_an_action_of_an_adopted_resolution_is_agreed_at_once(room: Room) -> None:
    for name in ("publish-agenda", "hold", "publish-minutes"):
        room.take(name)
    adopted = ResolutionPage.objects.get()
    assert adopted.is_frozen
    action = start_action(resolution=adopted, by=room.editor, title="Ask carers", promise="We will ask carers.")
    assert (action.live, action.status, action.is_agreed) == (False, ActionStatus.AGREED, True)


def test_no_action_is_started_where_none_is_needed_and_nothing_is_left(room: Room) -> None:
    where = reverse("no_action_needed", args=[room.resolution.pk])
    assert room.client.get(where).status_code == 200
    assert room.client.post(where, {"reason": "It was noted."}).status_code == 302
    fresh = ResolutionPage.objects.get()
    assert (fresh.no_action_needed, fresh.no_action_reason) == (True, "It was noted.")
    assert "It was noted." in room.edited(room.resolution)
    words = {"title": "Ask carers", "promise": "We will ask carers.", "kind": "board"}
    response = room.client.post(reverse("start_action", args=[room.resolution.pk]), words)
    assert response.status_code == 409
    assert "Take that back first" in response.content.decode()
    assert not ActionPage.objects.exists()
    assert room.client.post(where, {"reason": ""}).status_code == 302
    assert not ResolutionPage.objects.get().no_action_needed


def test_an_action_needs_a_progress_page(room: Room) -> None:
    ProgressIndexPage.objects.get().delete()
    with pytest.raises(Refused, match="no progress page"):
        start_action(resolution=room.resolution, by=room.editor, title="Ask", promise="We will ask.")


def test_a_confirmed_minute_is_corrected_by_an_entry_beside_it(room: Room) -> None:
    words = {"old_words": "is planned", "new_words": "was planned", "reason": "A slip."}
    where = reverse("record_correction", args=[room.minute.pk])
    response = room.client.post(where, words)
    assert response.status_code == 409
    assert "is not confirmed yet" in response.content.decode()
    for name in ("publish-agenda", "hold", "publish-minutes", "confirm-minutes"):
        room.take(name)
    assert where in room.edited(room.minute)
    assert room.client.get(where).status_code == 200
    before = MinutePage.objects.get().text
    assert room.client.post(where, words).status_code == 302
    assert MinutePage.objects.get().text == before
    assert Correction.objects.get().by == room.editor
    assert "A slip." in room.edited(room.minute)


REFUSED: dict[Role, set[str]] = {
    Role.APPROVER: {"start_action"},
    Role.AUTHOR: {"meeting_step", "meeting_state", "link_action", "start_action", "no_action_needed", "record_correction"},
    Role.PARTNER: {"meeting_step", "meeting_state", "link_action", "start_action", "no_action_needed", "record_correction"},
    Role.MEMBER: {"meeting_step", "meeting_state", "link_action", "start_action", "no_action_needed", "record_correction"},
    Role.AUDITOR: {"meeting_step", "meeting_state", "link_action", "start_action", "no_action_needed", "record_correction"},
    Role.EDITOR: set(),
    Role.ADMINISTRATOR: set(),
}


def doors(room: Room) -> dict[str, str]:
    """The address of every step."""
    return {
        "meeting_step": reverse("meeting_step", args=[room.meeting.pk, "publish-agenda"]),
        "meeting_state": reverse("meeting_state", args=[room.meeting.pk]),
        "link_action": reverse("link_action", args=[room.resolution.pk]),
        "start_action": reverse("start_action", args=[room.resolution.pk]),
        "no_action_needed": reverse("no_action_needed", args=[room.resolution.pk]),
        "record_correction": reverse("record_correction", args=[room.minute.pk]),
        "withdraw_record": reverse("withdraw_record", args=[room.meeting.pk]),
        "paste_minutes": reverse("paste_minutes", args=[room.meeting.pk]),
        "build_pack": reverse("build_pack", args=[room.meeting.pk]),
    }


# Who may not withdraw, paste or build: the approver withdraws and builds, but writes nothing.
NOT_WRITING = {"withdraw_record", "paste_minutes", "build_pack"}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_refused_what_it_lacks(room: Room, board: BoardPage, clerk: User, role: Role) -> None:
    person = building.make_user("person", is_superuser=False, is_staff=False)
    holders: dict[Scope, dict[str, Any]] = {
        Scope.BOARD: {"board": board},
        Scope.ORGANISATION: {"organisation": building.make_organisation()},
        Scope.SITE: {},
    }
    give_role(user=person, role=role, **holders[MATRIX[role].scope])
    client = log_in(person)
    lacking = REFUSED[role] | (NOT_WRITING if len(REFUSED[role]) > 1 else set())
    if role is Role.APPROVER:
        lacking |= {"paste_minutes"}
    entries = LedgerEntry.objects.count()
    shut = set()
    for name, where in doors(room).items():
        if client.get(where).status_code != 200:
            shut.add(name)
            assert client.post(where, {"reason": "Because.", "status": "cancelled"}).status_code in {302, 403}
    assert shut == lacking
    assert LedgerEntry.objects.count() == entries


def test_nobody_takes_a_step_with_another_boards_meeting(room: Room, clerk: User) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    stranger = building.make_user("stranger", is_superuser=False, is_staff=False)
    give_role(user=stranger, role=Role.EDITOR, board=other)
    client = log_in(stranger)
    assert all(client.get(where).status_code == 302 for where in doors(room).values())


def test_a_plain_page_is_not_withdrawn(clerk: User, board: BoardPage) -> None:
    assert log_in(clerk).get(reverse("withdraw_record", args=[ProgressIndexPage.objects.get().pk])).status_code == 302
