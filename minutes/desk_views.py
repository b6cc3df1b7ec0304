"""The minute-taking desk: one screen for a meeting. Its words go where those of Wagtail's own editor go, to versions of the pages."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views import View

from governance.exceptions import Refused
from governance.permissions import may_publish_for, may_write_for
from minutes.desk import (
    clauses_of,
    follow_ups_of,
    is_private,
    items_of,
    links_of,
    neighbours,
    people_of,
    voters_in,
    writes_nothing_because,
)
from minutes.desk_forms import DESK_PANELS, FOLLOW_UP, USUAL_CLAUSES, ClauseForms, ToDoForm, clauses_in, emptied_in, without
from minutes.enums import DecisionManner, ItemOutcome, MeetingStatus
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.desking import (
    ChangedMeanwhile,
    as_last_written,
    begin_minute,
    clause_of,
    keep_clauses,
    keep_minute,
    resolve_as_recommended,
    usual_manner,
    version_of,
)
from minutes.operations.to_do import note_to_do
from minutes.page_forms import COLUMNS_OF_A_VOTE
from minutes.policies import check_takes_minutes
from minutes.recommendations import recommended_clauses
from minutes.room import room_now

PARTS = ("votes", "amendments", "interests")


@dataclass
class Sheet:
    """One item as it lies on the desk: its minute's form and its clauses."""

    minute: MinutePage
    form: Any
    panels: Any
    clauses: Any
    loaded: str


class DeskView(View):
    """Shows an item of a meeting to be minuted, and takes what is written: from the page's script, or as a plain form."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the meeting and the item. A meeting that takes no minutes says why.

        Raises:
            PermissionDenied: the person does not write for the board.
            Http404: the meeting has no such item.
        """
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["pk"])
        if not may_write_for(request.user, self.meeting):
            if _wants_json(request):
                return JsonResponse({"problem": _("You may not write for this board.")}, status=403)
            raise PermissionDenied
        self.closed = ""
        try:
            check_takes_minutes(self.meeting)
        except Refused as refusal:
            # Confirmed minutes can still be read at the desk.
            if self.meeting.status != MeetingStatus.CONFIRMED or request.method != "GET":
                return self._refused(request, str(refusal))
            self.closed = str(refusal)
        self.items = items_of(self.meeting)
        if not self.items:
            return self._refused(request, _("This meeting has no items yet. Add them to its agenda first."))
        chosen = kwargs.get("item") or self._first_open().pk
        found = next((each.item for each in self.items if each.item.pk == chosen), None)
        if found is None:
            raise Http404
        self.item = found
        return super().dispatch(request, *args, **kwargs)

    def _first_open(self) -> AgendaItemPage:
        return next((each.item for each in self.items if not each.settled), self.items[0].item)

    def _refused(self, request: HttpRequest, reason: str) -> HttpResponse:
        back = reverse("wagtailadmin_pages:edit", args=[self.meeting.pk])
        if _wants_json(request):
            return JsonResponse({"problem": reason}, status=409)
        return render(request, "governance/admin/refused.html", {"reason": reason, "back": back}, status=409)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The item as it was last written; or only whether there is a quorum now and who may vote, for the page's script."""
        if _wants_json(request):
            return JsonResponse(self._quorum())
        minute = MinutePage.objects.child_of(self.item).first()
        return self._show(request, self._sheet(request, self._written(minute)))

    def _written(self, minute: MinutePage | None) -> MinutePage:
        if minute is not None:
            return as_last_written(minute)
        presenters = "\n".join(str(presenter) for presenter in self.item.presenters.all())
        return MinutePage(title=self.item.title, presented_by=presenters, manner=usual_manner(self.item))

    def _sheet(self, request: HttpRequest, minute: MinutePage, data: Any = None, clauses: Any = None) -> Sheet:
        form = DESK_PANELS.get_form_class()(data, instance=minute, parent_page=self.item, for_user=request.user)
        panels = DESK_PANELS.get_bound_panel(request=request, instance=minute, form=form)
        if clauses is None:
            drafted = [clause_of(page) for page in clauses_of(self.item)]
            clauses = ClauseForms(initial=[vars(clause) for clause in drafted], prefix="clauses")
        return Sheet(minute, form, panels, clauses, version_of(minute))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep what is written. What is not lawful yet, such as half a vote, is named and left as it was; the rest is kept."""
        loaded = request.POST.get("loaded", "")
        try:
            with transaction.atomic():
                minute, rows, problems = self._keep(request, loaded)
                self._go_further(request)
        except ChangedMeanwhile as conflict:
            return self._conflict(request, conflict)
        except Refused as refusal:
            return self._not_kept(request, str(refusal))
        except ValidationError as error:
            return self._not_kept(request, " ".join(error.messages))
        if _wants_json(request):
            return JsonResponse(self._kept_words(minute, rows, problems))
        for problem in problems:
            messages.warning(request, problem)
        return self._onward(request)

    def _keep(self, request: HttpRequest, loaded: str) -> tuple[MinutePage, dict[int, ResolutionPage], list[str]]:
        minute = MinutePage.objects.child_of(self.item).first()
        if minute is None and not loaded:
            minute = begin_minute(item=self.item, by=request.user)
            loaded = version_of(minute)
        minute = self._written(minute)
        clauses = ClauseForms(request.POST, prefix="clauses")
        if not clauses.is_valid():
            raise Refused(_("The clauses were not understood. Load the page again: what you wrote is kept in this browser."))
        written, problems = self._understood(request, minute)
        if _resolves(request):
            written.manner = written.manner or DecisionManner.ASSENT
            written.outcome = written.outcome or ItemOutcome.DECIDED
        keep_minute(minute=written, loaded=loaded, by=request.user)
        drafted = clauses_in(clauses)
        kept = keep_clauses(item=self.item, clauses=list(drafted.values()), emptied=emptied_in(clauses), by=request.user)
        return written, dict(zip(drafted, kept, strict=True)), problems

    def _understood(self, request: HttpRequest, minute: MinutePage) -> tuple[MinutePage, list[str]]:
        """The minute with what was sent, and what of it was left out and why."""
        form = self._sheet(request, minute, request.POST, clauses=()).form
        form.defer_required_fields()
        if form.is_valid():
            return form.save(commit=False), []
        problems = [str(words) for errors in form.errors.values() for words in errors]
        broken = [name for name in PARTS if not form.formsets[name].is_valid()]
        problems += [_row_problem(form.formsets[name]) for name in broken]
        wrong = {name for name in form.errors if name in form.fields} | set(broken)
        if form.non_field_errors() or not wrong or wrong & {*COLUMNS_OF_A_VOTE, "votes"}:
            # A rule about the vote may be broken by what stands in any of its fields and rows.
            wrong |= {*COLUMNS_OF_A_VOTE, "votes"}
        fresh = self._written(MinutePage.objects.get(pk=minute.pk))
        saved = DESK_PANELS.get_form_class()(instance=fresh, parent_page=self.item, for_user=request.user)
        second = self._sheet(request, fresh, without(wrong, request.POST, saved), clauses=()).form
        second.defer_required_fields()
        if not second.is_valid():
            raise Refused(" ".join(problems))
        return second.save(commit=False), problems

    def _go_further(self, request: HttpRequest) -> None:
        """What a button besides “Save” does: take the report's recommendations as the clauses."""
        if _resolves(request):
            resolve_as_recommended(item=self.item, by=request.user, amended="as_amended" in request.POST)

    def _onward(self, request: HttpRequest) -> HttpResponseRedirect:
        _before, after = neighbours(self.items, self.item)
        goal = after if "next" in request.POST and after else self.item
        return redirect("desk_item", self.meeting.pk, goal.pk)

    def _kept_words(self, minute: MinutePage, rows: dict[int, ResolutionPage], problems: list[str]) -> dict[str, Any]:
        now = {page.pk: version_of(page) for page in clauses_of(self.item)}
        clauses = [{"row": number, "key": page.pk, "loaded": now[page.pk]} for number, page in rows.items()]
        return {
            "loaded": version_of(MinutePage.objects.get(pk=minute.pk)),
            "at": timezone.localtime().strftime("%H:%M"),
            "problems": problems,
            "clauses": clauses,
            **self._quorum(),
        }

    def _quorum(self) -> dict[str, Any]:
        room = room_now(self.meeting, self.item)
        strip = render_to_string("minutes/admin/pieces/quorum.html", {"room": room})
        return {"quorum": strip, "voters": voters_in(room)}

    def _conflict(self, request: HttpRequest, conflict: ChangedMeanwhile) -> HttpResponse:
        """Both texts, so that the writer chooses; nothing is lost in silence."""
        theirs = conflict.record
        now = MinutePage.objects.child_of(self.item).first()
        answer = {
            "problem": str(conflict),
            "theirs": _plain(theirs),
            "mine": _plain(self._mine(request)),
            "loaded": version_of(now) if now else "",
            "clauses": [],
        }
        if isinstance(theirs, ResolutionPage):
            answer |= self._conflict_of_clause(request, theirs)
        if _wants_json(request):
            return JsonResponse(answer, status=409)
        sheet = self._sheet(request, self._written(now), request.POST, ClauseForms(request.POST, prefix="clauses"))
        return self._show(request, sheet, status=409, conflict=answer)

    def _conflict_of_clause(self, request: HttpRequest, theirs: ResolutionPage) -> dict[str, Any]:
        """The words of the one clause, and the version over which mine are kept where they are chosen."""
        rows = ClauseForms(request.POST, prefix="clauses")
        drafted = clauses_in(rows) if rows.is_valid() else {}
        number = next(number for number, clause in drafted.items() if clause.key == theirs.pk)
        version = version_of(ResolutionPage.objects.get(pk=theirs.pk))
        return {"mine": drafted[number].text, "clauses": [{"row": number, "key": theirs.pk, "loaded": version}]}

    def _mine(self, request: HttpRequest) -> MinutePage:
        form = self._sheet(request, MinutePage(), request.POST, clauses=()).form
        form.is_valid()
        return MinutePage(text=form.cleaned_data.get("text", ""))

    def _not_kept(self, request: HttpRequest, problem: str) -> HttpResponse:
        if _wants_json(request):
            return JsonResponse({"problem": problem}, status=422)
        messages.error(request, problem)
        written = self._written(MinutePage.objects.child_of(self.item).first())
        sheet = self._sheet(request, written, request.POST, ClauseForms(request.POST, prefix="clauses"))
        return self._show(request, sheet, status=422)

    def _show(self, request: HttpRequest, sheet: Sheet, status: int = 200, **more: Any) -> HttpResponse:
        before, after = neighbours(self.items, self.item)
        clauses = clauses_of(self.item)
        room = room_now(self.meeting, self.item)
        context = {
            "meeting": self.meeting,
            "items": self.items,
            "item": self.item,
            "is_private": is_private(self.item),
            "sheet": sheet,
            "media": sheet.panels.media + sheet.form.media,
            "before": before,
            "after": after,
            "room": room,
            "voters": voters_in(room),
            "people": people_of(self.meeting),
            "usual": USUAL_CLAUSES,
            "recommends": recommended_clauses(self.item.recommendations),
            "to_do": more.pop("to_do", None) or ToDoForm(clauses=clauses, prefix="todo"),
            "links": links_of(self.item),
            "follow_ups": follow_ups_of(self.item),
            "closed": self.closed or writes_nothing_because(self.item, sheet.minute if sheet.minute.pk else None),
            "clauses": clauses,
            "may_publish": may_publish_for(request.user, self.meeting),
            **more,
        }
        return render(request, "minutes/admin/desk.html", context, status=status)


class DeskToDoView(DeskView):
    """Notes what is to be done after the item on the desk."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it, or say what is missing."""
        clauses = clauses_of(self.item)
        form = ToDoForm(request.POST, clauses=clauses, prefix="todo")
        if form.is_valid():
            try:
                self._note(form.cleaned_data, clauses, request.user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                form.add_error(None, " ".join(error.messages))
        if form.errors:
            sheet = self._sheet(request, self._written(MinutePage.objects.child_of(self.item).first()))
            return self._show(request, sheet, status=422, to_do=form)
        messages.success(request, _("Noted."))
        return redirect(f"{reverse('desk_item', args=[self.meeting.pk, self.item.pk])}#to-do")

    def _note(self, answers: dict[str, Any], clauses: list[Any], user: Any) -> None:
        is_follow_up = answers["kind"] == FOLLOW_UP
        resolution = None if is_follow_up else next(page for page in clauses if page.pk == answers["clause"])
        note_to_do(
            item=self.item,
            resolution=resolution,
            kind="" if is_follow_up else answers["kind"],
            text=answers["text"],
            lead=answers["lead"],
            due_on=answers["due_on"],
            by=user,
        )


def _resolves(request: HttpRequest) -> bool:
    """Whether what the report recommends is to be taken as resolved."""
    return "as_recommended" in request.POST or "as_amended" in request.POST


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _plain(minute: Any) -> str:
    """The words of a minute, or of a clause, to be read side by side."""
    text = getattr(minute, "text", "") or ""
    broken = text.replace("</p>", "\n").replace("</li>", "\n").replace("<br/>", "\n")
    return str(strip_tags(broken)).strip()


def _row_problem(rows: Any) -> str:
    for form in rows.forms:
        for errors in form.errors.values():
            return f"{rows.model._meta.verbose_name}: {errors[0]}"
    return " ".join(str(words) for words in rows.non_form_errors())
