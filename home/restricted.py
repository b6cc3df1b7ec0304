"""What an item says in private, in the members' area."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from governance.exceptions import Refused
from minutes.operations.restricted import read_part
from minutes.restricted_reading import part_to_show


@cache_control(private=True, no_store=True)
@login_required
@require_safe
def restricted_part(request: HttpRequest, item: int) -> HttpResponse:
    """The words of a part that a member may read. That they were opened is noted.

    Raises:
        Http404: there is none, or not for this reader; neither is told apart.
        SecondFactorNeeded: they have to give a second factor first.
    """
    part = part_to_show(request, item)
    try:
        shown = {"words": read_part(part=part, by=request.user), "refused": ""}
    except Refused as refusal:
        shown = {"words": None, "refused": str(refusal)}
    status = 409 if shown["refused"] else 200
    return render(request, "home/restricted_part.html", {"part": part, "meeting": part.item.meeting, **shown}, status=status)
