"""One search box over all public records. No input makes it fail."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wagtail.models import Page

RESULTS_ON_A_PAGE = 20
LONGEST_QUERY = 200
_NOT_WORDS = re.compile(r"[^\w\s-]+")


def words_of(query: str) -> str:
    """The words of what was typed: operators, quotes and control characters of any search engine mean nothing here."""
    return " ".join(_NOT_WORDS.sub(" ", query[:LONGEST_QUERY]).split())


def found_pages(query: str) -> list[Page]:
    """The public pages that hold the words, best first; nothing when the engine cannot read them."""
    words = words_of(query)
    if not words:
        return []
    try:
        with transaction.atomic():
            return list(Page.objects.live().public().search(words)[:200])
    except (DatabaseError, ValueError):
        return []


def search(request: HttpRequest) -> HttpResponse:
    """The search page."""
    query = request.GET.get("q", "")
    results = Paginator(found_pages(query), RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
    pages = Page.objects.filter(pk__in=[page.pk for page in results]).specific(defer=True)
    specific: dict[int, Any] = {page.pk: page for page in pages}
    context = {"query": query[:LONGEST_QUERY], "results": results, "found": [specific[page.pk] for page in results]}
    return render(request, "home/search.html", context)
