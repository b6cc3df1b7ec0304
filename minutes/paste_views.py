"""“Paste minutes”: read a text, show what was understood, keep what the editor has corrected. Nothing is saved before that."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from governance.exceptions import Refused
from minutes.models import MeetingPage
from minutes.operations.importing import Kept, keep_minutes
from minutes.paste_forms import ClauseFormSet, PasteForm, ReviewForm, clause_initial
from minutes.policies import check_takes_minutes
from minutes.proposal import propose
from minutes.reading import Reading, UnreadableMinutes, read


class PasteMinutesView(View):
    """Two steps on one address: the text, then what was understood of it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse who may not add to the meeting, and a meeting that takes no minutes."""
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["meeting"])
        self.rights = self.meeting.permissions_for_user(request.user)
        if not self.rights.holds("add"):
            raise PermissionDenied
        try:
            check_takes_minutes(self.meeting)
        except Refused as refusal:
            return render(request, "governance/admin/refused.html", {"reason": str(refusal)}, status=409)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, meeting: int) -> HttpResponse:
        """An empty box."""
        return self._show_paste(request, PasteForm())

    def post(self, request: HttpRequest, meeting: int) -> HttpResponse:
        """Read the text, or keep what was corrected."""
        return self._keep(request) if "title" in request.POST else self._read(request)

    def _read(self, request: HttpRequest) -> HttpResponse:
        form = PasteForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show_paste(request, form)
        text = form.cleaned_data["text"]
        try:
            reading = read(text)
        except UnreadableMinutes as problem:
            form.add_error(None, str(problem))
            return self._show_paste(request, form)
        proposal = propose(reading)
        review = ReviewForm(initial=ReviewForm.initial_from(proposal, text))
        clauses = ClauseFormSet(initial=[clause_initial(clause) for clause in proposal.clauses], prefix="clauses")
        return self._show_review(request, review, clauses, reading)

    def _keep(self, request: HttpRequest) -> HttpResponse:
        review = ReviewForm(request.POST)
        clauses = ClauseFormSet(request.POST, prefix="clauses")
        if not (review.is_valid() and clauses.is_valid()):
            return self._show_review(request, review, clauses, None)
        publish = "publish" in request.POST
        if publish and not self.rights.can_publish_subpage():
            raise PermissionDenied
        wanted = tuple(form.proposed() for form in clauses if form.cleaned_data.get("keep"))
        try:
            kept = keep_minutes(
                board=self.meeting.board,
                day=self.meeting.day,
                proposal=review.proposed(wanted),
                source=review.cleaned_data["source"],
                by=request.user,
                publish=publish,
            )
        except Refused as refusal:
            review.add_error(None, str(refusal))
            return self._show_review(request, review, clauses, None)
        if kept.was_there:
            messages.warning(request, _("This text was kept before. Nothing was made twice."))
        else:
            messages.success(request, _in_words(kept))
        return redirect("wagtailadmin_explore", kept.item.pk)

    def _show_paste(self, request: HttpRequest, form: PasteForm) -> HttpResponse:
        return render(request, "minutes/admin/paste.html", {"meeting": self.meeting, "form": form})

    def _show_review(self, request: HttpRequest, review: ReviewForm, clauses: Any, reading: Reading | None) -> HttpResponse:
        context = {
            "meeting": self.meeting,
            "review": review,
            "clauses": clauses,
            "warnings": reading.warnings if reading else (),
            "dates": reading.dates if reading else (),
            "may_publish": self.rights.can_publish_subpage(),
        }
        return render(request, "minutes/admin/paste_review.html", context)


def _in_words(kept: Kept) -> str:
    """What was kept, counted."""
    resolutions, actions = len(kept.resolutions), len(kept.actions)
    counted = {
        "item": kept.item,
        "resolutions": ngettext("%d resolution", "%d resolutions", resolutions) % resolutions,
        "actions": ngettext("%d proposed action", "%d proposed actions", actions) % actions,
    }
    return _("“%(item)s” is kept with %(resolutions)s and %(actions)s.") % counted
