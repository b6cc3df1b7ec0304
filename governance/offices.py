"""Who holds or held a public office, told by each app from what it keeps: their names stay on records unless there is a reason."""

from collections.abc import Callable

from governance.models import Membership, User
from governance.person_rules import says
from governance.registering import Additions

Ask = Callable[[str], bool]
_asks: Additions[Ask] = Additions("tells of offices")
register = _asks.add
"""Have this asked whether one of these names, each on a line of its own, is of somebody who acted in public office."""


def holds_office(names: str) -> bool:
    """Whether one of these names is of somebody who sits or sat on a board, or who works here."""
    return any(ask(names) for ask in _asks)


def sits_or_works_here(names: str) -> bool:
    """Whether one of these names is of a member of a board or of somebody with a log-in for the admin."""
    members = Membership.objects.values_list("person__name", "person__email").distinct()
    users = User.objects.filter(is_active=True).exclude(groups=None, is_superuser=False)
    staff = ((f"{user.first_name} {user.last_name}", user.email) for user in users)
    return any(says(names, text) for row in (*members, *staff) for text in row if text)
