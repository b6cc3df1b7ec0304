"""What is asked when minutes are confirmed, and when a slip on a published agenda is put right."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from minutes.models import AgendaItemPage, MeetingPage
from minutes.rewording import Rewording

ROWS = 2
"""So many corrections there is room for at first, and so many more each time that more is asked for."""
MOST_ROWS = 40
AS_READ, AS_CORRECTED = "read", "corrected"


class ConfirmationForm(forms.Form):
    """Where minutes were confirmed, as read or with corrections, and who signs them."""

    at_meeting = forms.ModelChoiceField(
        label=_("Confirmed at the meeting of"),
        queryset=MeetingPage.objects.none(),
        empty_label=_("A meeting that is not kept here"),
        required=False,
        help_text=_("The meeting itself or the next suitable one. Extraordinary meetings are passed over."),
    )
    item = forms.ModelChoiceField(
        label=_("On its item"), queryset=AgendaItemPage.objects.none(), required=False, empty_label=_("No item of its own")
    )
    presided_by = forms.CharField(
        label=_("Who presided there and signs"), max_length=150, required=False, help_text=_("Name and role, as minuted.")
    )
    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=AdminDateInput)
    how = forms.ChoiceField(
        label=_("The board confirmed them"),
        choices=[(AS_READ, _("as read")), (AS_CORRECTED, _("with the corrections it resolved"))],
        initial=AS_READ,
        widget=forms.RadioSelect,
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_ROWS)

    def __init__(self, *args: Any, meetings: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [meeting.pk for meeting in meetings]
        meeting_field: Any = self.fields["at_meeting"]
        meeting_field.queryset = MeetingPage.objects.filter(pk__in=keys).order_by("starts_at")
        items: Any = self.fields["item"]
        items.queryset = items_of_any(meetings)
        items.label_from_instance = _named_with_its_meeting(meetings)
        self.number = self._number_of_rows()
        for row in range(self.number):
            for name, label in (("old", _g("Old words %(number)d")), ("new", _g("New words %(number)d"))):
                area = forms.Textarea(attrs={"rows": 2})
                self.fields[f"{name}_{row}"] = forms.CharField(label=label % {"number": row + 1}, required=False, widget=area)
        self.initial.setdefault("rows", self.number)

    def _number_of_rows(self) -> int:
        asked = str(self.data.get("rows", "")) if self.is_bound else ""
        return min(max(int(asked), 1), MOST_ROWS) if asked.isdecimal() else ROWS

    def clean(self) -> dict[str, Any]:
        """The corrections that were typed.

        Raises:
            ValidationError: half of one is missing, or they do not go with how the minutes were confirmed.
        """
        answers = super().clean() or {}
        typed = [Rewording(answers.get(f"old_{row}") or "", answers.get(f"new_{row}") or "") for row in range(self.number)]
        changes = [change for change in typed if change.old_words.strip() or change.new_words.strip()]
        if any(not (change.old_words.strip() and change.new_words.strip()) for change in changes):
            raise forms.ValidationError(_("Each correction needs its old and its new words."))
        if answers.get("how") == AS_READ and changes:
            raise forms.ValidationError(
                _("There are corrections below. Choose “with the corrections it resolved”, or empty them.")
            )
        if answers.get("how") == AS_CORRECTED and not changes:
            raise forms.ValidationError(_("Write the corrections that the board resolved, or choose “as read”."))
        answers["corrections"] = changes
        return answers


def items_of_any(meetings: Sequence[Any]) -> Any:
    """The items of these meetings, in the order of their agendas."""
    found = AgendaItemPage.objects.none()
    for meeting in meetings:
        found = found | AgendaItemPage.objects.child_of(meeting)
    return found.order_by("path")


def _named_with_its_meeting(meetings: Sequence[Any]) -> Any:
    titles = {meeting.path: str(meeting) for meeting in meetings}

    def name(item: Any) -> str:
        return f"{titles.get(item.path[: -item.steplen], '')}: {item.number} {item.title}"

    return name


class SignedCopyForm(forms.Form):
    """The signed copy of minutes."""

    file = forms.FileField(label=_("Scan of the signed minutes"), help_text=_("A PDF, all pages in one file."))


class SlipForm(forms.Form):
    """A slip on a published agenda."""

    old_words = forms.CharField(
        label=_("The words as published"),
        max_length=200,
        help_text=_("Copied from the item, with enough of the words around them that they stand on it only once."),
    )
    new_words = forms.CharField(label=_("How they are to read"), max_length=200)
