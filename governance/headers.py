"""What a browser is told it may do with our pages: a content security policy for the public, another for the admin."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

Response = Callable[[HttpRequest], HttpResponse]

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For what is no page: files, data, feeds."""
FEATURES = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
"""What no page of ours asks for (Permissions-Policy)."""


def policy_of_public_pages(pictures: str) -> str:
    """Scripts, styles and fonts of our own alone, none of them inside a page; nobody frames a page.

    Args:
        pictures: where pictures come from besides the site itself; empty where they are of the site.
    """
    own_pictures = " ".join(("'self'", "data:", pictures)).strip()
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src {own_pictures}; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def policy_of_the_admin(pictures: str) -> str:
    """As strict as Wagtail's own pages allow: they hold small scripts and styles, and show a preview in a frame."""
    own_pictures = " ".join(("'self'", "data:", "blob:", pictures)).strip()
    return (
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        f"img-src {own_pictures}; connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; "
        "frame-ancestors 'self'; base-uri 'self'"
    )


class HeadersMiddleware:
    """Sends the policies with every answer. Django's own middleware sends the rest (HSTS, no sniffing, referrer)."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response
        address = urlsplit(default_storage.url("picture"))
        pictures = f"{address.scheme}://{address.netloc}" if address.netloc else ""
        self.public, self.admin = policy_of_public_pages(pictures), policy_of_the_admin(pictures)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and request.path.startswith(reverse("wagtailadmin_home")):
            # A preview is a public page that was asked for inside the admin, so its own policy is put aside.
            response["Content-Security-Policy"] = self.admin
        elif response.status_code != HTTPStatus.NOT_MODIFIED:
            # "Not modified" has no content type, and a browser puts its headers in place of those it kept with the page.
            response.setdefault("Content-Security-Policy", self.public if is_page else NOTHING)
        response.setdefault("Permissions-Policy", FEATURES)
        # What is withdrawn is gone from every cache with it: none may show what it keeps without asking here first.
        response.setdefault("Cache-Control", "no-cache")
        return response
