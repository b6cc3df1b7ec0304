"""What every public page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wagtail.models import Site

from governance import wayfinding
from governance.models import ProgressIndexPage


def frame(request: HttpRequest) -> dict[str, Any]:
    """The name of the site and the links around its pages. Read once a page, and only where a template asks."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    site = Site.find_for_request(request)
    if site is None:
        return {"name": settings.WAGTAIL_SITE_NAME, "sections": [], "about": [], "progress": None}
    way = wayfinding.way_of(request)
    pages = way.sections if way else wayfinding.sections_of(site.root_page)
    kinds = [(page, page.specific_class) for page in pages]
    return {
        "name": site.site_name or site.root_page.title,
        "sections": [page for page, _kind in kinds if page.show_in_menus],
        "about": [page for page, kind in kinds if kind._meta.app_label == "home" and not page.show_in_menus],
        "progress": next((page for page, kind in kinds if kind is ProgressIndexPage), None),
    }
