"""The pages of the admin on which packs are asked for, watched, cancelled, withdrawn and dispatched."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from governance.exceptions import Refused
from governance.forms import ReasonForm
from governance.permissions import may_publish_for
from governance.views import RecordStepView
from minutes.enums import OPEN_PACKS, PACKS_OF_A_MEETING, PackKind, PackState
from minutes.models import Dispatch, MeetingPage, Pack
from minutes.operations.dispatching import mark_posted
from minutes.operations.pack_withdrawal import withdraw_pack
from minutes.operations.packing import ask_for_pack, cancel_pack, facts_of
from minutes.pack_forms import AskForm
from minutes.pack_policies import seconds_left, what_is_missing


class OfMeeting(View):
    """What those do who publish for a meeting's board."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse who may not publish on the meeting."""
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["meeting"])
        if not self.meeting.permissions_for_user(request.user).can_publish_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class BuildPackView(OfMeeting):
    """The page that asks for a meeting's packs and shows how far they are."""

    def get(self, request: HttpRequest, meeting: int) -> HttpResponse:
        """Every pack with its versions, and how far those are that are not issued yet."""
        return self._show(request, AskForm(meeting=self.meeting, initial=request.GET))

    def post(self, request: HttpRequest, meeting: int) -> HttpResponse:
        """Ask for a pack."""
        form = AskForm({"what": PackKind.AGENDA.value, **request.POST.dict()}, meeting=self.meeting)
        if not form.is_valid():
            return self._show(request, form, 400)
        try:
            asked = ask_for_pack(meeting=self.meeting, by=request.user, **form.asked())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, 409)
        messages.success(request, _("%(pack)s is being built.") % {"pack": asked.reference})
        return redirect("build_pack", self.meeting.pk)

    def _show(self, request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
        packs = list(self.meeting.packs.defer("layout", "contents").order_by("-asked_at", "-pk"))
        facts = facts_of(self.meeting)
        kinds = [kind for kind in PACKS_OF_A_MEETING if kind not in {PackKind.ITEM, PackKind.SUPPLEMENT}]
        context = {
            "meeting": self.meeting,
            "form": form,
            "packs": [(pack, progress_of(pack)) for pack in packs],
            "missing": [(kind.label, words) for kind in kinds if (words := what_is_missing(kind, facts))],
            "working": any(pack.state in OPEN_PACKS for pack in packs),
        }
        return render(request, "minutes/admin/packs.html", context, status=status)


class PackProgressView(OfMeeting):
    """How far the packs of a meeting are, for the script that keeps the page up to date."""

    def get(self, request: HttpRequest, meeting: int) -> JsonResponse:
        """Those that are not issued yet."""
        packs = self.meeting.packs.defer("layout", "contents").filter(state__in=OPEN_PACKS).order_by("pk")
        return JsonResponse({"rows": [progress_of(pack) for pack in packs]})


class PackStepView(RecordStepView):
    """A step with one pack, for those who publish for its board."""

    record_class = Pack

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_publish_for(user, record.meeting)

    def subtitle(self) -> str:
        """Which pack it is."""
        return str(self.record.reference)

    def afterwards(self) -> str:
        """The packs of the meeting."""
        return reverse("build_pack", args=[self.record.meeting_id])


class CancelPackView(PackStepView):
    """Cancelling a pack that is not issued yet."""

    title = gettext_lazy("Cancel building")
    button = gettext_lazy("Cancel building the pack")
    explanation = gettext_lazy("It stops after the section in hand. What is issued now stays as it is.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Cancel it."""
        return cancel_pack(pack=record, by=user)


class WithdrawPackView(PackStepView):
    """Taking an issued pack out of public view."""

    form_class = ReasonForm
    title = gettext_lazy("Withdraw a pack")
    button = gettext_lazy("Withdraw")
    explanation = gettext_lazy(
        "Nobody can read it any more. Its address stays: whoever follows it reads that it was withdrawn, when, and the reason you give here. Versions issued before it stay; withdraw each that must go too."
    )
    done = gettext_lazy("Withdrawn. Its address now tells the reason.")
    risky = True

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Withdraw it."""
        return withdraw_pack(pack=record, by=user, reason=answers["reason"])


class DispatchView(View):
    """Who was sent a pack, when and how; the list of paper copies, and that they were posted."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse who may not publish for the board."""
        self.record = get_object_or_404(Pack.objects.defer("layout", "contents"), pk=kwargs["pk"])
        if not may_publish_for(request.user, self.record.meeting):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list; with `?paper` only the paper copies, to print."""
        return self._show(request)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark paper copies as posted."""
        chosen = [int(key) for key in request.POST.getlist("posted") if key.isdecimal() and len(key) < 19]
        try:
            number = mark_posted(pack=self.record, rows=chosen, by=request.user)
        except Refused as refusal:
            return self._show(request, problem=str(refusal), status=409)
        said = ngettext("%(number)d copy is marked as posted.", "%(number)d copies are marked as posted.", number)
        messages.success(request, said % {"number": number})
        return redirect("pack_dispatch", pk)

    def _show(self, request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
        rows = Dispatch.objects.filter(pack_id=self.record.pk).select_related("delivery", "posted_by", "person__organisation")
        paper = [row for row in rows if row.on_paper]
        only_paper = "paper" in request.GET
        context = {
            "record": self.record,
            "rows": paper if only_paper else list(rows),
            "only_paper": only_paper,
            "to_post": any(row.posted_at is None for row in paper),
            "paper": len(paper),
            "problem": problem,
        }
        return render(request, "minutes/admin/dispatch.html", context, status=status)


def progress_of(pack: Pack) -> dict[str, Any]:
    """How far a pack is: its key, per cent, and a sentence."""
    return {"key": pack.pk, "percent": pack.progress, "words": _progress_words(pack)}


def _progress_words(pack: Pack) -> str:
    if pack.state == PackState.QUEUED:
        return _("Waiting for the worker.")
    if pack.cancel_asked_at is not None:
        return _("Being cancelled.")
    words = {"stage": pack.stage, "done": pack.sections_done, "total": pack.sections_total}
    said = _("Section %(done)s of %(total)s: %(stage)s.") % words if pack.sections_total else f"{pack.stage}."
    elapsed = (timezone.now() - pack.taken_up_at).total_seconds() if pack.taken_up_at else 0.0
    left = seconds_left(pack.sections_done, pack.sections_total, elapsed)
    if not left:
        return said
    rest = ngettext("About %(left)d second left.", "About %(left)d seconds left.", left) % {"left": left}
    return f"{said} {rest}"
