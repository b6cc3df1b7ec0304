"""What the steps with meetings, minutes and resolutions ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.permissions import policy_registry

from governance.enums import ActionKind
from governance.models import ActionPage
from minutes.enums import STATUS_NEEDS_REASON, LinkKind, MeetingStatus
from minutes.models import FollowUp


class StateForm(forms.Form):
    """Another state of a meeting, with the reason where the public is owed one."""

    status = forms.ChoiceField(label=_("The meeting is"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Shown on the meeting's page.")
    )

    def __init__(self, *args: Any, states: list[MeetingStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(state.value, state.label) for state in states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a state without the reason it needs."""
        answers = super().clean() or {}
        if answers.get("status") in STATUS_NEEDS_REASON and not answers.get("reason", "").strip():
            self.add_error("reason", _("Give the reason: it is shown on the meeting's page."))
        return answers


class LinkForm(forms.Form):
    """An action that is there already, and what the resolution does to it."""

    action = forms.ModelChoiceField(label=_("Action"), queryset=ActionPage.objects.none())
    kind = forms.ChoiceField(label=_("This resolution"), choices=LinkKind.choices, initial=LinkKind.ORDERS)

    def __init__(self, *args: Any, resolution: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written_for = policy_registry.get_by_type(ActionPage).instances_user_has_permission_for(user, "change")
        actions = ActionPage.objects.filter(pk__in=written_for.values("pk")).exclude(resolution_links__resolution=resolution)
        self.fields["action"].queryset = actions.order_by("title")  # type: ignore[attr-defined]


class StartForm(forms.Form):
    """A new action that the resolution orders."""

    title = forms.CharField(label=_("Title"), max_length=255, help_text=_("A few words that people will know it by."))
    promise = forms.CharField(
        label=_("The promise in plain English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences that start with “We will”."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)
    publish = forms.BooleanField(
        label=_("Put it on the progress page now"),
        required=False,
        help_text=_("Otherwise it is a draft that only editors see."),
    )


class FollowUpForm(forms.Form):
    """A follow-up of an item that grew into a promise to the public."""

    follow_up = forms.ModelChoiceField(label=_("Follow-up"), queryset=FollowUp.objects.none())
    title = forms.CharField(label=_("Title"), max_length=255, help_text=_("A few words that people will know it by."))
    promise = forms.CharField(
        label=_("The promise in plain English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences that start with “We will”."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = FollowUp.objects.filter(item=item, done_on=None, action=None)
        self.fields["follow_up"].queryset = waiting  # type: ignore[attr-defined]


class NoActionForm(forms.Form):
    """Why a resolution needs no action."""

    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CorrectionForm(forms.Form):
    """How a confirmed minute is to be read."""

    old_words = forms.CharField(
        label=_("The words as confirmed"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copied from the minute, with enough of the words around them that they stand in it only once."),
    )
    new_words = forms.CharField(label=_("How they are to be read"), widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}))
