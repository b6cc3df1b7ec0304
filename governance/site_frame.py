"""What every public page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wagtail.models import Page, Site


def frame(request: HttpRequest) -> dict[str, Any]:
    """The name of the site and the links of its header. Read once a page, and only where a template asks."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    site = Site.find_for_request(request)
    if site is None:
        return {"sections": []}
    sections = Page.objects.child_of(site.root_page).live().in_menu().order_by("path")
    return {"sections": list(sections)}
