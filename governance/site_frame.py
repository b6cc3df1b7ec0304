"""What every public page shows around its content, and the site that it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wagtail.models import Site

from governance import wayfinding
from governance.models import ProgressIndexPage
from governance.standing_facts import standing


def frame(request: HttpRequest) -> dict[str, Any]:
    """The name of the site and the links around its pages. Read once a page, and only where a template asks."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "frame": SimpleLazyObject(lambda: _frame(request))}


def remember_site(request: HttpRequest) -> None:
    """Let whoever asks for the site of a request, Wagtail first of all, find it with its front page, where there is no choice."""
    for site, front in standing("the only site", _only_site):
        site.root_page = front
        # Where Wagtail keeps the site that it has asked for.
        setattr(request, "_wagtail_site", site)  # noqa: B010 (no attribute that a request is known to have)


def _only_site() -> tuple[tuple[Site, Any], ...]:
    """The site and its front page, where every address is one of its; none where several share the installation."""
    sites = list(Site.objects.select_related("root_page")[:2])
    return tuple((site, site.root_page.specific) for site in sites if len(sites) == 1 and site.is_default_site)


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
