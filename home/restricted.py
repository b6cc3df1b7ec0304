"""What an item says in private, in the members' area; and the one door to the files of restricted papers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from governance.exceptions import Refused
from minutes.operations.restricted import read_part
from minutes.operations.restricted_papers import read_restricted_paper
from minutes.restricted_paper_lines import lines_of_papers
from minutes.restricted_reading import paper_to_show, papers_of_part, part_to_show


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
        words = read_part(part=part, by=request.user)
        shown = {"words": words, "papers": lines_of_papers(papers_of_part(request.user, part)), "refused": ""}
    except Refused as refusal:
        shown = {"words": None, "refused": str(refusal)}
    status = 409 if shown["refused"] else 200
    return render(request, "home/restricted_part.html", {"part": part, "meeting": part.item.meeting, **shown}, status=status)


@cache_control(private=True, no_store=True)
@login_required
@require_safe
def restricted_paper(request: HttpRequest, restricted: int, which: str) -> HttpResponseBase:
    """A file of a restricted paper, opened while it is sent. That it was opened is noted. It is sent whole, and nothing is kept of it.

    Args:
        restricted: the key of the paper.
        which: `copy` or `original`.

    Raises:
        Http404: there is none, or not for this reader; neither is told apart.
        SecondFactorNeeded: they have to give a second factor first.
    """
    paper = paper_to_show(request, restricted, which)
    try:
        opened = read_restricted_paper(paper=paper, which=which, by=request.user)
    except Refused as refusal:
        told = {"part": paper.part, "meeting": paper.part.item.meeting, "words": None, "refused": str(refusal)}
        return render(request, "home/restricted_part.html", told, status=409)
    is_pdf = opened.first.startswith(b"%PDF-")
    headers = {
        "Content-Length": str(opened.size),
        "Content-Disposition": f'{"inline" if is_pdf else "attachment"}; filename="restricted-paper-{paper.number}{".pdf" if is_pdf else ""}"',
        "X-Content-Type-Options": "nosniff",
    }
    content_type = "application/pdf" if is_pdf else "application/octet-stream"
    if request.method == "HEAD":
        opened.rest.close()
        return HttpResponse(headers=headers, content_type=content_type)
    return StreamingHttpResponse(opened.blocks(), headers=headers, content_type=content_type)
