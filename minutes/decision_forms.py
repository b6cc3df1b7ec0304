"""What is asked about a resolution after it is adopted: a call-in, what ended it, what another body answered."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from minutes.enums import CallIn, Ending
from minutes.models import ResolutionPage


class CallInForm(forms.Form):
    """A step of a call-in."""

    state = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    who = forms.CharField(
        label=_("Who took this step"),
        max_length=250,
        help_text=_("Such as “Councillors Rao and Lee” or “Full council”. It is public."),
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It is public."))
    on = forms.DateField(label=_("On"), widget=AdminDateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, states: list[CallIn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, state.label) for state in states]  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    """The later resolution that ended one."""

    later = forms.ModelChoiceField(label=_("The later resolution"), queryset=ResolutionPage.objects.none())
    how = forms.ChoiceField(label=_("What it does to this one"), choices=Ending.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, resolution: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = resolution.item.meeting.board
        later = ResolutionPage.objects.descendant_of(board).filter(adopted_at__gte=resolution.adopted_at)
        field: Any = self.fields["later"]
        field.queryset = later.exclude(pk=resolution.pk).order_by("-adopted_at", "path")
        field.label_from_instance = lambda row: f"{row.reference or row.title}: {row.full_text[:100]}"


class AnswerForm(forms.Form):
    """What another body answered to a recommendation."""

    answer = forms.CharField(label=_("Its answer"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("It is public."))
    on = forms.DateField(label=_("Answered on"), widget=AdminDateInput, initial=timezone.localdate)
