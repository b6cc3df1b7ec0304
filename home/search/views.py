"""The search page, and the way from a reference that was typed straight to its record."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from governance.models import Reference
from governance.numbering import reference_slug
from home.search.asking import Asked, asked_by
from home.search.results import results_of
from minutes.models import Pack


def search(request: HttpRequest) -> HttpResponse:
    """The results, or the record itself where its whole reference was typed."""
    asked = asked_by(request.GET)
    straight = address_of_reference(asked)
    if straight:
        return HttpResponseRedirect(straight)
    return render(request, "home/search.html", {"asked": asked, "results": results_of(asked, request.GET.get("page"))})


def address_of_reference(asked: Asked) -> str:
    """The permanent address of the record whose reference was typed, in small letters too; empty for other words.

    Minutes and resolutions need their slashes: without them the number of a minute reads like the day of a meeting. Others do not.
    A board's code is a word like others, so what holds no number is searched for.
    """
    slug = reference_slug(asked.query)
    if asked.narrowed or not any(letter.isdigit() for letter in slug):
        return ""
    if Reference.objects.filter(slug=slug).exists():
        return reverse("reference", args=[slug])
    if Pack.objects.public().filter(slug=slug).exists():
        return reverse("pack", args=[slug])
    return ""
