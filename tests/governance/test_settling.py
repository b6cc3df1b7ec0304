"""Settling comments in the admin: who may, and answering in the same step."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import CommentState, Role
from governance.models import ActionPage, BoardPage, Comment, Point, User
from governance.operations.comments import receive_comment
from governance.operations.roles import give_role
from governance.roles import MATRIX, Scope
from tests import building

pytestmark = pytest.mark.django_db
SETTLE = {"decision": "publish", "text": "Come on time.", "kind": "will_do", "answer": "From January."}


@pytest.fixture
def comment(board: BoardPage, clerk: User) -> Comment:
    """One that waits on an action of the board."""
    action = building.make_action(board, clerk, lead_organisation=building.make_organisation())
    return receive_comment(action=action, text="Come on time, Mrs Smith.")


def where(comment: Comment) -> str:
    """The form for one comment."""
    return reverse("settle_comment", args=[comment.about_id, comment.pk])


def visitor(role: Role, board: BoardPage) -> Client:
    """Somebody in a role, logged in."""
    person = building.make_user(role.value, is_superuser=False, is_staff=False)
    held_for: dict[Scope, dict[str, Any]] = {
        Scope.BOARD: {"board": board},
        Scope.ORGANISATION: {"organisation": building.make_organisation()},
    }
    give_role(user=person, role=role, **held_for.get(MATRIX[role].scope, {}))
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_those_who_publish_for_the_board_settle_and_nobody_else(comment: Comment, board: BoardPage, role: Role) -> None:
    client = visitor(role, board)
    may = role in {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
    assert (client.get(where(comment)).status_code == 200) is may
    client.post(where(comment), SETTLE)
    assert (Comment.objects.get().state == CommentState.PUBLISHED) is may
    assert Point.objects.public().exists() is may


def test_an_editor_of_another_board_neither_sees_nor_settles(comment: Comment, clerk: User) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    client = visitor(Role.EDITOR, other)
    client.post(where(comment), SETTLE)
    assert Comment.objects.get().state == CommentState.RECEIVED
    assert "Mrs Smith" not in client.get(reverse("governance_comment_modeladmin_index")).content.decode()


def test_the_register_leads_to_the_form_and_nothing_else(comment: Comment, board: BoardPage) -> None:
    client = visitor(Role.EDITOR, board)
    shown = client.get(reverse("governance_comment_modeladmin_index")).content.decode()
    assert "Mrs Smith" in shown
    assert where(comment) in shown
    for name, arguments in (("create", []), ("edit", [comment.pk]), ("delete", [comment.pk])):
        address = reverse(f"governance_comment_modeladmin_{name}", args=arguments)
        assert client.post(address, {"text": "Changed"}).status_code == 302
    assert Comment.objects.get().text == "Come on time, Mrs Smith."


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "This field is required."),
        ({"decision": "publish"}, "Say what came of it"),
        ({"decision": "publish", "kind": "done", "answer": "  "}, "Say what came of it"),
        ({"decision": "keep_back", "reason": " "}, "Give the reason"),
        ({**SETTLE, "kind": "waiting"}, "waiting"),
        ({**SETTLE, "answer": "\x00"}, "Null characters"),
    ],
)
def test_half_a_decision_is_refused_and_nothing_is_lost(
    comment: Comment, board: BoardPage, sent: dict[str, str], says: str
) -> None:
    response = visitor(Role.EDITOR, board).post(where(comment), sent)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert Comment.objects.get().state == CommentState.RECEIVED


def test_keeping_back_tells_the_reason_in_public(comment: Comment, board: BoardPage) -> None:
    client = visitor(Role.EDITOR, board)
    client.post(where(comment), {"decision": "keep_back", "reason": "It names somebody."})
    shown = Client().get(comment.about.get_url()).content.decode()
    assert "1 comment was not published" in shown
    assert "It names somebody." in shown
    assert "Mrs Smith" not in shown
    assert client.post(where(comment), SETTLE).status_code == 409


def test_a_comment_is_found_only_with_its_own_action(comment: Comment, board: BoardPage, clerk: User) -> None:
    other = building.make_action(board, clerk, "Another action")
    address = reverse("settle_comment", args=[other.pk, comment.pk])
    assert visitor(Role.EDITOR, board).get(address).status_code == 404


def test_what_was_published_stands_on_the_action_with_its_answer(comment: Comment, board: BoardPage) -> None:
    visitor(Role.EDITOR, board).post(where(comment), SETTLE)
    shown = Client().get(ActionPage.objects.get().get_url()).content.decode()
    assert "“Come on time.”" in shown
    assert "From January." in shown
