"""What an item says in private, in the members' area; and the one door to sealed files: restricted papers and members' packs."""

from collections.abc import Sequence
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from governance.exceptions import Refused
from minutes.models import Pack, SealedSection
from minutes.operations.restricted import read_part
from minutes.operations.restricted_papers import read_restricted_paper
from minutes.operations.sealed_packs import ask_for_copy, read_sealed_pack
from minutes.operations.sealed_storage import Opened
from minutes.restricted_paper_lines import lines_of_papers
from minutes.restricted_reading import paper_to_show, papers_of_part, part_to_show
from minutes.restriction import CopyState

Answer = TypeVar("Answer", bound=HttpResponseBase)


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
    return _sent(request, opened, f"restricted-paper-{paper.number}{'.pdf' if is_pdf else ''}", is_pdf=is_pdf)


def sealed_pack(request: HttpRequest, pack: Pack, sections: Sequence[SealedSection]) -> HttpResponseBase:
    """A members' pack with what this reader may read of its part not for publication, opened while it is sent; each part is noted.

    A copy that nobody was given yet is made by the worker; until then a page says so.

    Args:
        sections: those that the reader may read, see `sections_open_to`.
    """
    copy = ask_for_copy(pack=pack, sections=sections)
    if copy.state != CopyState.READY:
        status = 409 if copy.state == CopyState.FAILED else 202
        shown = render(request, "home/sealed_pack.html", {"pack": pack, "copy": copy}, status=status)
        shown["Refresh"] = "10"
        return _kept_nowhere(shown)
    try:
        opened = read_sealed_pack(copy=copy, sections=sections, by=request.user)
    except Refused as refusal:
        told = {"pack": pack, "copy": copy, "refused": str(refusal)}
        return _kept_nowhere(render(request, "home/sealed_pack.html", told, status=409))
    return _kept_nowhere(_sent(request, opened, f"{pack.slug}.pdf"))


def _sent(request: HttpRequest, opened: Opened, name: str, *, is_pdf: bool = True) -> HttpResponseBase:
    """The whole file, opened block by block."""
    headers = {
        "Content-Length": str(opened.size),
        "Content-Disposition": f'{"inline" if is_pdf else "attachment"}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    content_type = "application/pdf" if is_pdf else "application/octet-stream"
    if request.method == "HEAD":
        opened.rest.close()
        return HttpResponse(headers=headers, content_type=content_type)
    return StreamingHttpResponse(opened.blocks(), headers=headers, content_type=content_type)


def _kept_nowhere(answer: Answer) -> Answer:
    patch_cache_control(answer, private=True, no_store=True)
    return answer
