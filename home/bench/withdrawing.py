"""How long something stays readable after somebody pressed “withdraw at once”, beside what a plain withdrawal takes."""

import statistics
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.operations.publishing import withdraw_record
from home.bench.measuring import WrongAnswer, seconds_of
from minutes.emergencies import Choice, EmergencyTarget
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, EmergencyWithdrawal, MeetingPage
from minutes.operations.emergency import look_at_channels, withdraw_at_once

TIMES = 3
REASON = "It was published by mistake."


def withdrawal_times(*, by: Any, times: int = TIMES) -> dict[str, float]:
    """The median time from pressing until every channel was seen to be empty, and the same in plain withdrawals of that item.

    Each is taken back before the next, so that the site is as it was. What a commit costs is in neither.

    Raises:
        WrongAnswer: a channel was not empty.
    """
    item = _item()
    plain = statistics.median(
        _taken_back(lambda: withdraw_record(page=_fresh(item), by=by, reason=REASON)) for _ in range(times)
    )
    at_once = statistics.median(_taken_back(lambda: _withdraw_at_once(item, by)) for _ in range(times))
    return {
        "seconds from pressing to gone from every channel": at_once,
        "the same in plain withdrawals": at_once / plain,
    }


def _item() -> AgendaItemPage:
    """An item of the meeting ahead."""
    meeting = MeetingPage.objects.live().filter(status=MeetingStatus.AGENDA_PUBLISHED).latest("starts_at")
    item: AgendaItemPage = AgendaItemPage.objects.child_of(meeting).live().order_by("position", "path")[0]
    return item


def _fresh(item: AgendaItemPage) -> AgendaItemPage:
    found: AgendaItemPage = AgendaItemPage.objects.get(pk=item.pk)
    return found


def _withdraw_at_once(item: AgendaItemPage, by: Any) -> None:
    pressed = timezone.now()
    choice = Choice(EmergencyTarget.ITEM, _fresh(item))
    row = withdraw_at_once(choice=choice, by=by, reason=REASON, pressed_at=pressed)
    # What follows a commit is done here: this one is taken back.
    look_at_channels(emergency=row)
    row = EmergencyWithdrawal.objects.get(pk=row.pk)
    if row.ended_at is None:
        left = [*row.channels.filter(empty_at=None).values_list("channel", "left")]
        raise WrongAnswer(f"{item} was not out of every channel: {left}")


def _taken_back(work: Callable[[], object]) -> float:
    """How long something takes, and as if it had not been."""
    with transaction.atomic():
        seconds = seconds_of(work)
        transaction.set_rollback(True)
    return seconds
