"""Writing the matrix of roles into groups, and giving a person a role."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Organisation, User
from governance.publication import Publication
from governance.roles import MATRIX, Rights, Scope, group_name

# What our own page rights are called where an administrator sees them; Wagtail brings the others.
OWN_PAGE_RIGHTS = {"report": "Offer items for an agenda", "update": "Offer news of an action", "view": "Look at any page"}
STOCK_GROUPS = ("Editors", "Moderators")
STOCK_WORKFLOW = "Moderators approval"
FILE_RIGHTS = ("add_contentdocument", "choose_contentdocument", "add_contentimage", "choose_contentimage")


@transaction.atomic
def sync_roles(*, board: BoardPage | None = None) -> None:
    """Make the groups say what the matrix says: those of one board, or of the whole site and every board.

    Wagtail's own groups are removed unless somebody is in them. A right that somebody added to a group by hand is taken away again: the matrix is the only place where rights are given.
    """
    root = Page.get_first_root_node()
    if root is None:
        return
    if board is None:
        stock_groups().filter(user=None).delete()
        remove_stock_workflow()
    boards = BoardPage.objects.all() if board is None else [board]
    # The names of groups are the same whatever language the person who publishes a board reads.
    with override("en-gb"):
        for role, rights in MATRIX.items():
            if rights.scope is Scope.SITE and board is None:
                _write(_group(group_name(role)), rights, [root])
            elif rights.scope is Scope.BOARD:
                for each in boards:
                    _write(_group(group_name(role, each.code)), rights, [each])
    if board is None:
        for organisation in Organisation.objects.exclude(contributors=None):
            sync_contributors(organisation=organisation)


def stock_groups() -> QuerySet[Group]:
    """The groups that Wagtail brings. Their rights reach over every board, which no role of the matrix but two does."""
    return Group.objects.filter(name__in=STOCK_GROUPS)


def remove_stock_workflow() -> None:
    """Take away the workflow that Wagtail brings, unless it was ever used: its approvers were a group that is gone.

    Drafts here are offered to those who publish for the board, and these find them on their list.
    """
    idle = GroupApprovalTask.objects.filter(name=STOCK_WORKFLOW, groups=None, task_states=None)
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW, workflow_states=None, workflow_tasks__task__in=idle):
        WorkflowPage.objects.filter(workflow=workflow).delete()
        workflow.delete()
    idle.filter(workflow_tasks=None).delete()


@transaction.atomic
def sync_contributors(*, organisation: Organisation) -> Group:
    """Make the group of an organisation's contributors say what the matrix says, on the public actions it has a part in."""
    with override("en-gb"):
        name = group_name(Role.PARTNER, organisation.name)
    if organisation.contributors is None:
        organisation.contributors = Group.objects.create(name=name)
        organisation.save(update_fields=["contributors"])
    elif organisation.contributors.name != name:
        organisation.contributors.name = name
        organisation.contributors.save(update_fields=["name"])
    part = Q(lead_organisation=organisation) | Q(partners__organisation=organisation)
    _write(organisation.contributors, MATRIX[Role.PARTNER], list(ActionPage.objects.live().filter(part).distinct()))
    return organisation.contributors


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    board: BoardPage | None = None,
    organisation: Organisation | None = None,
    by: User | None = None,
) -> Group:
    """Give a person a role, for one board, for one organisation or for the whole site.

    Args:
        user: who gets it.
        role: one of `Role`.
        board: the board, for the roles that are held for one.
        organisation: the organisation, for partner contributors.
        by: who gives it; None for the one who installs the site.

    Raises:
        Refused: no such role, held for something else than what is given, or `by` may not give roles.
    """
    if role not in Role.values:
        raise Refused(_("There is no role “%(role)s”. There are: %(roles)s.") % {"role": role, "roles": ", ".join(Role.values)})
    if by is not None and not by.has_perm("governance.change_user"):
        raise Refused(_("Only an administrator gives roles."))
    _check_holder(Role(role), board, organisation)
    if organisation is not None:
        group = sync_contributors(organisation=organisation)
    else:
        sync_roles(board=board)
        with override("en-gb"):
            group = Group.objects.get(name=group_name(Role(role), board.code if board else ""))
    user.groups.add(group)
    return group


def _check_holder(role: Role, board: BoardPage | None, organisation: Organisation | None) -> None:
    scope, words = MATRIX[role].scope, {"role": role.label}
    if scope is Scope.SITE and (board is not None or organisation is not None):
        raise Refused(_("“%(role)s” is held for the whole site, not for a board or an organisation.") % words)
    if scope is Scope.BOARD and (board is None or organisation is not None):
        raise Refused(_("“%(role)s” is held for a board: say which.") % words)
    if scope is Scope.ORGANISATION and (organisation is None or board is not None):
        raise Refused(_("“%(role)s” is held for an organisation: say which.") % words)


def follow_action(publication: Publication) -> None:
    """An action became public, changed or was withdrawn: the contributors of its organisations reach what they have a part in."""
    action = publication.page
    part = Q(led_actions=action) | Q(partnerships__action=action) | Q(contributors__page_permissions__page=action.pk)
    for organisation in Organisation.objects.exclude(contributors=None).filter(part).distinct():
        sync_contributors(organisation=organisation)


def follow_board(publication: Publication) -> None:
    """A board was published: its groups are there."""
    sync_roles(board=publication.page)


def _group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def _write(group: Group, rights: Rights, pages: list[Any]) -> None:
    group.permissions.set(_model_rights(rights))
    granted = _page_rights(rights)
    wanted = {(page.pk, right.pk) for page in pages for right in granted}
    held = GroupPagePermission.objects.filter(group=group)
    kept = {(row.page_id, row.permission_id): row.pk for row in held}
    held.filter(pk__in=[pk for key, pk in kept.items() if key not in wanted]).delete()
    missing = sorted(wanted - kept.keys())
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=right) for page, right in missing
    )
    _write_files(group, rights)


def _write_files(group: Group, rights: Rights) -> None:
    root = Collection.get_first_root_node()
    if root is None or not rights.files:
        GroupCollectionPermission.objects.filter(group=group).delete()
        return
    for right in Permission.objects.filter(content_type__app_label="governance", codename__in=FILE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=right)


def _page_rights(rights: Rights) -> list[Permission]:
    kind = ContentType.objects.get_for_model(Page)
    for code in rights.pages & OWN_PAGE_RIGHTS.keys():
        Permission.objects.get_or_create(content_type=kind, codename=f"{code}_page", defaults={"name": OWN_PAGE_RIGHTS[code]})
    return list(Permission.objects.filter(content_type=kind, codename__in=[f"{code}_page" for code in rights.pages]))


def _model_rights(rights: Rights) -> list[Any]:
    wanted = {("wagtailadmin", "access_admin")} if rights.enters_admin else set()
    for label, codes in rights.registers.items():
        app, model = label.split(".")
        wanted |= {(app, f"{code}_{model}") for code in codes}
    found = Permission.objects.filter(codename__in={codename for app, codename in wanted}).select_related("content_type")
    return [right for right in found if (right.content_type.app_label, right.codename) in wanted]
