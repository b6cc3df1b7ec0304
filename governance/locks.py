"""The lock that a final record shows in the editor."""

from typing import Any

from django.utils.translation import gettext as _

from wagtail.locks import BaseLock


class RecordLock(BaseLock):
    """Locks a final record for everybody, administrators too, and says how it is corrected."""

    def for_user(self, user: Any) -> bool:
        """The lock holds for everyone."""
        return True

    def get_message(self, user: Any) -> str:
        """Why the record is final and what to do instead."""
        return str(self.object.frozen_because)

    def get_locked_by(self, user: Any) -> str:
        """What locked it."""
        return _("The record is final")

    def get_description(self, user: Any) -> str:
        """A short description for the side panel."""
        return _("A final record is corrected by a new entry, never changed.")
