"""The chair's running order: the agenda with its times and the notes for the chair. For the chair and the clerk alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from governance.exceptions import Refused
from governance.look import LookMissing
from minutes.agenda_desk import DeskLine, desk_of
from minutes.models import MeetingPage
from minutes.operations.chair_notes import WHOLE_MEETING, Written, notes_of, write_notes
from minutes.packs.render import SectionFailed
from minutes.permissions import may_read_running_order, may_write_running_order
from minutes.running_order_print import print_running_order


@method_decorator([never_cache, login_required], name="dispatch")
class RunningOrderView(View):
    """The running order, to be read on a screen or printed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it.

        Raises:
            PermissionDenied: the person is neither the chair nor the clerk of that board.
        """
        meeting = _asked_for(request, pk)
        context = {**_what_it_says(meeting), "writes": may_write_running_order(request.user, meeting)}
        return render(request, "minutes/running_order.html", context)


@method_decorator([never_cache, login_required], name="dispatch")
class PrintedRunningOrderView(View):
    """The running order as a PDF to take into the meeting. It is made when it is asked for, and kept nowhere."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it, or say that it cannot be made now.

        Raises:
            PermissionDenied: the person is neither the chair nor the clerk of that board.
        """
        meeting = _asked_for(request, pk)
        said = _what_it_says(meeting)
        try:
            file = print_running_order(said, language=meeting.locale.language_code)
        except (SectionFailed, LookMissing):
            return render(request, "minutes/running_order.html", {**said, "not_printed": True}, status=503)
        answer = HttpResponse(file, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="running-order-{meeting.day.isoformat()}.pdf"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _asked_for(request: HttpRequest, pk: int) -> MeetingPage:
    """The meeting, for those who read its running order."""
    meeting = get_object_or_404(MeetingPage, pk=pk)
    if not may_read_running_order(request.user, meeting):
        raise PermissionDenied
    return meeting


def _what_it_says(meeting: MeetingPage) -> dict[str, Any]:
    notes = notes_of(meeting)
    desk = desk_of(meeting)
    rows = [(line, notes.get(line.line.key, "") if line.item else "") for line in desk.lines]
    return {"meeting": meeting, "desk": desk, "rows": rows, "opening": notes.get(WHOLE_MEETING, "")}


class WriteNotesView(View):
    """The notes for the chair, one for the whole meeting and one for each item."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The clerk.

        Raises:
            PermissionDenied: somebody else.
        """
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["pk"])
        if not may_write_running_order(request.user, self.meeting):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The notes as they are."""
        return self._show(request, {})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep them, or say why not with what was written still there."""
        written = {
            key: Written(_lines(request.POST.get(f"before-{key}", "")), _lines(request.POST[f"note-{key}"]))
            for key in self._keys()
            if f"note-{key}" in request.POST
        }
        try:
            write_notes(meeting=self.meeting, written=written, by=request.user)
        except Refused as refusal:
            return self._show(request, {key: note.now for key, note in written.items()}, str(refusal), 409)
        messages.success(request, _("The notes are kept."))
        return redirect("chair_notes", pk)

    def _keys(self) -> list[int]:
        return [WHOLE_MEETING, *(line.line.key for line in desk_of(self.meeting).lines if line.item)]

    def _show(self, request: HttpRequest, mine: dict[int, str], refused: str = "", status: int = 200) -> HttpResponse:
        now = notes_of(self.meeting)
        lines: list[DeskLine | None] = [None, *(line for line in desk_of(self.meeting).lines if line.item)]
        rows = []
        for line in lines:
            key = line.line.key if line else WHOLE_MEETING
            text = now.get(key, "")
            theirs = text if mine.get(key, text).strip() != text else ""
            rows.append({"line": line, "key": key, "before": text, "text": mine.get(key, text), "theirs": theirs})
        context = {"meeting": self.meeting, "rows": rows, "refused": refused}
        return render(request, "minutes/admin/chair_notes.html", context, status=status)


def _lines(text: str) -> str:
    """Text as a browser sends it, with the ends of lines as they are kept."""
    return text.replace("\r\n", "\n")
