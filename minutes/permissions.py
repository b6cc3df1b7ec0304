"""Who takes which step with a meeting and what it leaves behind. Entry points ask; operations do not."""

from typing import Any

from governance.permissions import may_publish_for, may_write_for


def may_run_meeting(user: Any, meeting: Any) -> bool:
    """Whether the person publishes agendas and minutes of this meeting and sets where it stands."""
    return may_publish_for(user, meeting)


def may_link_action(user: Any, resolution: Any) -> bool:
    """Whether the person says what came of a resolution: its actions, or that it needs none."""
    return may_write_for(user, resolution)


def may_start_action(user: Any, resolution: Any) -> bool:
    """Whether the person adds an action for the resolution's board."""
    return bool(resolution.permissions_for_user(user).holds("add"))


def may_correct(user: Any, minute: Any) -> bool:
    """Whether the person records a correction of a confirmed minute."""
    return may_publish_for(user, minute)
