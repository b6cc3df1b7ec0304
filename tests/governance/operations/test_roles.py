"""Giving roles."""

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, User
from governance.operations.roles import give_role
from tests import building

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_a_role_for_a_board(board: BoardPage, clerk: User) -> None:
    user = building.make_user("sam", is_superuser=False)
    give_role(user=user, role=Role.EDITOR, board=board, by=clerk)
    assert [group.name for group in user.groups.all()] == ["HWB: Democratic services editor"]
    assert user.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_others_give_no_roles(board: BoardPage, role: Role) -> None:
    user = building.make_user("sam", is_superuser=False)
    give_role(user=user, role=role, board=board if role not in {Role.AUDITOR} else None)
    with pytest.raises(Refused, match="Only an administrator"):
        give_role(user=user, role=Role.ADMINISTRATOR, by=User.objects.get(pk=user.pk))
    assert user.groups.count() == 1


@pytest.mark.parametrize(
    ("role", "with_board", "words"),
    [("editor", False, "say which"), ("auditor", True, "whole site"), ("mayor", False, "There is no role")],
)
def test_what_does_not_fit_is_refused(board: BoardPage, role: str, with_board: bool, words: str) -> None:
    user = building.make_user("sam", is_superuser=False)
    with pytest.raises(Refused, match=words):
        give_role(user=user, role=role, board=board if with_board else None)
