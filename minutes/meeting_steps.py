"""The steps that an editor takes with a meeting, in order, and which of them are next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minutes.enums import NOT_HELD, STATUS_NEEDS_REASON, TOOK_PLACE, MeetingStatus
from minutes.operations.deciding import decisions_to_publish, publish_decisions
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import minutes_of, publish_minutes
from minutes.policies import MEETING_TRANSITIONS, can_become, is_ahead


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        name: its place in the address.
        label: what its button says.
        explanation: what will happen.
        run: the operation, given the meeting and who takes the step.
        is_next: whether it can be taken now.
        final: whether nothing takes it back.
        key: the letter that, pressed with Alt in the editor of the meeting, leads to it.
        door: the name of the page that asks for what the step needs; of its own where that is more than a press of a button.
        again: what its button says where the step was taken and can be taken once more.
        was_taken: whether it was.
    """

    name: str
    label: Any
    explanation: Any
    run: Callable[[Any, Any], Any] | None
    is_next: Callable[[Any], bool]
    key: str
    final: bool = False
    door: str = "meeting_step"
    again: Any = ""
    was_taken: Callable[[Any], bool] = lambda meeting: False

    def words(self, meeting: Any) -> Any:
        """What its button says."""
        return self.again if self.was_taken(meeting) else self.label

    def address(self, meeting: Any) -> str:
        """Where the step is taken."""
        own = self.door != "meeting_step"
        return reverse(self.door, args=[meeting.pk] if own else [meeting.pk, self.name])


def _becomes(status: MeetingStatus) -> Callable[[Any], bool]:
    return lambda meeting: can_become(meeting.status, status)


def _can_be_held(meeting: Any) -> bool:
    before = meeting.status != MeetingStatus.DRAFT_MINUTES and can_become(meeting.status, MeetingStatus.HELD)
    return before and not is_ahead(meeting, timezone.localdate())


def _has_minutes(meeting: Any) -> bool:
    if is_ahead(meeting, timezone.localdate()):
        return False
    takes_minutes = can_become(meeting.status, MeetingStatus.DRAFT_MINUTES) or meeting.status == MeetingStatus.DRAFT_MINUTES
    return takes_minutes and minutes_of(meeting).exists()


def _has_decisions(meeting: Any) -> bool:
    if is_ahead(meeting, timezone.localdate()) or meeting.status in NOT_HELD or meeting.is_confirmed:
        return False
    return bool(decisions_to_publish(meeting))


STEPS: tuple[Step, ...] = (
    Step(
        "publish-agenda",
        _("Publish the agenda"),
        _("Every item and every paper that is checked becomes public. Each item is given its permanent reference."),
        lambda meeting, by: publish_agenda(meeting=meeting, by=by),
        lambda meeting: (
            can_become(meeting.status, MeetingStatus.AGENDA_PUBLISHED) or meeting.status == MeetingStatus.AGENDA_PUBLISHED
        ),
        key="a",
        again=_("Publish what came on the agenda since"),
        was_taken=lambda meeting: meeting.status == MeetingStatus.AGENDA_PUBLISHED,
    ),
    Step(
        "hold",
        _("Mark as held"),
        _("The meeting took place. Its minutes can be written and published."),
        lambda meeting, by: set_status(meeting=meeting, status=MeetingStatus.HELD, by=by),
        _can_be_held,
        key="h",
    ),
    Step(
        "publish-decisions",
        _("Publish the decisions"),
        _(
            "Every resolution that is still a draft becomes public at once, before the minutes: what was carried is adopted, and "
            "final. A decision sheet is built from them."
        ),
        lambda meeting, by: publish_decisions(meeting=meeting, by=by),
        _has_decisions,
        final=True,
        key="s",
    ),
    Step(
        "publish-minutes",
        _("Publish the minutes as a draft"),
        _("All minutes of the meeting and their resolutions become public together, marked as subject to confirmation."),
        lambda meeting, by: publish_minutes(meeting=meeting, by=by),
        _has_minutes,
        key="p",
        again=_("Publish the minutes that were added since"),
        was_taken=lambda meeting: meeting.status == MeetingStatus.DRAFT_MINUTES,
    ),
    Step(
        "confirm-minutes",
        _("Confirm the minutes"),
        _(
            "The board agreed that the minutes are a correct record. Their words are final from now on: nothing takes this back."
        ),
        None,
        _becomes(MeetingStatus.CONFIRMED),
        final=True,
        door="confirm_minutes",
        key="c",
    ),
)


def step(name: str) -> Step | None:
    """The step of that name."""
    return next((each for each in STEPS if each.name == name), None)


def next_steps(meeting: Any) -> list[Step]:
    """The steps that can be taken with a meeting now, in their order."""
    return [each for each in STEPS if meeting.live and each.is_next(meeting)]


def other_states(meeting: Any) -> list[MeetingStatus]:
    """The states it may pass to for a reason: postponed, cancelled, adjourned, held without a quorum; and back to scheduled."""
    reachable = MEETING_TRANSITIONS[meeting.status]
    if is_ahead(meeting, timezone.localdate()):
        reachable -= TOOK_PLACE
    return [state for state in MeetingStatus if state in reachable and _is_other(meeting.status, state)]


def _is_other(before: str, after: MeetingStatus) -> bool:
    return (
        after in STATUS_NEEDS_REASON
        or after == MeetingStatus.SCHEDULED
        or (before == MeetingStatus.DRAFT_MINUTES and after == MeetingStatus.HELD)
    )
