"""Giving roles."""

from django.contrib.auth.models import Group

from wagtail.models import GroupApprovalTask, GroupPagePermission, Task, Workflow, WorkflowTask

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import ActionPartner, BoardPage, User
from governance.operations.publishing import publish_record, withdraw_record
from governance.operations.roles import STOCK_WORKFLOW, give_role, sync_roles
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
    give_role(user=user, role=role, **building.holder_of(role, board))
    with pytest.raises(Refused, match="Only an administrator"):
        give_role(user=user, role=Role.ADMINISTRATOR, by=User.objects.get(pk=user.pk))
    assert user.groups.count() == 1


@pytest.mark.parametrize(
    ("role", "with_board", "words"),
    [
        ("editor", False, "held for a board: say which"),
        ("partner", True, "held for an organisation: say which"),
        ("auditor", True, "whole site"),
        ("mayor", False, "There is no role"),
    ],
)
def test_what_does_not_fit_is_refused(board: BoardPage, role: str, with_board: bool, words: str) -> None:
    user = building.make_user("sam", is_superuser=False)
    with pytest.raises(Refused, match=words):
        give_role(user=user, role=role, board=board if with_board else None)


def reached_by(user: User) -> set[int]:
    """The pages that the person's groups hold rights on."""
    return set(GroupPagePermission.objects.filter(group__user=user).values_list("page", flat=True))


def test_a_partner_reaches_the_public_actions_of_its_organisation_and_follows_them(board: BoardPage, clerk: User) -> None:
    partner, other = building.make_organisation("Beckside Homes"), building.make_organisation("Healthwatch Ashmere")
    led = building.make_action(board, clerk, "Led", lead_organisation=partner)
    building.make_action(board, clerk, "Of others", lead_organisation=other)
    building.make_action(board, clerk, "Draft", lead_organisation=partner, publish=False)
    user = building.make_user("sam", is_superuser=False)
    group = give_role(user=user, role=Role.PARTNER, organisation=partner)
    assert (group.name, reached_by(user)) == ("Beckside Homes: Partner contributor", {led.pk})

    joined = building.make_action(board, clerk, "Joined", publish=False)
    joined.partners.add(ActionPartner(organisation=partner, role="supports"))
    publish_record(page=joined, by=clerk)
    assert reached_by(user) == {led.pk, joined.pk}
    led.lead_organisation = other
    publish_record(page=led, by=clerk)
    assert reached_by(user) == {joined.pk}
    withdraw_record(page=type(joined).objects.get(pk=joined.pk), by=clerk, reason="It was put on the wrong page.")
    assert reached_by(user) == set()


def test_the_group_follows_the_name_of_its_organisation(board: BoardPage) -> None:
    partner = building.make_organisation("Beckside Homes")
    group = give_role(user=building.make_user("sam", is_superuser=False), role=Role.PARTNER, organisation=partner)
    partner.name = "Beckside " + "and Fellside " * 14
    partner.save()
    sync_roles()
    renamed = Group.objects.get(pk=group.pk)
    assert renamed.name.startswith("Beckside and Fellside")
    assert renamed.name.endswith(": Partner contributor")


def test_the_workflow_that_wagtail_brings_is_gone_unless_it_is_used(board: BoardPage, clerk: User) -> None:
    assert not Workflow.objects.filter(name=STOCK_WORKFLOW).exists()
    assert not Task.objects.filter(name=STOCK_WORKFLOW).exists()
    workflow, task = Workflow.objects.create(name=STOCK_WORKFLOW), GroupApprovalTask.objects.create(name=STOCK_WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(building.make_update(building.make_action(board, clerk), clerk, publish=False), clerk)
    sync_roles()
    assert Workflow.objects.get() == workflow
