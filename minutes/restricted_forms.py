"""What is asked of a part that is not for publication. Browsers are asked not to remember any of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from minutes.models import ExemptionGround, MeetingPage, RestrictedWords

LONGEST = 200_000


def _words(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area, help_text=help_text)


class WordsForm(forms.Form):
    """The words themselves."""

    title = forms.CharField(
        label=_("Real title"), required=False, max_length=255, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = _words(_("What is discussed"), rows=8)
    resolved = _words(_("What was resolved"))
    minute = _words(_("Closed minute"))

    def clean(self) -> dict[str, Any]:
        """The words as they are kept: with the ends of lines as everywhere, in one value."""
        cleaned = super().clean() or {}
        names = ("title", "text", "resolved", "minute")
        cleaned["words"] = RestrictedWords(**{name: (cleaned.pop(name, "") or "").replace("\r\n", "\n") for name in names})
        return cleaned


class WritePartForm(WordsForm):
    """The words, and why they are kept back."""

    grounds = forms.ModelMultipleChoiceField(
        label=_("Ground"),
        queryset=ExemptionGround.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One or more paragraphs, or that it is confidential."),
    )
    public_interest = _words(
        _("Why the public interest is served by keeping it back"), _("The public is told on the item’s own page."), 3
    )
    decided_by = forms.CharField(
        label=_("Who decided to keep it back"), max_length=200, help_text=_("The post, such as Monitoring Officer.")
    )
    review_on = forms.DateField(label=_("Looked at again on"), widget=AdminDateInput)
    public_summary = _words(
        _("Public summary"),
        _("Needed where a closed minute is all there is. Somebody else reads and publishes it."),
        3,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MoveForm(WordsForm):
    """The words that stand on the item and are moved, and why."""

    grounds = forms.ModelMultipleChoiceField(
        label=_("Ground"), queryset=ExemptionGround.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    public_interest = _words(
        _("Why the public interest is served by keeping it back"), _("The public is told on the item’s own page."), 3
    )
    decided_by = forms.CharField(
        label=_("Who decided to keep it back"), max_length=200, help_text=_("The post, such as Monitoring Officer.")
    )
    review_on = forms.DateField(label=_("Looked at again on"), widget=AdminDateInput)
    reason = forms.CharField(
        label=_("Why it is moved now"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Kept with the ledger, not public. Do not repeat the words."),
    )


class ReleaseForm(WordsForm):
    """The words as they are published, and why."""

    because = forms.CharField(
        label=_("Why it is released"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The public is told: such as that the contract is signed, or a request for information was granted."),
    )


class ReturnForm(forms.Form):
    """Why a proposed release is returned."""

    comment = forms.CharField(
        label=_("What has to be changed"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Not public. The proposed words are not kept: whoever proposed them begins anew."),
    )


class ContinueForm(forms.Form):
    """Why a part is still kept back, and until when."""

    reason = forms.CharField(
        label=_("Why it is still kept back"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Not public."),
    )
    review_on = forms.DateField(label=_("Looked at again on"), widget=AdminDateInput)


class ConfirmClosedForm(forms.Form):
    """The closed minute as it was confirmed, where, when, and who signs it."""

    minute = forms.CharField(
        label=_("Closed minute, as it was confirmed"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_("Leave it as it is where it was confirmed as read."),
    )
    at_meeting = forms.ModelChoiceField(
        label=_("Confirmed at the meeting of"),
        queryset=MeetingPage.objects.none(),
        empty_label=_("A meeting that is not kept here"),
        required=False,
    )
    confirmed_on = forms.DateField(label=_("Confirmed on"), widget=AdminDateInput)
    presided_by = forms.CharField(
        label=_("Who presided there and signs"), max_length=150, required=False, help_text=_("Not public.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, meetings: Sequence[MeetingPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["at_meeting"]
        field.queryset = MeetingPage.objects.filter(pk__in=[meeting.pk for meeting in meetings]).order_by("starts_at")

    def clean_minute(self) -> str:
        """With the ends of lines as everywhere."""
        return str(self.cleaned_data["minute"]).replace("\r\n", "\n")
