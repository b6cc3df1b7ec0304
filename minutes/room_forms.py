"""What the page “Who is in the room” asks for beyond one press of a button."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import Person
from minutes.enums import UPCOMING, Presence
from minutes.models import AgendaItemPage, MeetingPage
from minutes.models.rooms import seats_at


class ItemField(forms.ModelChoiceField):
    """An item of the agenda, by number and title."""

    def label_from_instance(self, item: Any) -> str:
        """Such as “3. Home care”."""
        return f"{item.number}. {item.title}" if item.number else str(item.title)


class LineForm(forms.Form):
    """Everything that can be said of somebody's attendance."""

    name = forms.CharField(label=_("Name and role as minuted"), max_length=250)
    presence = forms.ChoiceField(label=_("Presence"), choices=Presence.choices)
    remotely = forms.BooleanField(label=_("Joined remotely"), required=False)
    substitute_for = forms.ModelChoiceField(
        label=_("Stands in for"), required=False, queryset=Person.objects.none(), help_text=_("Only for a substitute.")
    )
    votes = forms.BooleanField(label=_("Has a vote"), required=False)
    presided = forms.BooleanField(label=_("Took the chair"), required=False)
    chaired_from_item = ItemField(
        label=_("In the chair from item"),
        required=False,
        queryset=AgendaItemPage.objects.none(),
        help_text=_("Leave empty where it was the whole meeting."),
    )
    chaired_until_item = ItemField(label=_("In the chair until item"), required=False, queryset=AgendaItemPage.objects.none())
    arrived_item = ItemField(
        label=_("Arrived during"),
        required=False,
        queryset=AgendaItemPage.objects.none(),
        help_text=_("They count from this item on."),
    )
    left_item = ItemField(
        label=_("Left during"),
        required=False,
        queryset=AgendaItemPage.objects.none(),
        help_text=_("They count up to this item. Who left before it was decided left during the one before."),
    )

    def __init__(self, *args: Any, meeting: MeetingPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = AgendaItemPage.objects.child_of(meeting).order_by("position", "path")
        for field in self.fields.values():
            if isinstance(field, ItemField):
                field.queryset = items
        seats = seats_at(meeting).order_by()
        members: Any = self.fields["substitute_for"]
        members.queryset = Person.objects.filter(pk__in=seats.values("person"))


class NewLineForm(LineForm):
    """Somebody who is not a member of the board: a substitute, an officer, a guest."""

    person = forms.ModelChoiceField(
        label=_("From the register of people"),
        required=False,
        queryset=Person.objects.all(),
        help_text=_("Leave empty for somebody who is not in it."),
    )
    field_order = ("person", "name", "presence", "remotely", "substitute_for", "votes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["presence"].initial = Presence.IN_ATTENDANCE

    def clean(self) -> dict[str, Any]:
        """Refuse somebody without a name."""
        answers = super().clean() or {}
        if not answers.get("person") and not (answers.get("name") or "").strip():
            self.add_error("name", _("Say who it is: choose somebody or write the name."))
        return answers


class RatifyForm(forms.Form):
    """Where an item goes that could not be decided, and what those present would have decided."""

    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=MeetingPage.objects.none())
    recommended = forms.CharField(
        label=_("What those present recommended"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Word for word as the notes have it. It is what the later meeting is asked to ratify."),
    )

    def __init__(self, *args: Any, item: AgendaItemPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = item.meeting
        ahead = MeetingPage.objects.child_of(before.board).filter(status__in=UPCOMING, starts_at__gt=before.starts_at)
        meetings: Any = self.fields["meeting"]
        meetings.queryset = ahead.order_by("starts_at")
