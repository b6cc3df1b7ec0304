"""Emergency withdrawal in the admin: what and why, one confirmation, and afterwards what was taken out of which channel when."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from wagtail.models import Page

from governance.exceptions import Refused
from governance.views import RecordStepView
from minutes.emergencies import Choice, EmergencyTarget
from minutes.models import AgendaItemPage, EmergencyWithdrawal, MeetingPage, MinutePage, Pack, Paper, ResolutionPage
from minutes.operations.emergency import choices_of, look_at_channels, meeting_of, put_back_pages, withdraw_at_once
from minutes.permissions import may_run_meeting


class EmergencyForm(forms.Form):
    """What is to go, and why."""

    what = forms.ChoiceField(label=gettext_lazy("What has to go"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Whoever follows an old address reads it. Do not repeat what had to go. Such as: “It was published by mistake.”"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(choice.value, choice.label) for choice in choices]  # type: ignore[attr-defined]


class EmergencyView(View):
    """Taking something of a meeting out of every channel."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the meeting. The time it takes is counted from here, once it is confirmed.

        Raises:
            Http404: there is no such meeting.
            PermissionDenied: the person does not publish for its board.
        """
        self.pressed_at = timezone.now()
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["pk"])
        if not may_run_meeting(request.user, self.meeting):
            raise PermissionDenied
        self.choices = choices_of(self.meeting)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask what and why."""
        first = self.choices[0].value if self.choices else None
        form = EmergencyForm(choices=self.choices, initial={"what": request.GET.get("what", first)})
        return self._show(request, form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say what will go and have that confirmed; then take it out."""
        form = EmergencyForm(request.POST, choices=self.choices)
        if not form.is_valid():
            return self._show(request, form, status=400)
        chosen = next(choice for choice in self.choices if choice.value == form.cleaned_data["what"])
        if "back" in request.POST:
            return self._show(request, EmergencyForm(choices=self.choices, initial=form.cleaned_data))
        if "confirmed" not in request.POST:
            context = {"meeting": self.meeting, "form": form, "choice": chosen}
            return render(request, "minutes/admin/emergency_confirm.html", context)
        try:
            reason = form.cleaned_data["reason"]
            row = withdraw_at_once(choice=chosen, by=request.user, reason=reason, pressed_at=self.pressed_at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, status=409)
        return redirect("emergency", pk=row.pk)

    def _show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        before = EmergencyWithdrawal.objects.filter(meeting=self.meeting).select_related(
            "item", "taken_paper", "pack", "by", "meeting"
        )
        context = {"meeting": self.meeting, "form": form, "before": before, "choices": self.choices}
        return render(request, "minutes/admin/emergency_form.html", context, status=status)


class EmergencyReportView(View):
    """What one emergency withdrawal took out of which channel, when, and what it could not take out."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find it.

        Raises:
            Http404: there is none.
            PermissionDenied: the person does not publish for its board.
        """
        rows = EmergencyWithdrawal.objects.select_related("meeting", "item", "taken_paper", "pack", "by")
        self.row = get_object_or_404(rows, pk=kwargs["pk"])
        if not may_run_meeting(request.user, self.row.meeting):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        context = {"row": self.row, "channels": list(self.row.channels.all())}
        return render(request, "minutes/admin/emergency_report.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look again at the channels that are not empty."""
        row = look_at_channels(emergency=self.row)
        if row.ended_at:
            messages.success(request, _("It is out of every channel."))
        else:
            messages.warning(request, _("Something is still there. It is named below."))
        return redirect("emergency", pk=row.pk)


class PutBackView(RecordStepView):
    """Making public again what was taken out, by somebody else than who took it out."""

    record_class = EmergencyWithdrawal
    title = button = gettext_lazy("Put it back")
    explanation = gettext_lazy(
        "Read each page first. They become public again just as they were, with their papers. Packs are asked for anew by hand."
    )
    done = gettext_lazy("It is public again.")
    template_name = "minutes/admin/emergency_put_back.html"
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record.meeting)

    def subtitle(self) -> str:
        """By its reference."""
        return str(self.record)

    def afterwards(self) -> str:
        """The page of the withdrawal."""
        return reverse("emergency", args=[self.record.pk])

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Put it back."""
        return put_back_pages(emergency=record, by=user)


class EmergencyOfView(View):
    """The way from a thing to its emergency withdrawal, with that thing chosen."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead there.

        Raises:
            Http404: there is no such thing, or it belongs to no meeting.
            PermissionDenied: the person does not publish for its board.
        """
        choice = self.choice(pk)
        if choice is None:
            raise Http404
        if not may_run_meeting(request.user, meeting_of(choice)):
            raise PermissionDenied
        return redirect(f"{reverse('emergency_withdrawal', args=[meeting_of(choice).pk])}?what={choice.value}")

    def choice(self, pk: int) -> Choice | None:
        """The thing: of what was minuted of an item, that item."""
        page = get_object_or_404(Page, pk=pk).specific
        if isinstance(page, MeetingPage):
            return Choice(EmergencyTarget.MEETING, page)
        if isinstance(page, MinutePage | ResolutionPage):
            page = page.item
        return Choice(EmergencyTarget.ITEM, page) if isinstance(page, AgendaItemPage) else None


class EmergencyOfPaperView(EmergencyOfView):
    """The way from a paper."""

    def choice(self, pk: int) -> Choice | None:
        """The paper."""
        return Choice(EmergencyTarget.PAPER, get_object_or_404(Paper, pk=pk))


class EmergencyOfPackView(EmergencyOfView):
    """The way from a pack."""

    def choice(self, pk: int) -> Choice | None:
        """The pack."""
        return Choice(EmergencyTarget.PACK, get_object_or_404(Pack, pk=pk))


def may_take_out(user: Any, page: Any) -> bool:
    """Whether a public page of a meeting has an emergency withdrawal that this person may make: those who publish for its board."""
    of_a_meeting = isinstance(page, MeetingPage | AgendaItemPage | MinutePage | ResolutionPage)
    return of_a_meeting and page.live and may_run_meeting(user, page)


urls = [
    path("meetings/<int:pk>/emergency/", EmergencyView.as_view(), name="emergency_withdrawal"),
    path("records/<int:pk>/emergency/", EmergencyOfView.as_view(), name="emergency_of_page"),
    path("papers/<int:pk>/emergency/", EmergencyOfPaperView.as_view(), name="emergency_of_paper"),
    path("packs/<int:pk>/emergency/", EmergencyOfPackView.as_view(), name="emergency_of_pack"),
    path("emergencies/<int:pk>/", EmergencyReportView.as_view(), name="emergency"),
    path("emergencies/<int:pk>/put-back/", PutBackView.as_view(), name="put_back"),
]
