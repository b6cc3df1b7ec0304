"""What is asked when persons ask of what is held on them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from governance.models import PersonDecision, PersonRequestKind


def _lines(label: Any, help_text: Any = "", **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, widget=area, max_length=5000, **more)


class PersonRequestForm(forms.Form):
    """A request as it was received."""

    kind = forms.ChoiceField(label=_("What is asked for"), choices=PersonRequestKind.choices, widget=forms.RadioSelect)
    asked_by = forms.CharField(
        label=_("Who asks"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("And for whom, where they ask for somebody else. Check first that it is this person."),
    )
    contact = _lines(_("How they are answered"))
    names = _lines(
        _("By which names they are looked for"),
        _(
            "Each spelling, and each address of mail, on a line of its own, first and last name: “Ann Example”, “Mrs A. Example”."
        ),
    )
    received_on = forms.DateField(label=_("Received on"), widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate()


class DecideForm(forms.Form):
    """What is decided, and why."""

    decision = forms.ChoiceField(label=_("Decision"), choices=PersonDecision.choices, widget=forms.RadioSelect)
    reason = _lines(_("Why"), _("Kept for good, not public. Do not name the person."))


class PutOffForm(forms.Form):
    """Why it takes longer."""

    because = _lines(_("Why it takes longer"), _("As the person was told. Do not name them."))


class RedactPersonForm(forms.Form):
    """What stands in place of the name."""

    instead = forms.CharField(
        label=_("Words in place of the name"),
        max_length=100,
        initial=_("a member of the public"),
        help_text=_("They stand on public pages, in the middle of sentences."),
    )
    office_reason = _lines(
        _("Why, although they acted in public office"),
        _("Only where they sat on a board, attended as an officer or work here. Who decided is a matter of record."),
        required=False,
    )
