"""Draft minutes in the members' area, before they are public: read by those to whom they were sent, kept nowhere."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.exceptions import Refused
from minutes.draft_reading import draft_of, may_comment_on_draft, may_read_draft
from minutes.models import MeetingPage, MinutePage
from minutes.operations.draft_rounds import comment_on_draft


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def draft_minutes(request: HttpRequest, meeting: int) -> HttpResponse:
    """The draft minutes of a meeting as they were written last, with a place for comments where the reader was asked for them.

    Raises:
        Http404: there is no such meeting, or its draft is not open to this reader; neither is told apart.
    """
    page = get_object_or_404(MeetingPage, pk=meeting)
    if not may_read_draft(request.user, page):
        raise Http404
    if request.method == "POST":
        return _comment(request, page)
    return _show(request, page)


def _comment(request: HttpRequest, page: MeetingPage) -> HttpResponse:
    key = request.POST.get("minute", "")
    minute = get_object_or_404(MinutePage.objects.descendant_of(page), pk=key if key.isdecimal() else 0)
    try:
        comment_on_draft(minute=minute, by=request.user, text=request.POST.get("text", ""))
    except Refused as refusal:
        typed = {"minute": minute.pk, "text": request.POST.get("text", ""), "error": str(refusal)}
        return _show(request, page, typed, status=400)
    return redirect("draft_minutes", page.pk)


def _show(request: HttpRequest, page: MeetingPage, typed: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    person = getattr(request.user, "person", None)
    shown = {
        "meeting": page,
        "items": draft_of(page, person),
        "may_comment": may_comment_on_draft(request.user, page),
        "typed": typed or {},
    }
    return render(request, "home/draft_minutes.html", shown, status=status)
