"""What is asked of papers that are not for publication."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minutes.enums import PaperKind
from minutes.paper_forms import ACCEPTED, OF_AN_AGENDA, WHAT_IS_TAKEN

_NO_MEMORY = {"autocomplete": "off"}
_TITLE = forms.TextInput(attrs=_NO_MEMORY)


class NewerFileForm(forms.Form):
    """A newer file of a paper."""

    title = forms.CharField(
        label=_("Real title"),
        max_length=250,
        widget=_TITLE,
        help_text=_("Sealed with the file. Where nothing may be given away, it is called by its number."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OF_AN_AGENDA, initial=PaperKind.REPORT)
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=WHAT_IS_TAKEN,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class ReasonToKeepForm(forms.Form):
    """A reason that is sealed with the paper."""

    because = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3, **_NO_MEMORY}),
        help_text=_("Sealed with the paper, and kept with your name."),
    )


class ReleasePaperForm(forms.Form):
    """What the public will read with the paper."""

    title = forms.CharField(label=_("Public title"), max_length=250, widget=_TITLE)
    because = forms.CharField(
        label=_("Why it is released"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The public is told: such as that the contract is signed, or a request for information was granted."),
    )
