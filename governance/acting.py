"""Who acts and at what time, for consequences that Wagtail's signals bring without either."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from wagtail.log_actions import LogContext


@dataclass(frozen=True)
class Act:
    """One act: by whom, when, and why where a reason was asked for."""

    by: Any
    at: datetime
    reason: str = ""


_current: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def acting(*, by: Any, at: datetime, reason: str = "") -> Iterator[None]:
    """Everything within is done by this person at this time. Wagtail's own log names the person too."""
    token = _current.set(Act(by=by, at=at, reason=reason))
    try:
        with LogContext(user=by):
            yield
    finally:
        _current.reset(token)


def current_act() -> Act | None:
    """The act under way, if an operation has said."""
    return _current.get()


def day_of_act() -> date:
    """The day, as the body's clocks show it, of the act under way; today where no operation has said."""
    act = current_act()
    return timezone.localdate(act.at) if act is not None else timezone.localdate()
