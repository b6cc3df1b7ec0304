"""What mail of a kind must still fulfil at the moment it is sent. The app that sends a kind says so in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import Any

Check = Callable[[Any], str]
_checks: dict[str, Check] = {}


def register(kind: str, check: Check) -> None:
    """Say what is looked at again just before mail of a kind is sent.

    Args:
        kind: the kind of delivery, such as `alert`.
        check: given the delivery, answers why it must not be sent any more; empty when it may.

    Raises:
        ValueError: there is a check for that kind.
    """
    if kind in _checks:
        raise ValueError(f"mail of the kind {kind} is checked already")
    _checks[kind] = check


def why_not(delivery: Any) -> str:
    """Why a delivery must not be sent any more; empty when it may."""
    check = _checks.get(delivery.kind)
    return check(delivery) if check is not None else ""
