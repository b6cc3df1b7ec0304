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
        """Refuse to publish before the meeting.

        Raises:
            ValidationError: the meeting has not taken place yet, or was called off.
        """
        answers = super().clean() or {}
        if "action-publish" in self.data:
            try:
                check_publishes_decisions(self.parent_page.specific.meeting, timezone.localdate())
            except Refused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return answers
