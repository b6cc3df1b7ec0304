"""The step with which an administrator takes away a lost second factor."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wagtail.admin.widgets import Button

from governance.forms import ReasonForm
from governance.models import User
from governance.operations.second_factor import take_away_second_factor
from governance.views import RecordStepView


class HowKnownForm(ReasonForm):
    """How it is known who asks."""

    reason = forms.CharField(
        label=_lazy("How you know who asks"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Such as “came to the office”. It stands in the history of the log-in."),
    )


class TakeAwaySecondFactorView(RecordStepView):
    """Taking away what somebody has lost."""

    record_class = User
    form_class = HowKnownForm
    title = button = _lazy("Take away the second factor")
    explanation = _lazy(
        "Do this only if you know that it is this person who asks: speak to them, do not trust a mail. "
        "They log in with their password alone until they set up another, and are told by mail."
    )
    done = _lazy("It is taken away. The person is told by mail.")
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Administrators, not for themselves."""
        return user.has_perm("governance.change_user") and user.pk != record.pk

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it away."""
        return take_away_second_factor(user=record, reason=answers["reason"], by=user)

    def subtitle(self) -> str:
        """Whose it is."""
        return str(self.record)

    def afterwards(self) -> str:
        """The list of log-ins."""
        return reverse("wagtailusers_users:index")


def button_for(user: User, request_user: Any) -> Iterator[Button]:
    """The step in the list of log-ins."""
    if request_user.has_perm("governance.change_user") and request_user.pk != user.pk:
        yield Button(_("Take away the second factor"), reverse("take_away_second_factor", args=[user.pk]), priority=40)
