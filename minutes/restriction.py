"""The states of what is kept back from publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RestrictionState(models.TextChoices):
    """Whether the words of an item taken in private are still kept back."""

    IN_FORCE = "in_force", _("Not for publication")
    RELEASED = "released", _("Released")


class RestrictedPaperState(models.TextChoices):
    """Where a paper that is not for publication stands. Members read it once it is checked; the public once it is released."""

    RECEIVED = "received", _("Received")
    CHECKED = "checked", _("Checked")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RELEASED = "released", _("Released")


RESTRICTED_PAPER_TRANSITIONS: dict[str, frozenset[RestrictedPaperState]] = {
    RestrictedPaperState.RECEIVED: frozenset(
        {RestrictedPaperState.CHECKED, RestrictedPaperState.SUPERSEDED, RestrictedPaperState.WITHDRAWN}
    ),
    RestrictedPaperState.CHECKED: frozenset(
        {RestrictedPaperState.SUPERSEDED, RestrictedPaperState.WITHDRAWN, RestrictedPaperState.RELEASED}
    ),
    RestrictedPaperState.SUPERSEDED: frozenset(),
    RestrictedPaperState.WITHDRAWN: frozenset(),
    RestrictedPaperState.RELEASED: frozenset(),
}
KEPT_BACK = frozenset({RestrictedPaperState.RECEIVED, RestrictedPaperState.CHECKED})
"""Where a paper is in use and still kept back."""


class CopyState(models.TextChoices):
    """How far a sealed copy of a members' pack is."""

    WAITING = "waiting", _("Waiting to be made")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class Exclusion(models.TextChoices):
    """Whether the press and public are excluded from an item, and why."""

    COMPULSORY = "compulsory", _("The public must be excluded: the information is confidential.")
    NOT_MOVED = "not_moved", _("No motion to exclude the press and public is drafted yet.")
    DRAFTED = "drafted", _("The motion to exclude the press and public is drafted. The board has not decided it.")
    CARRIED = "carried", _("The board resolved to exclude the press and public.")
    LOST = "lost", _("The motion to exclude the press and public was not carried: the item is taken in public, or deferred.")
