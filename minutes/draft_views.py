"""Sending draft minutes round before they are public, and settling the comments on them, in the admin."""

from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from governance.models import Person
from governance.permissions import may_write_for
from governance.views import RecordStepView
from minutes.enums import Settled
from minutes.models import DraftComment, DraftRound, MeetingPage
from minutes.operations.draft_rounds import people_who_can_read, send_draft, settle_comment, take_draft_back
from minutes.permissions import may_run_meeting


class DraftRoundForm(forms.Form):
    """Who is to read a draft."""

    readers = forms.ModelMultipleChoiceField(
        label=_("For their comments"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Those of the board who can log in. They read the draft in the members' area and comment minute by minute."
        ),
    )
    to_members = forms.BooleanField(
        label=_("All members of the board may read it"),
        required=False,
        help_text=_("They read it, marked DRAFT, before the public."),
    )
    note = forms.CharField(label=_("A few words to them"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: list[tuple[Any, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers: Any = self.fields["readers"]
        readers.queryset = Person.objects.filter(pk__in=[person.pk for person, _chairs in people]).order_by("name")
        readers.initial = [person.pk for person, chairs in people if chairs]


class SettleForm(forms.Form):
    """What was done about a comment."""

    settled = forms.ChoiceField(label=_("What was done"), choices=Settled.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Answer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who made the comment reads it. Needed where the draft is left as it is."),
    )


class SendDraftView(RecordStepView):
    """Sending the draft minutes of a meeting to the chair or to all members; what they said stands below."""

    template_name = "minutes/admin/draft_round.html"
    record_class = MeetingPage
    form_class = DraftRoundForm
    title = button = _("Send the draft minutes round")
    explanation = _("Nothing becomes public. Those who are chosen read the minutes as they are written last.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """Who can read it; the chair is chosen unless somebody else is."""
        return {"people": people_who_can_read(record)}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Send it."""
        return send_draft(meeting=record, by=user, **answers)

    def rounds(self) -> list[DraftRound]:
        """To whom it was sent before."""
        return list(DraftRound.objects.filter(meeting=self.record).select_related("sent_by").prefetch_related("readers"))

    def comments(self) -> list[DraftComment]:
        """What was said, those that wait first."""
        below = DraftComment.objects.filter(minute__path__startswith=self.record.path)
        return list(below.select_related("minute", "person").order_by("settled_at", "minute__path", "made_at"))

    def afterwards(self) -> str:
        """The same page: it lists whom it was sent to."""
        return reverse("send_draft", args=[self.record.pk])


class TakeDraftBackView(RecordStepView):
    """Ending a round."""

    record_class = DraftRound
    title = button = _("Take the draft back")
    explanation = _("Nobody reads the draft by this round any more. What was said stays with the meeting.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record.meeting)

    def subtitle(self) -> str:
        """Which meeting."""
        return str(self.record.meeting)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """End it."""
        return take_draft_back(draft_round=record, by=user)

    def afterwards(self) -> str:
        """Where the draft was sent from."""
        return reverse("send_draft", args=[self.record.meeting_id])


class SettleCommentView(RecordStepView):
    """Settling a comment on a draft minute."""

    record_class = DraftComment
    form_class = SettleForm
    title = button = _("Settle the comment")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record.minute)

    @property
    def explanation(self) -> str:
        """The comment itself."""
        return f"{self.record.person}: {self.record.text}"

    def subtitle(self) -> str:
        """Which minute."""
        return str(self.record.minute)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Settle it."""
        return settle_comment(comment=record, by=user, **answers)

    def afterwards(self) -> str:
        """All comments of the meeting."""
        return reverse("send_draft", args=[self.record.minute.item.meeting.pk])


urls: list[URLPattern] = [
    path("meetings/<int:pk>/draft/", SendDraftView.as_view(), name="send_draft"),
    path("meetings/drafts/<int:pk>/back/", TakeDraftBackView.as_view(), name="take_draft_back"),
    path("minutes/comments/<int:pk>/", SettleCommentView.as_view(), name="settle_comment"),
]
