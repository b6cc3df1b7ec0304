"""What a partner fills in, by what it wants to say: short, and for a phone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.enums import AnswerKind, Confidence, RequestKind
from governance.models import PartnerAnswer, PartnerRequest
from governance.partner_rules import LONGEST_WORDS

TOO_LONG = _("This is longer than %(limit_value)d letters. Send the most important part; you can add more afterwards.")
REPORT = (
    "words",
    "confidence",
    "reason",
    "recovery_step",
    "who_was_involved",
    "could_not_change",
    "next_step",
    "done_milestones",
    "says_completed",
)
FIELDS: dict[tuple[str, str], tuple[str, ...]] = {
    (RequestKind.NEWS, AnswerKind.UPDATE): REPORT,
    (RequestKind.CASCADE, AnswerKind.UPDATE): ("words",),
}
FIELDS_OF_ANY: dict[str, tuple[str, ...]] = {
    AnswerKind.HEARD: ("words",),
    AnswerKind.PASSED_ON: ("words",),
    AnswerKind.NOTHING_NEW: ("words",),
    AnswerKind.NOT_OURS: ("words",),
    AnswerKind.COLLEAGUE: ("colleague_name", "colleague_email"),
    AnswerKind.STUCK: ("confidential",),
}
MAIN_QUESTION: dict[str, Any] = {
    AnswerKind.UPDATE: _("What has changed?"),
    AnswerKind.HEARD: _("Is there anything you want to tell us? (optional)"),
    AnswerKind.PASSED_ON: _("To whom did you pass it on? (optional)"),
    AnswerKind.NOTHING_NEW: _("Is there anything people should know? (optional)"),
    AnswerKind.NOT_OURS: _("Whom should we ask instead? (optional)"),
}
LABELS: dict[str, Any] = {
    "confidence": _("How is it going?"),
    "reason": _("If it is not on track: why?"),
    "recovery_step": _("If it is not on track: what is being done about it?"),
    "who_was_involved": _("Who was involved? (optional)"),
    "could_not_change": _("What could not change, and why? (optional)"),
    "next_step": _("What happens next? (optional)"),
    "says_completed": _("The whole promise is kept"),
    "colleague_name": _("Your colleague’s name"),
    "colleague_email": _("Your colleague’s e-mail address"),
    "confidential": _("What holds you up?"),
}
COMPLETED = _("We look at it together before the page says so.")
HINTS: dict[str, Any] = {
    "words": _("A sentence or two in plain words. No names of people who use services."),
    "who_was_involved": _("Groups and numbers, never names."),
    "colleague_email": _("We send them a link of their own, once we have read this."),
    "confidential": _("Only democratic services read this. Nothing of it becomes public."),
}


class AnswerForm(forms.Form):
    """The questions that go with one sort of answer.

    Args:
        steps: the key and the name of each step of the action that is not done yet.
    """

    def __init__(self, *args: Any, asked_for: str, kind: str, steps: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.title = AnswerKind(kind).label
        names = FIELDS.get((asked_for, kind)) or FIELDS_OF_ANY[kind]
        for name in names:
            self.fields[name] = _steps(steps) if name == "done_milestones" else _field(name, kind)
        if not steps:
            self.fields.pop("done_milestones", None)

    @classmethod
    def of(cls, answer: PartnerAnswer, *args: Any) -> "AnswerForm":
        """The form of an answer that was returned, filled in with what was sent."""
        asked = answer.partner_request
        form = cls(*args, asked_for=asked.kind, kind=answer.kind, steps=open_steps(asked))
        form.initial = {name: getattr(answer, name) for name in form.fields}
        return form


def open_steps(asked: PartnerRequest) -> list[tuple[int, str]]:
    """The key and the name of each step of the action that is not done yet."""
    return list(asked.action.milestones.filter(done_on=None).values_list("pk", "name"))


def _steps(steps: Sequence[tuple[int, str]]) -> forms.Field:
    boxes = forms.CheckboxSelectMultiple(attrs={"class": "choice__input"})
    label = _("Which of these steps are done? (optional)")
    return forms.TypedMultipleChoiceField(label=label, choices=steps, coerce=int, required=False, widget=boxes)


def _field(name: str, kind: str) -> forms.Field:
    label = MAIN_QUESTION[kind] if name == "words" else LABELS[name]
    if name == "says_completed":
        box = forms.CheckboxInput(attrs={"class": "choice__input"})
        return forms.BooleanField(label=label, help_text=COMPLETED, required=False, widget=box)
    if name == "confidence":
        radios = forms.RadioSelect(attrs={"class": "choice__input"})
        return forms.ChoiceField(label=label, choices=Confidence.choices, initial=Confidence.ON_TRACK, widget=radios)
    hint = HINTS.get(name, "") if name != "words" or kind == AnswerKind.UPDATE else ""
    if name == "colleague_email":
        attributes = {"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}
        return forms.EmailField(label=label, help_text=hint, required=False, widget=forms.EmailInput(attrs=attributes))
    if name == "colleague_name":
        return forms.CharField(
            label=label, required=False, max_length=150, widget=forms.TextInput(attrs={"class": "govuk-input"})
        )
    area = forms.Textarea(attrs={"class": "govuk-textarea", "rows": 5 if name in {"words", "confidential"} else 3})
    field = forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST_WORDS, widget=area)
    # The browser would cut a long text off without a word; our own answer says what to do.
    area.attrs.pop("maxlength", None)
    field.error_messages["max_length"] = TOO_LONG
    field.validators = [_longest if hasattr(check, "limit_value") else check for check in field.validators]
    return field


def _longest(value: str) -> None:
    if len(value) > LONGEST_WORDS:
        raise forms.ValidationError(TOO_LONG % {"limit_value": LONGEST_WORDS})
