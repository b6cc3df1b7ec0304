"""What the front door puts in the places of pages below: links to feeds, and the form that asks for alerts."""

from typing import Any

from django.urls import reverse

from home.models import HowOften
from home.scopes import scope_about


def links_of(page: Any, request: Any) -> dict[str, Any]:
    """For the head of a page: the feed and the calendar about it."""
    return {"scope": scope_about(page)}


def alerts_about(page: Any, request: Any) -> dict[str, Any]:
    """For a page that alerts can be about."""
    scope = scope_about(page)
    if scope is None:
        return {"scope": None}
    path = reverse("calendar", args=[scope.slug]) if scope.is_board or scope.page is None else ""
    webcal = f"webcal://{request.get_host()}{path}" if path and request else ""
    return {"scope": scope, "choices": HowOften.choices, "webcal": webcal}
