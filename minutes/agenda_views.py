"""Building an agenda: its order, its headings and what fills it. Each calls one operation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from governance.exceptions import Refused
from governance.views import RecordStepView
from minutes.agenda_desk import desk_of
from minutes.agenda_order import Line, moved, moved_below, read_line, read_move, read_order
from minutes.models import AgendaSection, MeetingPage
from minutes.operations.agendas import reorder_items
from minutes.operations.filling import fill_agenda, proposed_for
from minutes.operations.sections import add_section, remove_section, rename_section
from minutes.permissions import may_build_agenda, may_write_running_order


class OfAgenda(View):
    """What those do who write for the board of a meeting."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the meeting and ask whether the person may.

        Raises:
            PermissionDenied: the person may not.
        """
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["pk"])
        if not may_build_agenda(request.user, self.meeting):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class BuildAgendaView(OfAgenda):
    """The agenda in its order. Every move is a form that works without a script; dragging sends the same form."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._show(request)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move one line, or say why not and show the agenda as it is now."""
        try:
            seen = read_order(request.POST.get("seen", ""))
            wanted, line = self._wanted(request, seen)
            reorder_items(meeting=self.meeting, order=wanted, seen=seen, by=request.user)
        except (Refused, ValueError) as refusal:
            return self._show(request, said=str(refusal), status=409)
        return redirect(f"{reverse('build_agenda', args=[pk])}?moved={line}")

    def _wanted(self, request: HttpRequest, seen: list[Line]) -> tuple[list[Line], Line]:
        """The order that is asked for, and what was moved."""
        move, _space, written = request.POST.get("move", "").partition(" ")
        if not move:
            return read_order(request.POST.get("order", "")), read_line(request.POST.get("line", ""))
        line = read_line(written)
        if move == "below":
            return moved_below(seen, line, read_line(request.POST.get(f"below-{line}", ""))), line
        return moved(seen, line, read_move(move)), line

    def _show(self, request: HttpRequest, said: str = "", status: int = 200) -> HttpResponse:
        desk = desk_of(self.meeting)
        last = next((line for line in desk.lines if str(line.line)[1:] == request.GET.get("moved", "-")[1:]), None)
        writes = may_write_running_order(request.user, self.meeting)
        context = {"meeting": self.meeting, "desk": desk, "refused": said, "last": last, "writes_notes": writes}
        return render(request, "minutes/admin/build_agenda.html", context, status=status)


class FillAgendaView(OfAgenda):
    """What the agenda would get from the template, the work programme and earlier meetings: shown, then made."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it. Nothing is made."""
        return self._show(request)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make what is ticked."""
        try:
            made = fill_agenda(meeting=self.meeting, by=request.user, chosen=set(request.POST.getlist("chosen")))
        except Refused as refusal:
            return self._show(request, str(refusal), 409)
        number = len(made)
        said = ngettext("%(number)d item was put on the agenda.", "%(number)d items were put on the agenda.", number)
        messages.success(request, said % {"number": number} if number else _("Nothing was added."))
        return redirect("build_agenda", pk)

    def _show(self, request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
        rows = proposed_for(self.meeting)
        new = any(row.line is None and row.source != "section" for row in rows)
        context = {"meeting": self.meeting, "rows": rows, "refused": refused, "new": new}
        return render(request, "minutes/admin/fill_agenda.html", context, status=status)


class HeadingForm(forms.Form):
    """The words of a heading."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)


class AddHeadingView(RecordStepView):
    """Putting a heading on an agenda."""

    record_class = MeetingPage
    form_class = HeadingForm
    title = button = gettext_lazy("Add a heading")
    explanation = gettext_lazy("It comes to the end of the agenda; move it from there. It becomes public with the agenda.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_build_agenda(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Put it there."""
        return add_section(meeting=record, by=user, **answers)

    def afterwards(self) -> str:
        """Back to the agenda."""
        return reverse("build_agenda", args=[self.record.pk])


class OfHeading(RecordStepView):
    """A step with one heading."""

    record_class = AgendaSection

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_build_agenda(user, record.meeting)

    def subtitle(self) -> str:
        """Which heading."""
        return str(self.record)

    def afterwards(self) -> str:
        """Back to the agenda."""
        return reverse("build_agenda", args=[self.record.meeting_id])


class RenameHeadingView(OfHeading):
    """Giving a heading other words."""

    form_class = HeadingForm
    title = button = gettext_lazy("Change the heading")
    explanation = gettext_lazy(
        "Where it is public already, the public reads the new words at once and the history keeps the old ones."
    )

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """Its words."""
        return {"initial": {"title": record.title}}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Change it."""
        return rename_section(section=record, by=user, **answers)


class RemoveHeadingView(OfHeading):
    """Taking a heading away."""

    title = button = gettext_lazy("Take the heading away")
    explanation = gettext_lazy("The items below it stay. A heading that is public stays too.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it away."""
        return remove_section(section=record, by=user)
