"""Who may do what with a record: one tester that the explorer, the editor, bulk actions and our own views all ask."""

from typing import Any

from wagtail.models import PagePermissionTester


class RecordPermissionTester(PagePermissionTester):
    """The rights of one person on one record.

    Rights come from the record's place in the tree and, for records that live elsewhere, from the page that `rights_follow` of
    the record names (an action's board). No right reaches past two rules of the house: what is final stays as it is, and what
    was public is never deleted.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if self.user.is_active and not self.user.is_superuser:
            self.permissions |= {
                permission.permission.codename.rsplit("_", maxsplit=1)[0]
                for permission in self.permission_policy.get_cached_permissions_for_user(user)
                if page.rights_follow(permission.page)
            }

    @property
    def _frozen(self) -> bool:
        return bool(self.page.is_frozen)

    @property
    def _kept(self) -> bool:
        """Whether the record, or one below it, has ever been public."""
        if self.page.first_published_at:
            return True
        return bool(self.page.get_descendants().filter(first_published_at__isnull=False).exists())

    def can_publish(self) -> bool:
        """A final record is not published again: nothing of it may change."""
        return not self._frozen and bool(super().can_publish())

    def can_unpublish(self) -> bool:
        """A final record is superseded or rescinded, not taken away."""
        return not self._frozen and bool(super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only what was never public, with nothing public below it, can be deleted."""
        return bool(super().can_delete(ignore_bulk=ignore_bulk)) and not self._frozen and not self._kept

    def can_move(self) -> bool:
        """A record that was public keeps its place: the chain it belongs to is part of what it says."""
        return not self._frozen and not self.page.first_published_at and bool(super().can_move())

    def can_move_to(self, destination: Any) -> bool:
        """Nobody, administrators included, moves what may not be moved."""
        return self.can_move() and bool(super().can_move_to(destination))

    def can_lock(self) -> bool:
        """Wagtail's own lock means nothing on a final record."""
        return not self._frozen and bool(super().can_lock())

    def can_unlock(self) -> bool:
        """Nobody unlocks a final record."""
        return not self._frozen and bool(super().can_unlock())
