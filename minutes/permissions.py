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


def may_bring_papers(user: Any, item: Any) -> bool:
    """Whether the person lists papers of an item and uploads their files: those who write for the board, and who offered the item."""
    rights = item.permissions_for_user(user)
    return bool(rights.holds("add") or rights.holds("change") or (rights.holds("report") and item.owner_id == user.pk))


def may_decide_on_papers(user: Any, item: Any) -> bool:
    """Whether the person answers for what was found in a paper, refuses and withdraws papers, and publishes supplements."""
    return may_publish_for(user, item)


def may_order_papers(user: Any, item: Any) -> bool:
    """Whether the person puts the papers of an item in order and marks them as checked."""
    return may_write_for(user, item)


def may_record_attendance(user: Any, meeting: Any) -> bool:
    """Whether the person records who was at a meeting, and sends on what it could not decide: those who write for the board."""
    return may_write_for(user, meeting)
