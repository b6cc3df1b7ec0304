"""The matrix of roles: who may do what on their own board, on another and nowhere, by the tester and through the admin's doors."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from wagtail.models import GroupPagePermission

import pytest

from governance.enums import Role
from governance.models import (
    ActionPage,
    BoardPage,
    CaseStudyIndexPage,
    CaseStudyPage,
    Organisation,
    ProgressIndexPage,
    User,
)
from governance.operations.publishing import add_record
from governance.operations.roles import give_role, sync_roles
from governance.roles import MATRIX, REGISTERS, Scope, group_name
from minutes.models import AgendaItemPage, MeetingPage
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db

HELD_ROLES = [role for role, rights in MATRIX.items() if rights.scope is not Scope.SITE]


@dataclass
class Council:
    """Two boards with a live and a draft record each, and somebody in each role of the first."""

    own: dict[str, Any]
    other: dict[str, Any]
    people: dict[Role, User]


def records(board: BoardPage, by: User, lead: Organisation | None = None) -> dict[str, Any]:
    """What rights are tried on; the organisation leads the actions."""
    meeting = building.make_meeting(board, by)
    return {
        "board": board,
        "meeting": meeting,
        "item": building.make_item(meeting, by),
        "draft item": building.make_item(meeting, by, title="Falls", publish=False),
        "action": building.make_action(board, by, title=f"Action of {board.code}", lead_organisation=lead),
        "draft action": building.make_action(
            board, by, title=f"Draft action of {board.code}", lead_organisation=lead, publish=False
        ),
    }


@pytest.fixture
def council(clerk: User, board: BoardPage) -> Council:
    """The two boards."""
    return kept("council", lambda: make_council(clerk, board))


def make_council(clerk: User, board: BoardPage) -> Council:
    """Records of both, and somebody in each role."""
    own = records(board, clerk, building.make_organisation("Beckside Homes"))
    other = records(building.make_board(clerk, code="SCP", title="Safer Communities Partnership"), clerk)
    people = {}
    for role in Role:
        people[role] = building.make_user(role.value, is_superuser=False, is_staff=False)
        give_role(user=people[role], role=role, **building.holder_of(role, board))
    return Council(own, other, people)


# What each role may do to a draft of its own board, in the words of Wagtail's tester.
ALLOWED: dict[Role, set[str]] = {
    Role.EDITOR: {"can_add_subpage", "can_edit", "can_publish", "can_delete", "can_move", "can_copy", "can_lock"},
    Role.APPROVER: {"can_edit", "can_publish", "can_delete", "can_move", "can_copy", "can_lock"},
    Role.AUTHOR: set(),
    Role.PARTNER: set(),
    Role.MEMBER: set(),
    Role.AUDITOR: set(),
    Role.ADMINISTRATOR: {"can_add_subpage", "can_edit", "can_publish", "can_delete", "can_move", "can_copy", "can_lock"},
}
QUESTIONS = ["can_add_subpage", "can_edit", "can_publish", "can_unpublish", "can_delete", "can_move", "can_copy", "can_lock"]


def answers(user: User, page: Any) -> set[str]:
    """Everything the tester allows."""
    tester = page.permissions_for_user(User.objects.get(pk=user.pk))
    return {question for question in QUESTIONS if getattr(tester, question)()}


def test_rights_on_drafts_of_the_own_board_and_on_its_actions(council: Council) -> None:
    for role, person in council.people.items():
        assert answers(person, council.own["draft item"]) == ALLOWED[role], role
        offers = {"can_add_subpage"} if role is Role.AUTHOR else set()
        assert answers(person, council.own["draft action"]) == ALLOWED[role] | offers, role


def test_no_right_of_a_board_reaches_another(council: Council) -> None:
    for role in HELD_ROLES:
        for kind, record in council.other.items():
            assert answers(council.people[role], record) == set(), (role, kind)


def test_nobody_deletes_or_moves_what_was_public(council: Council) -> None:
    for role, person in council.people.items():
        for kind in ("board", "meeting", "item", "action"):
            assert not answers(person, council.own[kind]) & {"can_delete", "can_move"}, (role, kind)


def test_an_author_offers_an_item_and_keeps_it_until_it_is_public(council: Council) -> None:
    author = council.people[Role.AUTHOR]
    assert "can_add_subpage" in answers(author, council.own["meeting"])
    assert "can_add_subpage" not in answers(author, council.own["board"])
    offered = building.make_item(council.own["meeting"], author, title="A report", publish=False)
    assert answers(author, offered) == {"can_edit"}
    offered.save_revision().publish(user=building.make_user("second"))
    assert answers(author, AgendaItemPage.objects.get(pk=offered.pk)) == set()


def test_a_partner_offers_news_and_nothing_else(council: Council) -> None:
    partner = council.people[Role.PARTNER]
    assert answers(partner, council.own["meeting"]) == set()
    assert answers(partner, council.own["action"]) == {"can_add_subpage"}
    news = building.make_update(council.own["action"], partner, publish=False)
    assert answers(partner, news) == {"can_edit"}
    assert answers(council.people[Role.EDITOR], news) >= {"can_edit", "can_publish"}


DOORS = {
    "edit": lambda record: reverse("wagtailadmin_pages:edit", args=[record.pk]),
    "delete": lambda record: reverse("wagtailadmin_pages:delete", args=[record.pk]),
    "withdraw": lambda record: reverse("withdraw_record", args=[record.pk]),
    "unpublish": lambda record: reverse("wagtailadmin_pages:unpublish", args=[record.pk]),
    "add": lambda record: reverse("wagtailadmin_pages:add_subpage", args=[record.pk]),
    "copy": lambda record: reverse("wagtailadmin_pages:copy", args=[record.pk]),
    "move": lambda record: reverse("wagtailadmin_pages:move", args=[record.pk]),
}


def opens(user: User, address: str) -> bool:
    """Whether the admin shows the page instead of sending the person away."""
    client = Client()
    client.force_login(user)
    response = client.get(address)
    # Where only one sort of page fits, Wagtail goes straight to its form.
    return response.status_code == 200 or response.headers.get("Location", "").startswith("/admin/pages/add/")


OPEN_DOORS: list[tuple[Role, str, set[str]]] = [
    (Role.EDITOR, "draft action", {"edit", "delete", "add", "copy", "move"}),
    (Role.EDITOR, "action", {"edit", "withdraw", "add", "copy"}),
    (Role.EDITOR, "meeting", {"edit", "withdraw", "add", "copy"}),
    (Role.APPROVER, "meeting", {"edit", "withdraw", "copy"}),
    (Role.AUTHOR, "meeting", {"add"}),
    (Role.PARTNER, "meeting", set()),
    (Role.PARTNER, "action", {"add"}),
    (Role.PARTNER, "draft action", set()),
    (Role.MEMBER, "meeting", set()),
    (Role.AUDITOR, "meeting", set()),
    (Role.AUDITOR, "draft action", set()),
]


def test_the_doors_of_the_admin(council: Council) -> None:
    for role, kind, open_doors in OPEN_DOORS:
        found = {name for name, address in DOORS.items() if opens(council.people[role], address(council.own[kind]))}
        assert found == open_doors, (role, kind)


def test_the_doors_of_another_board_are_shut(council: Council) -> None:
    for role in HELD_ROLES:
        for kind in ("meeting", "action", "draft action"):
            found = {name for name, address in DOORS.items() if opens(council.people[role], address(council.other[kind]))}
            assert found == set(), (role, kind)


def explored(user: User, address: str, missing_ok: bool = False) -> str:
    """What the explorer shows."""
    client = Client()
    client.force_login(user)
    response = client.get(address, follow=True)
    assert response.status_code == 200 or missing_ok
    return response.content.decode()


def test_the_explorer_shows_a_boards_editor_their_own_actions_only(council: Council) -> None:
    progress = reverse("wagtailadmin_explore", args=[ProgressIndexPage.objects.get().pk])
    shown = explored(council.people[Role.EDITOR], progress)
    assert "Draft action of HWB" in shown
    assert "Draft action of SCP" not in shown
    assert reverse(
        "wagtailadmin_pages:add", args=["governance", "actionpage", ProgressIndexPage.objects.get().pk]
    ) in shown or (reverse("wagtailadmin_pages:add_subpage", args=[ProgressIndexPage.objects.get().pk]) in shown)
    inside = explored(council.people[Role.EDITOR], reverse("wagtailadmin_explore", args=[council.own["action"].pk]))
    assert "Action of HWB" in inside


def test_the_explorer_shows_an_auditor_everything(council: Council) -> None:
    progress = reverse("wagtailadmin_explore", args=[ProgressIndexPage.objects.get().pk])
    shown = explored(council.people[Role.AUDITOR], progress)
    assert "Draft action of HWB" in shown
    assert "Draft action of SCP" in shown
    assert "wagtailadmin_pages:edit" not in shown


def test_the_chooser_offers_an_action_of_the_own_board(council: Council) -> None:
    address = reverse("wagtailadmin_choose_page_child", args=[ProgressIndexPage.objects.get().pk])
    client = Client()
    client.force_login(council.people[Role.EDITOR])
    response = client.get(address, {"page_type": "governance.actionpage"})
    assert "Action of HWB" in response.json()["html"]


def action_form(board: BoardPage, **more: str) -> dict[str, str]:
    """What the form of a new action sends."""
    formsets = ("partners", "milestones", "principle_answers", "involvements", "evidence", "alternatives")
    empty = {f"{name}-{field}": "0" for name in formsets for field in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {
        "title": "Ask carers",
        "slug": "ask-carers",
        "kind": "board",
        "board": str(board.pk),
        "promise": "We will ask carers.",
        "origin": "discussion",
        "news_every_weeks": "8",
        **empty,
        **more,
    }


def test_an_editor_adds_an_action_of_their_board_and_of_no_other(council: Council) -> None:
    address = reverse("wagtailadmin_pages:add", args=["governance", "actionpage", ProgressIndexPage.objects.get().pk])
    client = Client()
    client.force_login(council.people[Role.EDITOR])
    assert client.get(address).status_code == 200
    client.post(address, action_form(council.other["board"]))
    assert not ActionPage.objects.filter(slug="ask-carers").exists()
    response = client.post(address, action_form(council.own["board"], **{"action-publish": "publish"}))
    made = ActionPage.objects.get(slug="ask-carers")
    assert response.status_code == 302
    assert (made.live, made.reference, made.owner) == (True, "HWB-A2", council.people[Role.EDITOR])


def test_others_add_no_action(council: Council) -> None:
    address = reverse("wagtailadmin_pages:add", args=["governance", "actionpage", ProgressIndexPage.objects.get().pk])
    for role in (Role.APPROVER, Role.AUTHOR, Role.PARTNER, Role.AUDITOR, Role.MEMBER):
        assert not opens(council.people[role], address), role


@pytest.fixture
def studies(clerk: User, council: Council) -> dict[str, Any]:
    """A public case study and a draft: of no one board."""
    index = CaseStudyIndexPage.objects.get()
    return {
        "case study": add_record(parent=index, page=CaseStudyPage(title="Tea"), by=clerk, publish=True),
        "draft case study": add_record(parent=index, page=CaseStudyPage(title="Cake"), by=clerk),
    }


def test_those_who_write_for_any_board_write_case_studies(council: Council, studies: dict[str, Any]) -> None:
    for role, person in council.people.items():
        assert answers(person, studies["draft case study"]) == ALLOWED[role] - {"can_add_subpage"}, role
        assert not answers(person, studies["case study"]) & {"can_delete", "can_move"}, role
        index = CaseStudyIndexPage.objects.get()
        address = reverse("wagtailadmin_pages:add", args=["governance", "casestudypage", index.pk])
        assert opens(person, address) is (role in {Role.EDITOR, Role.ADMINISTRATOR}), role
        listed = "Cake" in explored(person, reverse("wagtailadmin_explore", args=[index.pk]), missing_ok=True)
        assert listed is (role in {Role.EDITOR, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR}), role


def test_an_editor_publishes_a_case_study(council: Council) -> None:
    index = CaseStudyIndexPage.objects.get()
    client = Client()
    client.force_login(council.people[Role.EDITOR])
    address = reverse("wagtailadmin_pages:add", args=["governance", "casestudypage", index.pk])
    form = {"title": "Tea", "what_happened": "null", "what_was_learned": "null", "action-publish": "publish"}
    assert client.post(address, form).status_code == 302
    assert CaseStudyPage.objects.get().live


def test_the_board_of_a_public_action_does_not_change(council: Council, clerk: User) -> None:
    action = council.own["action"]
    client = Client()
    client.force_login(clerk)
    client.post(
        reverse("wagtailadmin_pages:edit", args=[action.pk]),
        action_form(council.other["board"], **{"action-publish": "publish"}),
    )
    fresh = ActionPage.objects.get(pk=action.pk)
    assert (fresh.title, fresh.board_id) == ("Ask carers", council.own["board"].pk)


def test_a_group_says_what_the_matrix_says_even_after_it_was_changed_by_hand(board: BoardPage) -> None:
    author = Group.objects.get(name="HWB: Report author")
    editor = Group.objects.get(name="HWB: Democratic services editor")
    held = GroupPagePermission.objects.filter(group=author)
    held.delete()
    author.permissions.set(editor.permissions.all())
    sync_roles()
    assert {row.permission.codename for row in held.all()} == {"report_page", "update_page"}
    assert {right.codename for right in author.permissions.all()} == {"access_admin"}


def test_nobody_may_delete_a_row_of_a_register(board: BoardPage) -> None:
    for group in Group.objects.filter(name__contains="HWB:") | Group.objects.filter(name__in=["Auditor", "Administrator"]):
        assert not [right for right in group.permissions.all() if right.codename.startswith("delete_")]


def test_an_auditor_sees_every_register(board: BoardPage) -> None:
    rights = Group.objects.get(name="Auditor").permissions.values_list(
        "content_type__app_label", "content_type__model", "codename"
    )
    assert {f"{app}.{model}" for app, model, codename in rights if codename.startswith("view_")} == set(REGISTERS)


def test_a_role_of_a_board_needs_its_board() -> None:
    with pytest.raises(ValueError, match="board"):
        group_name(Role.EDITOR)
    with pytest.raises(ValueError, match="site"):
        group_name(Role.AUDITOR, "HWB")


def test_meetings_of_another_board_are_not_listed(council: Council) -> None:
    shown = explored(council.people[Role.EDITOR], reverse("wagtailadmin_explore", args=[council.own["board"].pk]))
    assert MeetingPage.objects.get(pk=council.own["meeting"].pk).title in shown
