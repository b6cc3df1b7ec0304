"""How the progress page answers: as a page, or as the data of the same view."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from wagtail.models import Page

from governance import progress_data
from governance.models import ProgressIndexPage
from governance.progress_list import FORMS_OF_DATA, listing

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponseBase]


def answering(serve: Serve) -> Serve:
    """Wagtail's way to serve a page, with ours for the progress page; whether it may be seen at all is asked before."""

    def answered(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        return answer(page, request) if isinstance(page, ProgressIndexPage) else serve(page, request, args, kwargs)

    return answered


def answer(page: ProgressIndexPage, request: HttpRequest) -> HttpResponseBase:
    """The view that the address asks for.

    A page of the list or a form of the data that is not there answers 404, with the first page and a sentence that says so.
    """
    view = listing(request.GET, timezone.localdate())
    if request.GET.get("format") in FORMS_OF_DATA:
        return progress_data.answer(page, view, request)
    context = {**page.get_context(request), "listing": view}
    return TemplateResponse(request, page.get_template(request), context, status=404 if view.problem else 200)
