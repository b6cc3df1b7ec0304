"""The form with which minutes and resolutions are edited: it says what publishing would be refused for, and loses no words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.exceptions import Refused
from governance.page_forms import RecordForm
from minutes.policies import check_publishes_decisions


class AfterMeetingForm(RecordForm):
    """Writes down what happened. It can be prepared before the meeting, and is published after it."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish before the meeting, at once or by a date.

        Raises:
            ValidationError: the meeting has not taken place by then, or was called off.
        """
        answers = super().clean() or {}
        if "action-publish" in self.data:
            by_then = timezone.localdate(answers.get("go_live_at") or timezone.now())
            try:
                check_publishes_decisions(self.parent_page.specific.meeting, by_then)
            except Refused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return answers
