"""The step with which an administrator ends every session of a log-in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wagtail.admin.widgets import Button

from governance.forms import ReasonForm
from governance.models import User
from governance.operations.log_ins import end_sessions, may_end_sessions
from governance.views import RecordStepView


class WhyForm(ReasonForm):
    """Why the sessions end."""

    reason = forms.CharField(
        label=_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy(
            "Such as “the laptop was left on a train”. It stands in the history of the log-in, and the person reads it."
        ),
    )


class EndSessionsView(RecordStepView):
    """Logging somebody out everywhere."""

    record_class = User
    form_class = WhyForm
    title = button = _lazy("Log out everywhere")
    explanation = _lazy(
        "Whoever is logged in by this name, on any computer or telephone, has to log in again. What they have not saved is lost."
    )
    done = _lazy("Every session is ended. The person is told by mail.")
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Administrators."""
        return may_end_sessions(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """End them."""
        return end_sessions(user=record, reason=answers["reason"], by=user)

    def subtitle(self) -> str:
        """Whose they are."""
        return str(self.record)

    def afterwards(self) -> str:
        """The list of log-ins."""
        return reverse("wagtailusers_users:index")


def button_for(user: User, request_user: Any) -> Iterator[Button]:
    """The step in the list of log-ins."""
    if may_end_sessions(request_user, user):
        yield Button(_("Log out everywhere"), reverse("end_sessions", args=[user.pk]), priority=50)
