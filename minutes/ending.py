"""When a later resolution may replace or rescind an earlier one. Pure: it takes resolutions and asks no database."""

from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from minutes.enums import ResolutionStanding


def check_ends(earlier: Any, later: Any) -> None:
    """Refuse to end a resolution by itself, one that was never adopted, and one that another has ended already.

    Raises:
        Refused: saying which.
    """
    if later.pk is not None and earlier.pk == later.pk:
        raise Refused(_("A resolution does not replace itself."))
    if earlier.adopted_at is None:
        raise Refused(_("“%(earlier)s” is not adopted, so nothing of it is to be replaced.") % {"earlier": earlier})
    is_own = later.pk is not None and (earlier.ended_by_id == later.pk or _was_ended_so(earlier, later))
    if earlier.standing != ResolutionStanding.ADOPTED and not is_own:
        raise Refused(
            _("“%(earlier)s” is “%(standing)s” already.") % {"earlier": earlier, "standing": earlier.get_standing_display()}
        )


def _was_ended_so(earlier: Any, later: Any) -> bool:
    """Whether the later one ended it before that was kept as a link."""
    return bool(earlier.ended_by_id is None and later.adopted_at is not None and later.supersedes_id == earlier.pk)
