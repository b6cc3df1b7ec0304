"""What mail of a kind must still fulfil at the moment it is sent. The app that sends a kind says so in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import Any

from governance.registering import NamedAdditions

Check = Callable[[Any], str]
_checks: NamedAdditions[str, Check] = NamedAdditions("is checked")
register = _checks.add
"""Say what is looked at again just before mail of a kind is sent: given the delivery, why it must not be sent any more; empty when it may."""


def why_not(delivery: Any) -> str:
    """Why a delivery must not be sent any more; empty when it may."""
    check = _checks.get(delivery.kind)
    return check(delivery) if check is not None else ""
