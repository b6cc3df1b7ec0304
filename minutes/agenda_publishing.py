"""Publishing an agenda: what it lacks is listed first, and what is published is what was shown."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.exceptions import Refused
from governance.views import RecordStepView
from minutes.agenda_facts import findings_of
from minutes.clock_facts import warned
from minutes.completeness import Severity
from minutes.meeting_steps import step
from minutes.models import MeetingPage
from minutes.operations.agendas_shown import shown_now
from minutes.operations.meetings import publish_agenda
from minutes.permissions import may_run_meeting

WORDS = {
    Severity.SERIOUS: gettext_lazy("Should not go out like this"),
    Severity.MISSING: gettext_lazy("Missing"),
    Severity.LOOK: gettext_lazy("To look at"),
}
KEPT_AS_NOTED = frozenset({Severity.SERIOUS, Severity.MISSING})
"""What is noted with the agenda where it is published all the same."""


class PublishAgendaView(RecordStepView):
    """Making an agenda public: every item and every paper that is ready, all or none."""

    record_class = MeetingPage

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """List what it lacks, and say what will happen. What is short stops nobody."""
        return self._page(request)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Publish what was shown; or say what changed since, and show that."""
        despite = [finding.words for finding in findings_of(self.record) if finding.severity in KEPT_AS_NOTED]
        try:
            publish_agenda(meeting=self.record, by=request.user, shown=request.POST.get("shown"), despite=despite)
        except Refused as refusal:
            return self._page(request, str(refusal), 409)
        except ValidationError as error:
            return self._page(request, "; ".join(error.messages), 409)
        messages.success(request, _("The agenda is public."))
        return redirect(self.afterwards())

    def _page(self, request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
        found = findings_of(self.record)
        groups = [(words, [each for each in found if each.severity == severity]) for severity, words in WORDS.items()]
        context = {
            "step": step("publish-agenda"),
            "record": self.record,
            "groups": [group for group in groups if group[1]],
            "anyway": any(finding.severity in KEPT_AS_NOTED for finding in found),
            "warnings": warned(self.record, timezone.localdate()),
            "shown": shown_now(self.record),
            "refused": refused,
        }
        return render(request, "minutes/admin/publish_agenda.html", context, status=status)
