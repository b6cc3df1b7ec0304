"""Planning a year of meetings, moving one, posting its notice, and the work programme: each calls one operation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View

from governance.exceptions import Refused
from governance.models import BoardPage
from governance.permissions import may_publish_for, may_write_for
from governance.views import RecordStepView
from minutes.clashes import clashes
from minutes.models import AgendaItemPage, MeetingPage, ProgrammeEntry
from minutes.operations.notice import post_notice
from minutes.operations.planning import move_meeting, plan_meetings
from minutes.operations.programme import put_on_agenda, tick_step
from minutes.permissions import may_run_meeting
from minutes.planning import PlannedDay, comes_twice, days_of, moment_of, plan
from minutes.planning_forms import AgendaForm, MoveForm, NoticeForm, PatternForm, TickForm
from minutes.preparation import steps_left


class PlanYearView(View):
    """Two steps on one address: the pattern, then its days with what stands against each. Nothing is made before that."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Those who publish for the board.

        Raises:
            PermissionDenied: the person does not.
        """
        self.board = get_object_or_404(BoardPage, pk=kwargs["board"])
        if not may_publish_for(request.user, self.board):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, board: int) -> HttpResponse:
        """Ask for the pattern."""
        return self._show(request, PatternForm())

    def post(self, request: HttpRequest, board: int) -> HttpResponse:
        """Show the days, or make the meetings of those that are ticked."""
        form = PatternForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=400)
        days = self._plan(form)
        if "make" not in request.POST:
            return self._show(request, form, days)
        chosen = set(request.POST.getlist("days"))
        try:
            return self._make(request, form, [row.day for row in days if row.day and row.day.isoformat() in chosen])
        except (Refused, ValueError) as problem:
            form.add_error(None, str(problem))
            return self._show(request, form, days, status=409)

    def _plan(self, form: PatternForm) -> list[PlannedDay]:
        answers = form.cleaned_data
        taken = clashes(self.board, answers["first"], answers["last"], answers["venue"])
        wanted = days_of(form.pattern, answers["first"], answers["last"])
        return plan(wanted, nation=self.board.nation, avoid=answers["avoid"], taken=taken)

    def _make(self, request: HttpRequest, form: PatternForm, days: list[date]) -> HttpResponse:
        starts = form.cleaned_data["starts"]
        moments = [moment_of(day, starts) for day in days]
        venue = form.cleaned_data["venue"]
        planned = plan_meetings(board=self.board, moments=moments, by=request.user, length=form.length, venue=venue)
        number = len(planned.made)
        said = ngettext("%(number)d meeting was made.", "%(number)d meetings were made.", number) % {"number": number}
        if planned.there:
            there = len(planned.there)
            words = ngettext("%(number)d was there already.", "%(number)d were there already.", there)
            said = f"{said} {words % {'number': there}}"
        if any(comes_twice(moment) for moment in moments):
            said = f"{said} {_g('On one of the days that hour comes twice; the first is meant.')}"
        messages.success(request, said)
        return redirect("wagtailadmin_explore", self.board.pk)

    def _show(
        self, request: HttpRequest, form: PatternForm, days: list[PlannedDay] | None = None, status: int = 200
    ) -> HttpResponse:
        context = {"board": self.board, "form": form, "days": days}
        return render(request, "minutes/admin/plan_year.html", context, status=status)


class MoveMeetingView(RecordStepView):
    """Giving a meeting another day and time."""

    record_class = MeetingPage
    form_class = MoveForm
    title = button = _("Move the meeting")
    explanation = _(
        "Its reference and address stay. The former date stays on its page with the reason, and calendars are told."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Move it."""
        return move_meeting(meeting=record, starts_at=answers["starts_at"], reason=answers["reason"], by=user)


class PostNoticeView(RecordStepView):
    """Recording that the notice of a meeting was posted."""

    record_class = MeetingPage
    form_class = NoticeForm
    title = button = _("Record that the notice was posted")
    explanation = _("The notice to print is on the meeting's public page. When, where and by whom is recorded once.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return post_notice(meeting=record, by=user, **answers)


class PutOnAgendaView(RecordStepView):
    """Putting an entry of the work programme on an agenda."""

    record_class = ProgrammeEntry
    form_class = AgendaForm
    title = button = _("Put on an agenda")
    explanation = _("It becomes an item at the end of the agenda, as a draft, with its report to follow.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record.board)

    def subtitle(self) -> str:
        """Which entry."""
        return str(self.record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The meetings of its board."""
        return {"board": record.board}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Put it there."""
        self.item = put_on_agenda(entry=record, meeting=answers["meeting"], by=user)

    def afterwards(self) -> str:
        """To the new item, or back to the board."""
        made = getattr(self, "item", None)
        return reverse("wagtailadmin_pages:edit", args=[made.pk if made else self.record.board_id])


class TickStepView(RecordStepView):
    """Ticking off a step in the making of a report."""

    record_class = AgendaItemPage
    form_class = TickForm
    title = button = _("Tick off a step")
    explanation = _("Who did it and when is recorded. The steps are those of the board's rule book.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The steps that are left."""
        return {"steps": [step.name for step in steps_left(record)]}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Tick it off."""
        return tick_step(item=record, by=user, **answers)
