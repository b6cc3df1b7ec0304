"""What an editor records about an adopted resolution: a call-in, what ended it, what another body answered."""

from typing import Any

from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.views import RecordStepView
from minutes.call_in import next_call_in_states
from minutes.decision_forms import AnswerForm, CallInForm, EndingForm
from minutes.models import ResolutionPage
from minutes.operations.ending import end_resolution, record_call_in
from minutes.operations.recommendations import record_answer
from minutes.permissions import may_correct


class DecisionStepView(RecordStepView):
    """A step with an adopted resolution, for those who publish for the board. Its words stay as they were adopted."""

    record_class = ResolutionPage

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board, once it is adopted."""
        return record.adopted_at is not None and may_correct(user, record)


class CallInView(DecisionStepView):
    """Recording a step of a call-in."""

    form_class = CallInForm
    title = button = _("Record a step of the call-in")
    explanation = _(
        "A decision that was called in is not carried out until it stands or is confirmed. That it was changed or rescinded follows "
        "from the later resolution that does so."
    )

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """What it may pass to now."""
        return {"states": next_call_in_states(record, timezone.localdate())}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return record_call_in(resolution=record, by=user, **answers)


class EndingView(DecisionStepView):
    """Recording which later resolution replaced or rescinded one."""

    form_class = EndingForm
    title = button = _("Record what ended it")
    explanation = _(
        "A later resolution that names this one when it is written ends it by itself. Use this where that was left out. Both pages "
        "say so and lead to each other; nothing takes it back."
    )
    risky = True

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The resolutions that came after it."""
        return {"resolution": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return end_resolution(earlier=record, by=user, **answers)


class AnswerView(DecisionStepView):
    """Recording what another body answered to a recommendation."""

    form_class = AnswerForm
    title = button = _("Record the answer")
    explanation = _("The recommendation stays open until the body it went to has answered. The answer is shown on its page.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return record_answer(resolution=record, by=user, **answers)


urls: list[URLPattern] = [
    path("resolutions/<int:pk>/call-in/", CallInView.as_view(), name="record_call_in"),
    path("resolutions/<int:pk>/ended/", EndingView.as_view(), name="end_resolution"),
    path("resolutions/<int:pk>/answer/", AnswerView.as_view(), name="record_answer"),
]
