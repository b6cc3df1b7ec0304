"""Rules of the web: a write in the admin is whole or not at all, no public address is ever forgotten, pages travel light."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.auth import permission_denied
from wagtail.models import Page, Site

from governance.board_rights import choosable_by, only_offers
from governance.exceptions import Refused
from governance.models import PublicAddress
from governance.second_factor import SecondFactorNeeded, lead_to_second_factor

logger = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
EXPLORING = frozenset({"wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child"})
LISTING_FILES = ("wagtailadmin_api:images:", "wagtailadmin_api:documents:")
"""Wagtail lists every picture and document here to whoever enters the admin."""
Response = Callable[[HttpRequest], HttpResponse]


class AdminTransactionMiddleware:
    """Runs every unsafe request under the admin in one transaction.

    Wagtail's own publish is not atomic: without this, a consequence that fails leaves a page live with its consequences
    undone. What a rule refuses is rolled back and shown as a plain page, never as a server error.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Run the view of an unsafe admin request here, inside a transaction."""
        if request.method in SAFE_METHODS or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response = response.render()
                return response
        except SecondFactorNeeded:
            return lead_to_second_factor(request)
        except Refused as refusal:
            return refused(request, str(refusal))
        except ValidationError as error:
            return refused(request, " ".join(error.messages))
        except (ProtectedError, RestrictedError):
            return refused(request, _("Other records refer to this one, so it is kept."))
        except ObjectDoesNotExist:
            if not _is_gone(kwargs):
                raise
            return refused(
                request, _("Somebody deleted what you were working on, or what it stands below. Nothing was changed.")
            )
        except IntegrityError as error:
            logger.warning("The database refused a change at %s", request.path, exc_info=error)
            return refused(request, _("The records do not allow this change. Nothing was changed."))


def _is_gone(kwargs: Any) -> bool:
    """Whether somebody deleted the page that an address of the admin is about, while the request was under way."""
    key = next((kwargs[name] for name in ("parent_page_id", "page_id") if name in kwargs), None)
    return key is not None and not Page.objects.filter(pk=key).exists()


class OwnPagesMiddleware:
    """Shuts what those who only offer do not find in their lists: Wagtail narrows lists of pages, not addresses, and lists all files."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send away whoever asks for a page or a list that is not shown to them."""
        match = request.resolver_match
        if match is None:
            return None
        page = kwargs.get("parent_page_id") if match.url_name in EXPLORING else None
        lists_files = match.view_name.startswith(LISTING_FILES)
        # Who asks is looked at last: a public page that looks is kept by no cache.
        if not (page or lists_files) or not request.user.is_authenticated:
            return None
        is_shown = choosable_by(request.user, Page.objects.filter(pk=page)).exists() if page else not only_offers(request.user)
        return None if is_shown else permission_denied(request)


class NoSuchNumberMiddleware:
    """Answers that nothing is found where an address holds a number that no row can have: a database fails at it."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Let through what may be the number of a row.

        Raises:
            Http404: it is larger than every number there is, or a view of Wagtail's is asked for rows by what is no number.
        """
        found = request.resolver_match
        # Many at once may be told as “all”.
        keys = request.GET.getlist("id") if found is not None and found.view_name.startswith("wagtail") else []
        if not all(key.isdecimal() or key == "all" for key in keys):
            raise Http404
        if any(isinstance(value, int) and value > BigIntegerField.MAX_BIGINT for value in kwargs.values()):
            raise Http404


def refused(request: HttpRequest, reason: Any) -> HttpResponse:
    """A plain page of the admin that says what is not possible and why."""
    # An address that takes a form also shows it, so it is where the person comes from.
    answer = {"reason": reason, "back": request.get_full_path()}
    return render(request, "governance/admin/refused.html", answer, status=409)


class CompressPagesMiddleware(GZipMiddleware):
    """Sends pages and other text compressed; files go out as they are, with their length."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress what is text, unless it is streamed."""
        if response.streaming or not response.get("Content-Type", "").startswith(
            ("text/", "application/json", "application/xml")
        ):
            return response
        return super().process_response(request, response)


class FormerAddressMiddleware:
    """Answers where nothing is found any more: a redirect to where the record lives now, or its tombstone."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        return former_address(request) or response


def former_address(request: HttpRequest) -> HttpResponse | None:
    """What a path that was once public answers now, or None when it never was."""
    site = Site.find_for_request(request)
    if site is None or "\x00" in request.path:
        return None
    path = f"{site.root_page.url_path.rstrip('/')}{request.path if request.path.endswith('/') else request.path + '/'}"
    address = PublicAddress.objects.select_related("page").at(path).first()
    if address is None:
        return None
    if address.page.live and address.page.url_path == path:
        return None
    return answer_for(request, address.page)


def answer_for(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Where a record that was public lives now, or its tombstone; None when it never was public."""
    if page.live:
        return HttpResponsePermanentRedirect(page.get_url(request))
    withdrawal = page.withdrawals.filter(restored_at=None).first()
    if withdrawal is None:
        return None
    return render(request, "governance/tombstone.html", {"page": page, "withdrawal": withdrawal}, status=410)
