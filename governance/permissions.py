"""Who may do what with a record: one tester that the explorer, the editor, bulk actions and our own views all ask."""

from typing import Any

from wagtail.models import PagePermissionTester


def codes_that_follow(user: Any, page: Any, policy: Any) -> set[str]:
    """The codes of rights held on a page that a record elsewhere goes with, such as an action's board.

    Args:
        user: the person.
        page: the record, whose `rights_follow` says what it goes with.
        policy: Wagtail's policy for pages, which knows the person's rights.
    """
    if not page.pk:
        # Rights on what is being made are those on the page it is made under.
        return set()
    return {
        held.permission.codename.rsplit("_", maxsplit=1)[0]
        for held in policy.get_cached_permissions_for_user(user)
        if page.rights_follow(held.page)
    }


class RecordPermissionTester(PagePermissionTester):
    """The rights of one person on one record.

    Rights come from the record's place in the tree and, for records that live elsewhere, from the page that `rights_follow` of
    the record names (an action's board). No right reaches past two rules of the house: what is final stays as it is, and what
    was public is never deleted.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if self.user.is_active and not self.user.is_superuser:
            self.permissions |= codes_that_follow(user, page, self.permission_policy)

    def holds(self, code: str) -> bool:
        """Whether the person holds a right here, such as `publish`."""
        return bool(self.user.is_active and (self.user.is_superuser or code in self.permissions))

    @property
    def _frozen(self) -> bool:
        return bool(self.page.is_frozen)

    @property
    def _kept(self) -> bool:
        """Whether the record, or one below it, has ever been public."""
        if self.page.first_published_at:
            return True
        return bool(self.page.get_descendants().filter(first_published_at__isnull=False).exists())

    def can_add_subpage(self) -> bool:
        """Besides those who write for the board, those who may only offer what belongs below this record."""
        return bool(super().can_add_subpage()) or bool(self.page.takes_offers_of and self.holds(self.page.takes_offers_of))

    def can_edit(self) -> bool:
        """Besides those who write for the board, those who offered this record, until it is public."""
        own_offer = self.page.offered_with and self.page.owner_id == self.user.pk and not self.page.first_published_at
        return bool(super().can_edit()) or bool(own_offer and self.holds(self.page.offered_with))

    def can_publish(self) -> bool:
        """A final record is not published again: nothing of it may change."""
        return not self._frozen and bool(super().can_publish())

    def can_unpublish(self) -> bool:
        """Nobody: a record is withdrawn, with a reason."""
        return False

    def can_withdraw(self) -> bool:
        """Those who could unpublish another page. What is final is superseded, rescinded or corrected, unless its class says otherwise."""
        if self._frozen:
            # Wagtail lets nobody unpublish what is locked, and what is final is.
            return bool(self.page.withdrawn_when_final and self.page.live and self.holds("publish"))
        return bool(super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only what was never public, with nothing public below it, can be deleted."""
        return bool(super().can_delete(ignore_bulk=ignore_bulk)) and not self._frozen and not self._kept

    def can_move(self) -> bool:
        """A record that was public keeps its place: the chain it belongs to is part of what it says."""
        return not self._frozen and not self.page.first_published_at and bool(super().can_move())

    def can_move_to(self, destination: Any) -> bool:
        """Nobody, administrators included, moves what may not be moved."""
        return self.can_move() and bool(super().can_move_to(destination))

    def can_copy(self) -> bool:
        """Copying makes a new draft, which is for those who write for the board."""
        return self.holds("change") or self.holds("add")

    def can_lock(self) -> bool:
        """Wagtail's own lock means nothing on a final record."""
        return not self._frozen and bool(super().can_lock())

    def can_unlock(self) -> bool:
        """Nobody unlocks a final record."""
        return not self._frozen and bool(super().can_unlock())


class SharedListPermissionTester(PagePermissionTester):
    """The rights on a list that all boards share, such as the progress page: whoever writes for a board adds to it.

    What they may do with a record on it follows from the record: of actions, those of their own board.
    """

    def _held_somewhere(self, code: str) -> set[Any]:
        return {
            held.page_id
            for held in self.permission_policy.get_cached_permissions_for_user(self.user)
            if held.permission.codename == f"{code}_page"
        }

    def can_add_subpage(self) -> bool:
        """The form then offers only the boards that the person writes for."""
        return bool(super().can_add_subpage() or (self.user.is_active and self._held_somewhere("add")))

    def can_publish_subpage(self) -> bool:
        """At once only where the person may publish for every board they write for; else by the action's own rights."""
        if super().can_publish_subpage():
            return True
        writes_for = self._held_somewhere("add")
        return bool(self.user.is_active and writes_for and writes_for <= self._held_somewhere("publish"))


def may_write_for(user: Any, record: Any) -> bool:
    """Whether the person changes records of this one's board."""
    return bool(record.permissions_for_user(user).holds("change"))


def may_publish_for(user: Any, record: Any) -> bool:
    """Whether the person makes records of this one's board public."""
    return bool(record.permissions_for_user(user).holds("publish"))


def may_withdraw(user: Any, record: Any) -> bool:
    """Whether the person takes this record out of public view."""
    return bool(record.permissions_for_user(user).can_withdraw())


def may_ask_for_approval(user: Any, record: Any) -> bool:
    """Whether the person asks others to publish this record: those who may change it while it is not final."""
    return bool(record.permissions_for_user(user).can_edit())


def may_run_the_site(user: Any) -> bool:
    """Whether the person is one of the administrators, who see whom mail goes to."""
    return bool(user.is_active and user.has_perm("governance.change_user"))


def may_ask_partners(user: Any, action: Any) -> bool:
    """Whether the person asks partners about this action: those who write for its board, once it is public."""
    return bool(action.live and may_write_for(user, action))


def may_decide(user: Any, answer: Any) -> bool:
    """Whether the person reads an answer from a partner and decides on it.

    That is for those who publish for the board. What is told in confidence is for its democratic services alone.
    """
    action = answer.partner_request.action
    return may_read_in_confidence(user, action) if answer.is_confidential else may_publish_for(user, action)


def may_read_in_confidence(user: Any, action: Any) -> bool:
    """Whether the person is of the democratic services of the action's board: those who add its records."""
    return bool(action.permissions_for_user(user).holds("add"))
