"""What planning and moving meetings ask for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from minutes.enums import UPCOMING
from minutes.models import MeetingPage
from minutes.planning import LAST, LONGEST_SPAN, Avoid, Monthly, Pattern, Weekly, moment_of

WHICH = [(1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (5, _("fifth")), (LAST, _("last"))]
DAY = forms.DateInput(attrs={"type": "date"})
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PatternForm(forms.Form):
    """A year of meetings: on which days, when, where, and what is done about a day that something stands against."""

    first = forms.DateField(label=_("From"), widget=DAY)
    last = forms.DateField(label=_("To"), widget=DAY)
    how = forms.ChoiceField(
        label=_("The board meets"),
        choices=[
            ("monthly", _("on a certain weekday of the month")),
            ("weekly", _("every so many weeks, from the first day on")),
        ],
        widget=forms.RadioSelect,
        initial="monthly",
    )
    which = forms.TypedChoiceField(label=_("On the"), choices=WHICH, coerce=int, initial=2)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int, initial=2)
    every = forms.IntegerField(label=_("Every how many weeks"), min_value=1, max_value=52, initial=6, required=False)
    months = forms.TypedMultipleChoiceField(
        label=_("In the months"),
        choices=list(MONTHS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=list(MONTHS),
    )
    starts = forms.TimeField(label=_("Starts at"), widget=TIME, initial="14:00")
    lasts = forms.IntegerField(label=_("Minutes it lasts"), min_value=5, max_value=1440, initial=120)
    venue = forms.CharField(label=_("Where"), max_length=250, required=False)
    avoid = forms.ChoiceField(
        label=_("Where something stands against a day"), choices=Avoid.choices, initial=Avoid.NEXT, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins or is longer than three years."""
        answers = super().clean() or {}
        first, last = answers.get("first"), answers.get("last")
        if first and last and not first <= last <= first + LONGEST_SPAN:
            self.add_error("last", _("Give a day after the first one, at most three years later."))
        if answers.get("how") == "weekly" and not answers.get("every"):
            self.add_error("every", _("Say every how many weeks."))
        return answers

    @property
    def pattern(self) -> Pattern:
        """The pattern that was asked for."""
        answers = self.cleaned_data
        months = frozenset(answers["months"])
        if answers["how"] == "weekly":
            return Weekly(answers["first"], answers["every"], months)
        return Monthly(answers["weekday"], answers["which"], months)

    @property
    def length(self) -> timedelta:
        """How long each meeting lasts."""
        return timedelta(minutes=self.cleaned_data["lasts"])


class MoveForm(forms.Form):
    """Another day and time for a meeting, and why."""

    day = forms.DateField(label=_("New day"), widget=DAY)
    starts = forms.TimeField(label=_("Starts at"), widget=TIME)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on the meeting's page with the former date."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a time that the day does not have."""
        answers = super().clean() or {}
        if answers.get("day") and answers.get("starts"):
            try:
                answers["starts_at"] = moment_of(answers["day"], answers["starts"])
            except ValueError as problem:
                self.add_error("starts", str(problem))
        return answers


class NoticeForm(forms.Form):
    """Where and when a notice was posted."""

    place = forms.CharField(
        label=_("Where it was posted"),
        max_length=250,
        help_text=_("Such as “the council offices, Market Square, and this site”."),
    )
    posted_at = forms.DateTimeField(
        label=_("When"), required=False, help_text=_("Now, unless you say otherwise: day and time, such as 2026-11-20 09:30.")
    )


class AgendaForm(forms.Form):
    """The meeting on whose agenda an entry is put."""

    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=MeetingPage.objects.none(), empty_label=None)

    def __init__(self, *args: Any, board: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = MeetingPage.objects.child_of(board).filter(status__in=UPCOMING).order_by("starts_at")
        self.fields["meeting"].queryset = ahead  # type: ignore[attr-defined]


class TickForm(forms.Form):
    """A step that is done."""

    step = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=250, required=False)

    def __init__(self, *args: Any, steps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(name, name) for name in steps]  # type: ignore[attr-defined]
