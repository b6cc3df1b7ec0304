"""What the steps with a question, petition or deputation ask for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from minutes.enums import QuestionPart
from minutes.models import AgendaItemPage, PublicQuestion


def _words(label: Any, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": 5}))


class DayForm(forms.Form):
    """A day, today unless said otherwise."""

    on = forms.DateField(label=_("On"), widget=AdminDateInput, initial=timezone.localdate)


class AcceptForm(forms.Form):
    """Its words as they will be shown, and the item it is taken under."""

    text = _words(_("Its words, as they will be shown"), _("Take out names and anything about anybody's health."))
    item = forms.ModelChoiceField(
        label=_("Taken under the item"), queryset=AgendaItemPage.objects.none(), required=False, empty_label=_("None yet")
    )

    def __init__(self, *args: Any, question: PublicQuestion, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"text": question.text})
        super().__init__(*args, **kwargs)
        items = AgendaItemPage.objects.child_of(question.meeting).order_by("position", "path")
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class DeclineForm(DayForm):
    """Why it is not accepted: a reason of the board's own list, words, or both."""

    reason = forms.ChoiceField(label=_("Reason"), required=False)
    words = _words(_("In your own words"), _("Shown to the public after the reason."))
    show = forms.BooleanField(
        label=_("Show its own words too"), required=False, help_text=_("Leave this empty where they name somebody or offend.")
    )

    def __init__(self, *args: Any, reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("None of the list")), *((words, words) for words in reasons)]  # type: ignore[attr-defined]


class AnswerForm(DayForm):
    """The answer at the meeting, and what followed it."""

    answer = _words(_("Answer"), _("May be left empty where an answer in writing was promised."))
    supplementary = _words(_("Supplementary question"))
    supplementary_answer = _words(_("Answer to the supplementary question"))
    written_reply = forms.BooleanField(
        label=_("A written reply was promised"), required=False, help_text=_("It is due by the board's rule.")
    )


class ReplyForm(DayForm):
    """The reply that was promised."""

    reply = _words(_("Written reply"), required=True)


class CorrectionForm(forms.Form):
    """Words that were shown, and how they are to be read."""

    part = forms.ChoiceField(label=_("What is corrected"), widget=forms.RadioSelect)
    old_words = forms.CharField(
        label=_("The words as they are"), help_text=_("Copied, with enough around them that they stand there only once.")
    )
    new_words = forms.CharField(label=_("How they are to be read"))
    hides = forms.BooleanField(
        label=_("Show the old words no more"),
        required=False,
        help_text=_("Only where they name somebody or tell of anybody's health. That something was corrected is still shown."),
    )
    reason = _words(_("Why"), _("Shown to the public beside the correction."), required=True)

    def __init__(self, *args: Any, question: PublicQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = [part for part in QuestionPart if getattr(question, part)]
        self.fields["part"].choices = [(part.value, part.label) for part in written]  # type: ignore[attr-defined]
