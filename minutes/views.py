"""The steps that an editor takes with a meeting, its minutes and its resolutions. Each calls one operation."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from governance.permissions import may_publish_for
from governance.views import RecordStepView
from minutes.enums import LinkKind
from minutes.forms import CorrectionForm, FollowUpForm, LinkForm, NoActionForm, StartForm, StateForm
from minutes.meeting_steps import other_states, step
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.adoption import link_action, say_no_action_needed, start_action
from minutes.operations.corrections import record_correction
from minutes.operations.follow_ups import turn_into_action
from minutes.operations.meetings import set_status
from minutes.permissions import may_correct, may_link_action, may_run_meeting, may_start_action


class MeetingStepView(RecordStepView):
    """One of the usual steps of a meeting: mark it as held, publish its minutes. Its agenda is published and its minutes are confirmed by others."""

    record_class = MeetingPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the step.

        Raises:
            Http404: there is no such step.
        """
        super().setup(request, *args, **kwargs)
        found = step(kwargs["step"])
        if found is None or found.run is None:
            raise Http404
        self.step, self.take = found, found.run
        self.title = self.button = found.label
        self.explanation = found.explanation
        self.risky = found.final

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it."""
        return self.take(record, user)


class MeetingStateView(RecordStepView):
    """Postponing, cancelling, adjourning a meeting, or saying that it had no quorum."""

    record_class = MeetingPage
    form_class = StateForm
    title = button = _("Change where the meeting stands")
    explanation = _("Use this when the meeting did not go the usual way. Its reference and its address stay the same.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The states it may pass to."""
        return {"states": other_states(record)}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Set the state."""
        return set_status(meeting=record, status=answers["status"], by=user, reason=answers["reason"])


class LinkActionView(RecordStepView):
    """Saying which action a resolution orders, changes or closes."""

    record_class = ResolutionPage
    form_class = LinkForm
    title = button = _("Link an action")
    explanation = _(
        "The page of the resolution shows the action and where it stands; the page of the action shows the resolution."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_link_action(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The actions that the person writes for."""
        return {"resolution": record, "user": user}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Link it."""
        return link_action(resolution=record, action=answers["action"], by=user, kind=answers["kind"])


class StartActionView(RecordStepView):
    """Making the action that a resolution orders."""

    record_class = ResolutionPage
    form_class = StartForm
    title = button = _("Create an action")
    explanation = _("No owner and no date is made up here: add them on the action once they are agreed.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who add records for the board."""
        return may_start_action(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Make it, public at once only where the person may publish."""
        publish = answers["publish"] and may_publish_for(user, record)
        words = {name: answers[name] for name in ("title", "promise", "kind")}
        return start_action(resolution=record, by=user, publish=publish, link=LinkKind.ORDERS, **words)


class FollowUpActionView(RecordStepView):
    """Making an action of a follow-up that grew into a promise."""

    record_class = AgendaItemPage
    form_class = FollowUpForm
    title = button = _("Make an action of a follow-up")
    explanation = _(
        "The action is a draft on the progress page. It has the words of the follow-up and says which minute it comes from."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who add records for the board."""
        return may_start_action(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The follow-ups of this item that are still to do."""
        return {"item": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Make it."""
        return turn_into_action(by=user, **answers)


class NoActionView(RecordStepView):
    """Saying that a resolution needs no action, or taking that back."""

    record_class = ResolutionPage
    form_class = NoActionForm
    title = button = _("No action needed")
    explanation = _("The resolution is complete in itself. Say it again to take it back.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_link_action(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Say it, or take it back."""
        return say_no_action_needed(resolution=record, by=user, reason=answers["reason"], needed=record.no_action_needed)


class CorrectionView(RecordStepView):
    """Recording a correction of a confirmed minute."""

    record_class = MinutePage
    form_class = CorrectionForm
    title = button = _("Record a correction")
    explanation = _(
        "The minute stays as it was confirmed. Its page and the next minutes pack show the confirmed words struck through and the "
        "new ones beside them, with the reason."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_correct(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return record_correction(minute=record, by=user, **answers)
