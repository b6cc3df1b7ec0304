"""The minute-taking desk: what is written reaches the pages' versions, and nothing is lost in silence."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from governance.enums import ActionKind, Purpose, Role
from governance.models import ActionPage, BoardPage, User
from governance.operations.roles import give_role
from minutes.enums import DecisionManner, ItemOutcome, MeetingStatus, MotionOutcome
from minutes.models import AgendaItemPage, ExemptionGround, FollowUp, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.attendance import set_presence
from minutes.operations.desking import as_last_written, version_of
from minutes.operations.meetings import set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@dataclass
class Desk:
    """A meeting of a while ago with two items, and the editor of its board at the desk."""

    meeting: MeetingPage
    item: AgendaItemPage
    after: AgendaItemPage
    editor: User
    client: Client

    @property
    def address(self) -> str:
        """Where the first item is written."""
        return reverse("desk_item", args=[self.meeting.pk, self.item.pk])

    def fields(self) -> dict[str, Any]:
        """The fields of the desk as a browser would send them."""
        return fields_of(self.client.get(self.address).content.decode())

    def save(self, fields: dict[str, Any]) -> Any:
        """Save as the page's script does."""
        return self.client.post(self.address, fields, headers=JSON)

    @property
    def minute(self) -> MinutePage:
        """The minute as last written."""
        return as_last_written(MinutePage.objects.child_of(self.item).get())


def fields_of(html: str) -> dict[str, Any]:
    """What the form of the desk holds."""
    fields: dict[str, Any] = {}
    form = BeautifulSoup(html, "html.parser").select_one("form[data-desk]")
    assert form is not None
    for template in form.select("template, script"):
        template.decompose()
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type")
        if kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                fields[name] = str(field.get("value", "on"))
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            fields[name] = str(chosen["value"]) if chosen else ""
        elif field.name == "textarea":
            fields[name] = field.get_text().removeprefix("\n")
        else:
            fields[name] = str(field.get("value", ""))
    return fields


def rich(words: str) -> str:
    """Words as the text editor sends them."""
    block = {
        "key": "abcde",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
        "data": {},
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


@pytest.fixture
def desk(board: BoardPage, clerk: User) -> Desk:
    """The desk, with nothing written."""
    meeting, item, after, editor = kept("desk", lambda: make_desk(board, clerk))
    client = Client()
    client.force_login(editor)
    return Desk(meeting, item, after, editor, client)


def make_desk(board: BoardPage, clerk: User) -> tuple[Any, ...]:
    meeting = building.make_meeting(board, clerk, building.london(2025, 9, 10, 14))
    item = building.make_item(
        meeting,
        clerk,
        number="1",
        recommendations="<p>That the Board:</p><ol><li>note the report; and</li><li>ask for another.</li></ol>",
    )
    after = building.make_item(meeting, clerk, title="Another matter", number="2")
    editor = building.make_user("editor", is_superuser=False)
    give_role(user=editor, role=Role.EDITOR, board=board, by=clerk)
    return meeting, item, after, editor


def test_what_is_written_becomes_a_version_of_the_minute(desk: Desk) -> None:
    fields = desk.fields() | {
        "text": rich("Members welcomed the report."),
        "outcome": ItemOutcome.NOTED,
        "mover": "Councillor Vaughan",
    }

    answer = desk.save(fields)

    assert answer.status_code == 200, answer.content
    assert "Members welcomed the report." in desk.minute.text
    assert (desk.minute.mover, desk.minute.outcome) == ("Councillor Vaughan", ItemOutcome.NOTED)
    assert desk.minute.live is False
    assert answer.json()["loaded"] == version_of(MinutePage.objects.get())


def test_a_moment_later_the_same_version_is_saved_over(desk: Desk) -> None:
    desk.save(desk.fields() | {"text": rich("One.")})
    before = MinutePage.objects.get().revisions.count()

    desk.save(desk.fields() | {"text": rich("One. Two.")})

    assert MinutePage.objects.get().revisions.count() == before
    assert "One. Two." in desk.minute.text


def test_the_same_save_sent_twice_changes_nothing(desk: Desk) -> None:
    fields = desk.fields() | {"text": rich("Members welcomed it."), "clauses-0-text": "That it be noted."}
    first, second = desk.save(fields), desk.save(fields)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["loaded"] == second.json()["loaded"]
    assert ResolutionPage.objects.count() == 1


def test_an_older_version_is_not_written_over_what_was_saved_since(desk: Desk, clerk: User) -> None:
    """Wagtail's own editor saves a version; the desk, opened before that, is told both texts."""
    desk.save(desk.fields() | {"text": rich("As begun.")})
    at_the_desk = desk.fields()
    in_the_editor = desk.minute
    in_the_editor.text = "<p>As another officer has it.</p>"
    in_the_editor.save_revision(user=clerk)

    answer = desk.save(at_the_desk | {"text": rich("As I have it.")})

    assert answer.status_code == 409
    told = answer.json()
    assert (told["mine"], told["theirs"]) == ("As I have it.", "As another officer has it.")
    assert "As another officer has it." in desk.minute.text
    again = desk.save(at_the_desk | {"text": rich("As I have it."), "loaded": told["loaded"]})
    assert again.status_code == 200
    assert "As I have it." in desk.minute.text
    assert any("As another officer" in version.content["text"] for version in MinutePage.objects.get().revisions.all())


def test_wagtails_editor_sees_that_the_desk_saved_since_it_was_opened(desk: Desk) -> None:
    desk.save(desk.fields() | {"text": rich("As begun.")})
    editor = reverse("wagtailadmin_pages:edit", args=[MinutePage.objects.get().pk])
    opened = fields_of_editor(desk.client.get(editor).content.decode())
    desk.save(desk.fields() | {"text": rich("As written at the desk.")})

    answer = desk.client.post(editor, opened | {"text": rich("As written in the editor.")}, headers=JSON)

    assert answer.json()["error_code"] == "invalid_revision"
    assert "As written at the desk." in desk.minute.text


def fields_of_editor(html: str) -> dict[str, Any]:
    """The fields of Wagtail's own editor."""
    return fields_of(html.replace('id="page-edit-form"', 'id="page-edit-form" data-desk'))


def test_a_vote_that_cannot_be_is_named_and_everything_else_is_kept(desk: Desk) -> None:
    fields = desk.fields() | {"text": rich("It was put to the vote."), "votes_for": "many"}

    answer = desk.save(fields)

    assert answer.status_code == 200
    assert answer.json()["problems"]
    assert "It was put to the vote." in desk.minute.text
    assert desk.minute.votes_for is None


def test_half_a_vote_is_named_and_left_out_until_it_is_whole(desk: Desk) -> None:
    half = desk.save(desk.fields() | {"text": rich("It was put to the vote."), "votes_for": "3"})
    assert half.status_code == 200
    assert any("Say how" in problem for problem in half.json()["problems"])
    assert (desk.minute.votes_for, "put to the vote" in desk.minute.text) == (None, True)

    whole = desk.save(desk.fields() | {"votes_for": "3", "votes_against": "1", "manner": "show_of_hands"})

    assert whole.json()["problems"] == []
    assert (desk.minute.votes_for, desk.minute.votes_against, desk.minute.manner) == (3, 1, "show_of_hands")


def test_the_report_is_resolved_as_recommended_in_one_step(desk: Desk) -> None:
    answer = desk.client.post(desk.address, desk.fields() | {"text": rich("Agreed."), "as_recommended": "1"})

    assert answer.status_code == 302
    clauses = list(ResolutionPage.objects.order_by("position"))
    assert [(one.label, one.full_text) for one in clauses] == [
        ("(1)", "That the Board: note the report."),
        ("(2)", "That the Board: ask for another."),
    ]
    assert [one.live for one in clauses] == [False, False]
    assert clauses[0].verbs == ["note"]
    assert "Agreed." in desk.minute.text

    again = desk.client.post(desk.address, desk.fields() | {"as_recommended": "1"})

    assert again.status_code == 422
    assert ResolutionPage.objects.count() == 2


def test_carried_as_amended_says_so(desk: Desk) -> None:
    desk.client.post(desk.address, desk.fields() | {"as_amended": "1"})
    assert {one.outcome for one in ResolutionPage.objects.all()} == {MotionOutcome.AMENDED}


def test_clauses_are_changed_added_and_taken_away(desk: Desk) -> None:
    desk.save(desk.fields() | {"clauses-0-text": "That it be noted."})
    fields = desk.fields() | {"clauses-0-text": "That the report be noted.", "clauses-1-text": "That it come back."}
    desk.save(fields)
    assert [one.text for one in written()] == ["That the report be noted.", "That it come back."]

    desk.save(desk.fields() | {"clauses-0-text": ""})

    assert [one.text for one in written()] == ["That it come back."]


def test_a_clause_that_somebody_else_added_stays(desk: Desk, clerk: User) -> None:
    opened = desk.fields()
    building.make_resolution(desk.item, clerk, publish=False, text="That a colleague's clause stay.")
    desk.save(opened | {"clauses-0-text": "That mine stay too."})
    assert {one.text for one in written()} == {"That a colleague's clause stay.", "That mine stay too."}


def test_the_words_of_a_clause_that_was_deleted_elsewhere_are_kept(desk: Desk) -> None:
    desk.save(desk.fields() | {"clauses-0-text": "That it be noted."})
    opened = desk.fields()
    ResolutionPage.objects.get().delete()
    answer = desk.save(opened | {"clauses-0-text": "That it be noted again."})
    assert [one.text for one in written()] == ["That it be noted again."]
    assert answer.json()["clauses"][0]["key"] == ResolutionPage.objects.get().pk


def test_two_versions_of_a_clause_are_both_told_and_mine_can_be_kept(desk: Desk, clerk: User) -> None:
    desk.save(desk.fields() | {"clauses-0-text": "That it be noted."})
    opened = desk.fields() | {"clauses-0-text": "That it be noted by all."}
    theirs = written()[0]
    theirs.text = "That it be agreed."
    theirs.save_revision(user=clerk)

    told = desk.save(opened).json()

    assert (told["mine"], told["theirs"]) == ("That it be noted by all.", "That it be agreed.")
    chosen = {f"clauses-{one['row']}-loaded": one["loaded"] for one in told["clauses"]}
    assert desk.save(opened | chosen).status_code == 200
    assert [one.text for one in written()] == ["That it be noted by all."]


def written() -> list[ResolutionPage]:
    """The clauses as last written."""
    return [as_last_written(page) for page in ResolutionPage.objects.order_by("position", "path")]


def test_what_is_public_is_not_changed_from_the_desk(desk: Desk, clerk: User) -> None:
    desk.save(desk.fields() | {"text": rich("Agreed."), "clauses-0-text": "That it be noted."})
    desk.save(dict(desk.fields()))
    set_status(meeting=desk.meeting, status=MeetingStatus.HELD, by=clerk)
    publish_minutes(meeting=MeetingPage.objects.get(pk=desk.meeting.pk), by=clerk)

    answer = desk.save(desk.fields() | {"clauses-0-text": "That it be forgotten."})

    assert answer.status_code == 422
    assert "public" in answer.json()["problem"]
    assert [one.text for one in written()] == ["That it be noted."]


def test_saving_leads_to_the_next_item(desk: Desk) -> None:
    answer = desk.client.post(desk.address, desk.fields() | {"text": rich("Agreed."), "next": "1"})
    assert answer["Location"] == reverse("desk_item", args=[desk.meeting.pk, desk.after.pk])


def test_a_follow_up_is_noted_with_whom_and_when(desk: Desk) -> None:
    address = reverse("desk_to_do", args=[desk.meeting.pk, desk.item.pk])
    fields = {
        "todo-kind": "follow_up",
        "todo-text": "Send the slides round.",
        "todo-lead": "The clerk",
        "todo-due_on": "2025-10-01",
    }
    # A button that is pressed twice notes it once.
    for _press in range(2):
        desk.client.post(address, fields)

    row = FollowUp.objects.get()
    assert (row.text, row.owner, row.due_words, str(row.due_on)) == (
        "Send the slides round.",
        "The clerk",
        "1 October 2025",
        "2025-10-01",
    )


def test_an_action_is_ordered_by_a_clause(desk: Desk) -> None:
    desk.save(desk.fields() | {"clauses-0-text": "That a workshop be arranged."})
    address = reverse("desk_to_do", args=[desk.meeting.pk, desk.item.pk])
    fields = {"todo-kind": ActionKind.BOARD, "todo-text": "We will arrange a workshop.", "todo-lead": "Director of Care"}

    without_clause = desk.client.post(address, fields)
    for _press in range(2):
        desk.client.post(address, fields | {"todo-clause": str(ResolutionPage.objects.get().pk)})

    assert without_clause.status_code == 422
    action = as_last_written(ActionPage.objects.get())
    assert (action.promise, action.lead_role, action.first_due_on) == ("We will arrange a workshop.", "Director of Care", None)
    assert ResolutionPage.objects.get().action_links.get().action_id == action.pk


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_a_meeting_that_was_called_off_says_why_it_is_not_minuted(desk: Desk, clerk: User, status: MeetingStatus) -> None:
    set_status(meeting=desk.meeting, status=status, by=clerk, reason="The hall was flooded.")
    answer = desk.client.get(desk.address)
    assert answer.status_code == 409
    assert "no minutes" in answer.content.decode()
    assert desk.client.post(desk.address, {"text": rich("x")}, headers=JSON).status_code == 409


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEMBER, Role.AUTHOR, Role.PARTNER])
def test_who_does_not_write_for_the_board_has_no_desk(desk: Desk, board: BoardPage, clerk: User, role: Role) -> None:
    other = building.make_user("other", is_superuser=False)
    give_role(user=other, role=role, by=clerk, **building.holder_of(role, board))
    desk.client.force_login(other)
    for answer in (desk.client.get(desk.address), desk.save({"text": rich("Mine now.")})):
        assert answer.status_code in {302, 403}
    assert not MinutePage.objects.exists()


def test_rights_that_end_while_somebody_writes_are_told_and_nothing_is_saved(desk: Desk, clerk: User) -> None:
    fields = desk.fields()
    desk.editor.groups.clear()
    assert desk.save(fields | {"text": rich("Too late.")}).status_code in {302, 403}
    give_role(user=desk.editor, role=Role.AUDITOR, by=clerk)
    answer = desk.save(fields | {"text": rich("Too late.")})
    assert (answer.status_code, answer.json()["problem"]) == (403, "You may not write for this board.")
    assert not MinutePage.objects.exists()


def test_general_assent_is_preset_where_an_item_is_for_decision(desk: Desk, clerk: User) -> None:
    assert desk.fields()["manner"] == ""
    desk.item = building.make_item(desk.meeting, clerk, title="A budget", number="3", purpose=Purpose.DECISION)

    assert desk.fields()["manner"] == DecisionManner.ASSENT
    desk.save(desk.fields() | {"text": rich("Agreed.")})
    assert desk.minute.manner == DecisionManner.ASSENT


def test_as_recommended_says_what_became_of_the_item_unless_the_clerk_did(desk: Desk) -> None:
    desk.client.post(desk.address, desk.fields() | {"outcome": ItemOutcome.NOTED, "as_recommended": "1"})
    assert (desk.minute.outcome, desk.minute.manner) == (ItemOutcome.NOTED, DecisionManner.ASSENT)


def test_each_key_of_the_desk_is_told_on_it_and_belongs_to_one_thing(desk: Desk) -> None:
    page = BeautifulSoup(desk.client.get(desk.address).content.decode(), "html.parser")
    told = [" ".join(key.get_text() for key in term.select("kbd")) for term in page.select(".desk-keys dt")]
    assert len(told) == len(set(told))
    verbs = {str(button["data-desk-verb"]): str(button["data-words"]) for button in page.select("[data-desk-verb]")}
    assert verbs["N"] == "That the report be noted."
    assert {f"Alt Shift {key}" for key in verbs} <= set(told)


def test_on_a_mac_the_desk_is_told_to_look_for_control(desk: Desk) -> None:
    mac = {"User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"}
    page = BeautifulSoup(desk.client.get(desk.address, headers=mac).content.decode(), "html.parser")
    form, verb = page.select_one("form[data-desk]"), page.select_one("[data-desk-verb=N]")
    assert form is not None and verb is not None
    assert (form["data-held"], verb["aria-keyshortcuts"]) == ("ctrl", "Control+Shift+N")
    assert "Alt" not in {key.get_text() for key in page.select(".desk-keys kbd")}


def test_the_quorum_and_who_may_vote_are_told_alone_to_the_pages_script(desk: Desk, clerk: User) -> None:
    answer = desk.client.get(desk.address, headers=JSON)
    assert "Quorum not known" in answer.json()["quorum"]
    assert answer.json()["voters"] == []
    there = (("Ada Lee", True, "present"), ("Ben Ode", True, "apologies"), ("Cy Poe", False, "in_attendance"))
    for name, votes, presence in there:
        set_presence(meeting=desk.meeting, name=f"{name}, Councillor", votes=votes, presence=presence, by=clerk)

    assert desk.client.get(desk.address, headers=JSON).json()["voters"] == ["Ada Lee, Councillor"]
    page = BeautifulSoup(desk.client.get(desk.address).content.decode(), "html.parser")
    voters = page.select_one("#desk-voters")
    assert voters is not None
    assert json.loads(voters.get_text()) == ["Ada Lee, Councillor"]


def test_confirmed_minutes_are_read_at_the_desk_and_not_written(desk: Desk, clerk: User) -> None:
    opened = desk.fields()
    desk.save(opened | {"text": rich("Members agreed."), "clauses-0-text": "That it be noted."})
    set_status(meeting=desk.meeting, status=MeetingStatus.HELD, by=clerk)
    publish_minutes(meeting=MeetingPage.objects.get(pk=desk.meeting.pk), by=clerk)
    confirm_minutes(meeting=MeetingPage.objects.get(pk=desk.meeting.pk), by=clerk)

    read = desk.client.get(desk.address)

    assert read.status_code == 200
    page = read.content.decode()
    assert all(words in page for words in ("are confirmed", "Members agreed.", "That it be noted."))
    assert "data-desk " not in page
    assert desk.save(opened | {"text": rich("Too late.")}).status_code == 409
    nothing = desk.client.get(reverse("desk_item", args=[desk.meeting.pk, desk.after.pk]))
    assert "Nothing was minuted" in nothing.content.decode()


def test_the_editors_of_a_meeting_an_item_and_a_minute_lead_to_the_desk(desk: Desk, board: BoardPage, clerk: User) -> None:
    desk.save(desk.fields() | {"text": rich("Agreed.")})
    pages = (desk.meeting, desk.item, MinutePage.objects.get())
    goals = (reverse("desk", args=[desk.meeting.pk]), desk.address, desk.address)
    author = building.make_user("other", is_superuser=False)
    give_role(user=author, role=Role.AUTHOR, by=clerk, **building.holder_of(Role.AUTHOR, board))
    for page, goal in zip(pages, goals, strict=True):
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert f'href="{goal}"' in desk.client.get(editor).content.decode(), page
        client = Client()
        client.force_login(author)
        assert f'href="{goal}"' not in client.get(editor, follow=True).content.decode(), page


def asked_with(desk: Desk, clerk: User, number: int) -> tuple[int, int]:
    """How often the desk of so many items asks the database when it is shown, and when it saves."""
    for place in range(AgendaItemPage.objects.child_of(desk.meeting).count() + 1, number + 1):
        item = building.make_item(desk.meeting, clerk, title=f"Matter {place}", publish=False, number=str(place))
        building.make_minute(item, clerk, publish=False)
    with CaptureQueriesContext(connection) as shown:
        fields = desk.fields()
    with CaptureQueriesContext(connection) as saved:
        assert desk.save(fields | {"text": rich(f"Said among {number} items.")}).status_code == 200
    return len(shown), len(saved)


def test_showing_and_saving_ask_as_often_among_thirty_items_as_among_five(desk: Desk, clerk: User) -> None:
    building.make_minute(desk.after, clerk, publish=False)
    desk.save(desk.fields() | {"text": rich("Begun."), "clauses-0-text": "That it be noted."})
    few, many = asked_with(desk, clerk, 5), asked_with(desk, clerk, 30)
    assert few == many
    shown, saved = many
    assert shown <= 71
    assert saved <= 105


def test_words_of_an_item_that_is_or_is_to_be_private_stay_out_of_the_browsers_store(desk: Desk) -> None:
    def is_kept_out() -> bool:
        return "data-private" in desk.client.get(desk.address).content.decode()

    assert not is_kept_out()
    draft = desk.item.get_latest_revision_as_object()
    draft.exempt_ground, draft.exempt_reason = ExemptionGround.objects.first(), "Three offers are compared."
    draft.save_revision()
    assert is_kept_out(), "a draft that nobody published yet says so"
    draft.exempt_ground = None
    draft.save_revision()
    assert not is_kept_out()
    AgendaItemPage.objects.filter(pk=desk.item.pk).update(exempt_ground=ExemptionGround.objects.first())
    assert is_kept_out(), "what is public already says so"
