"""The forms with which meetings, minutes and resolutions are edited: they say what publishing would be refused for, and lose no words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateTimeInput

from governance.exceptions import Refused
from governance.page_forms import RecordForm
from minutes.interests import categories_of
from minutes.planning import moment_of
from minutes.policies import check_publishes_decisions
from minutes.voting import Cast, Vote

COLUMNS_OF_A_VOTE = (
    "manner",
    "votes_for",
    "votes_against",
    "abstentions",
    "unanimous",
    "casting_vote",
    "casting_vote_by",
)


class MeetingMoment(forms.DateTimeField):
    """A day and time by the clock in London, on the days too on which the clocks change: of an hour that comes twice, the first."""

    widget = AdminDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        """The moment.

        Raises:
            ValidationError: it is no time, or that day has no such time; in plain words.
        """
        try:
            return super().to_python(value)
        except ValidationError as problem:
            if problem.code != "ambiguous_timezone":
                raise
        found = self._as_typed(str(value))
        try:
            return moment_of(found.date(), found.time())
        except ValueError as missing:
            raise ValidationError(str(missing)) from missing

    def _as_typed(self, value: str) -> datetime:
        return next(moment for layout in self.input_formats or () if (moment := _read(value.strip(), layout)))


def _read(value: str, layout: str) -> datetime | None:
    try:
        return datetime.strptime(value, layout)
    except ValueError:
        return None


class MeetingForm(RecordForm):
    """The form of a meeting."""

    starts_at = MeetingMoment(label=_("Starts"))
    ends_at = MeetingMoment(label=_("Planned end"), required=False)


class AfterMeetingForm(RecordForm):
    """Writes down what happened. It can be prepared before the meeting, and is published after it."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish before the meeting.

        Raises:
            ValidationError: the meeting has not taken place yet, or was called off.
        """
        answers = super().clean() or {}
        if "action-publish" in self.data:
            try:
                check_publishes_decisions(self.parent_page.specific.meeting, timezone.localdate())
            except Refused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return answers


class MinuteForm(AfterMeetingForm):
    """The form of a minute: its vote and its declarations of interest are looked at together with who was in the room."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        interests = self.formsets.get("interests")
        if interests is not None and self.parent_page is not None:
            interests.form = _with_categories(self.parent_page.specific.meeting.board, interests.form)

    def clean(self) -> dict[str, Any]:
        """Refuse a vote that cannot have been, in words, before anything is saved."""
        answers = super().clean() or {}
        if self.parent_page is None or self.instance.is_imported:
            return answers
        columns: dict[str, Any] = {name: answers[name] for name in COLUMNS_OF_A_VOTE if name in answers}
        vote = Vote(**columns, named=tuple(self._named()))
        interests = [form.instance for form in self._rows("interests")]
        for field, words in self.instance.vote_problems(self.parent_page.specific, vote, interests).items():
            self.add_error(field if field in self.fields else None, words)
        return answers

    def _named(self) -> Iterator[Cast]:
        for form in self._rows("votes"):
            row = form.cleaned_data
            person = row.get("person")
            yield Cast(row.get("name", ""), row.get("cast", ""), person.pk if person else None)

    def _rows(self, name: str) -> Iterator[Any]:
        """The rows of a list that are filled in and stay. What is wrong with a row is said by its own form."""
        rows = self.formsets.get(name)
        if rows is None or not rows.is_bound:
            return
        for form in rows.forms:
            if form.has_changed() or form.instance.pk:
                form.full_clean()
                if not form.errors and not form.cleaned_data.get(DELETION_FIELD_NAME):
                    yield form


def _with_categories(board: Any, form_class: Any) -> Any:
    """The form of one declaration, offering the categories of the board's code; one that is written down already stays."""
    names = categories_of(board)

    class DeclarationForm(form_class):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            written = self.instance.category
            offered = [*names, written] if written and written not in names else names
            self.fields["category"].widget = forms.Select(choices=[("", "—"), *((name, name) for name in offered)])

    return DeclarationForm
