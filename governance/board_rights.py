"""The rights of a board on what lives elsewhere in the tree, for everything in Wagtail that asks about many pages at once.

The tester of `permissions.py` answers for one record; the explorer, the choosers, the reports and the admin's own search ask this
policy for a queryset. Both follow one rule: the rights on an action or a strategy are those on its board.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from governance.models import ActionPage, CaseStudyIndexPage, CaseStudyPage, ProgressIndexPage, StrategyPage

# Rights that let a person see a page in the explorer without being one of Wagtail's own.
LOOKING = frozenset({"view", "report", "update"})
WORKING = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})
# What a chooser is told when it is to offer only pages of the boards that a person works for.
OWN_PAGES = "own"


def only_offers(user: Any) -> bool:
    """Whether the person offers items or news and works for no board: report authors and partners. They see what they have a part in."""
    if user.is_superuser:
        return False
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return not any(each.permission.codename.rsplit("_", maxsplit=1)[0] in WORKING | {"view"} for each in held)


def choosable_by(user: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    """The pages among these that a chooser offers the person: to those who only offer, what the explorer shows them."""
    return pages_offered(user, pages) if only_offers(user) else pages


class BoardRightsPolicy(PagePermissionPolicy):
    """Wagtail's policy for pages, which also reaches a board's actions and those who only look."""

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whoever only looks may open the explorer."""
        wanted = set(actions)
        return bool(super().user_has_any_permission(user, wanted | LOOKING if wanted >= WORKING else wanted))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """The pages themselves, the actions and strategies of boards that the rights are held for, and case studies."""
        wanted = set(actions)
        if wanted >= WORKING:
            wanted |= LOOKING
        pages = super().instances_user_has_any_permission_for(user, wanted)
        if self._base_queryset_for_user(user) is not None:
            return pages
        boards = self._boards(user, wanted)
        if boards:
            pages |= self.model._default_manager.filter(_elsewhere_of(boards))
        if self._boards(user, wanted & WORKING):
            pages |= self.model._default_manager.filter(pk__in=CaseStudyPage.objects.values("pk"))
        return pages

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        """Where the explorer opens: the boards, the progress page their actions are on, and the list of case studies."""
        if user.is_superuser:
            return super().instances_with_direct_explore_permission(user)
        return [*self._boards(user, WORKING | LOOKING).values(), *self._shared_lists(user)]

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        """What the explorer shows: as Wagtail has it, and the way down to the progress page."""
        if self._base_queryset_for_user(user) is not None:
            return super().explorable_instances(user)
        pages = self.instances_user_has_any_permission_for(user, WORKING)
        opened = self.instances_with_direct_explore_permission(user)
        for page in opened:
            pages |= self.model._default_manager.ancestor_of(page, inclusive=True)
        root = self.explorable_root_instance(user)
        return pages.filter(path__startswith=root.path) if root is not None else pages.none()

    def _boards(self, user: Any, actions: Iterable[str]) -> dict[int, Page]:
        codenames = self._get_permission_codenames(set(actions))
        held = self.get_cached_permissions_for_user(user)
        return {each.page_id: each.page for each in held if each.permission.codename in codenames}

    def _shared_lists(self, user: Any) -> list[Page]:
        lists = [ProgressIndexPage] if self._boards(user, WORKING | LOOKING) else []
        lists += [CaseStudyIndexPage] if self._boards(user, WORKING) else []
        return [page for page_class in lists for page in page_class.objects.all()]


def _elsewhere_of(boards: dict[int, Page]) -> Q:
    below = Q()
    for page in boards.values():
        below |= Q(board__path__startswith=page.path)
    found = Q()
    for page_class in (ActionPage, StrategyPage):
        records = page_class._default_manager.filter(below)
        parent = Substr("path", 1, Length("path") - Page.steplen)
        children = Page.objects.annotate(above=parent).filter(above__in=records.values("path"))
        found |= Q(pk__in=records.values("pk")) | Q(pk__in=children.values("pk"))
    return found


def pages_seen_by(user: Any) -> QuerySet[Page]:
    """The pages that the explorer shows a person for their own rights, not only as the way to others."""
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, WORKING)


def pages_written_for(user: Any) -> QuerySet[Page]:
    """The pages that a person may change: those of the boards they write for."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")


def pages_offered(user: Any, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Of the pages in a chooser, those of a person's own boards and the way down to them."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(pk__in=explorable.values("pk"))


def register() -> None:
    """Let Wagtail ask this policy about every page. Called once, when the app is ready."""
    register_permission_policy(Page, BoardRightsPolicy("wagtailcore.Page"))
