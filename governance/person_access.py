"""Who sees what persons asked of what is held on them: administrators, and democratic services of any board of the body."""

from typing import Any

from wagtail.permissions import policy_registry

from governance.models import BoardPage
from governance.permissions import may_run_the_site


def may_see_person_requests(user: Any) -> bool:
    """Whether the person records and answers such requests: nobody who only reads, approves, reports or offers."""
    if not user.is_active:
        return False
    boards = policy_registry.get_by_type(BoardPage).instances_user_has_permission_for(user, "add")
    return may_run_the_site(user) or bool(boards.exists())
