"""Logging in with the council's own server: it finds the log-in that an administrator made, and never makes one."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views

from governance.models import User

logger = logging.getLogger(__name__)


def known_address(addresses: list[tuple[str, bool]], domains: tuple[str, ...], *, vouches: bool) -> str:
    """The address by which somebody may be found; empty where there is none. Pure.

    Args:
        addresses: each with whether the server says that it is verified.
        domains: the ends of addresses that are believed, in small letters.
        vouches: whether the server's word is taken for those it says nothing of.
    """
    for address, verified in addresses:
        name, at, end = address.strip().lower().rpartition("@")
        if name and at and end in domains and (verified or vouches):
            return f"{name}@{end}"
    return ""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """What becomes of somebody whom the council's server has named."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets a log-in by coming from there."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find whose log-in it is: the one it opened before, or the only one with the address that the server tells.

        Raises:
            ImmediateHttpResponse: it is nobody's; the page says what to do.
        """
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise self._not_known(request)
            return
        rule = settings.SINGLE_SIGN_ON
        told = [(address.email, address.verified) for address in sociallogin.email_addresses]
        address = known_address(told, rule.domains, vouches=rule.vouches) if rule else ""
        found = list(User.objects.filter(email__iexact=address, is_active=True)[:2]) if address else []
        if len(found) != 1:
            raise self._not_known(request)
        # No address is kept beside the one that an administrator wrote: it could be another's one day.
        sociallogin.email_addresses = []
        sociallogin.connect(request, found[0])
        logger.warning("Single sign-on opens the log-in %s from now on.", found[0].pk)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """The server could not be asked, said no, or the person went back.

        Raises:
            ImmediateHttpResponse: the page that says so.
        """
        raise ImmediateHttpResponse(_failed(request, f"{error} {type(exception).__name__}"))

    def _not_known(self, request: HttpRequest) -> ImmediateHttpResponse:
        return ImmediateHttpResponse(render(request, "home/log_in/not_known.html", status=403))


def enter(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the council's server."""
    return _talked(views.login, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there."""
    return _talked(views.callback, request, provider_id)


def _talked(view: Callable[..., HttpResponse], request: HttpRequest, provider_id: str) -> HttpResponse:
    """A server that does not answer, or answers something else, is no fault of ours: the library stumbles over it in many ways."""
    try:
        return view(request, provider_id)
    except (KeyError, OSError, TypeError, ValueError) as stumble:
        return _failed(request, type(stumble).__name__)


def _failed(request: HttpRequest, why: str) -> HttpResponse:
    logger.warning("Single sign-on failed: %s", why)
    return render(request, "home/log_in/single_sign_on_failed.html", status=502)
