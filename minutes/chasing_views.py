"""The page on which reports of a meeting are asked for, and which shows how far each is."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from wagtail.admin.widgets import AdminDateInput

from governance.exceptions import Refused
from minutes.chasing import ReportRow, reports_of, usual_due_date
from minutes.enums import UPCOMING
from minutes.models import MeetingPage
from minutes.operations.paper_requests import Asked, request_papers
from minutes.permissions import may_ask_for_papers, may_see_preparation


class AskingForm(forms.Form):
    """By when, and a few words; which reports and of whom stands in the lines of the table."""

    due_on = forms.DateField(label=gettext_lazy("Due"), widget=AdminDateInput)
    note = forms.CharField(label=gettext_lazy("A few words to them"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MeetingReportsView(View):
    """Each report of a meeting: its author, when it was asked for, when it is due, whether it is here, what is ticked off."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Those who work for the board or look at everything; asking is for those who write for it.

        Raises:
            PermissionDenied: somebody else.
        """
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["pk"])
        self.asks = may_ask_for_papers(request.user, self.meeting)
        if not (self.asks if request.method == "POST" else may_see_preparation(request.user, self.meeting)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far they are."""
        return self._show(request, AskingForm(initial={"due_on": self._offered()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for those chosen, or say why not with what was typed still there."""
        form = AskingForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 400)
        chosen = [row for row in reports_of(self.meeting) if f"ask-{row.key}" in request.POST]
        asked = [
            Asked(
                item=row.item,
                paper=row.paper,
                name=request.POST.get(f"name-{row.key}", ""),
                email=request.POST.get(f"email-{row.key}", ""),
            )
            for row in chosen
        ]
        try:
            made = request_papers(meeting=self.meeting, asked=asked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, 409)
        messages.success(request, _said(len(made), sum(not one.email for one in made)))
        return redirect("meeting_reports", pk)

    def _offered(self) -> date:
        return max(usual_due_date(self.meeting), timezone.localdate())

    def _show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        today = timezone.localdate()
        rows = [self._line(row, request, today) for row in reports_of(self.meeting)]
        asks = self.asks and self.meeting.status in UPCOMING and any(line["asks"] for line in rows)
        context = {"meeting": self.meeting, "rows": rows, "form": form, "asks": asks, "writes": self.asks}
        return render(request, "minutes/admin/meeting_reports.html", context, status=status)

    def _line(self, row: ReportRow, request: HttpRequest, today: date) -> dict[str, Any]:
        typed = request.POST
        return {
            "row": row,
            "late": row.is_late(today) and self.meeting.status in UPCOMING,
            "asks": row.can_be_asked,
            "name": typed.get(f"name-{row.key}", row.author),
            "email": typed.get(f"email-{row.key}", row.email),
            "chosen": f"ask-{row.key}" in typed if typed else row.asked is None,
        }


def _said(number: int, without: int) -> str:
    words = [ngettext("%(number)d report was asked for.", "%(number)d reports were asked for.", number) % {"number": number}]
    if without:
        without_address = ngettext(
            "%(number)d has no e-mail address: ask by other means.",
            "%(number)d have no e-mail address: ask by other means.",
            without,
        )
        words.append(without_address % {"number": without})
    return " ".join(words)
