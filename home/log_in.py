"""The one door: name and password, then a second factor where there is one; and the pages where second factors are set up."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView

from governance.second_factor import second_factor_given
from home import single_sign_on

GOAL = "second_factor_goal"
"""Where in a session stands to which page somebody wanted who had to set up a second factor first."""


def lead_to_log_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own log-ins lead to ours, with the page that was wanted; what was sent to them is not looked at."""
    wanted = request.GET.get("next") or (reverse("wagtailadmin_home") if request.path.startswith("/admin/") else "")
    query = f"?{urlencode({'next': wanted}, safe='/')}" if wanted else ""
    return HttpResponseRedirect(reverse("account_login") + query)


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Whoever needs a second factor gives it here, or is shown how to set one up; then they come back to where they were."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        wanted = reverse("members_area")
    kinds = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    if kinds & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}:
        door = "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "mfa_reauthenticate_webauthn"
        return HttpResponseRedirect(f"{reverse(door)}?{urlencode({'next': wanted}, safe='/')}")
    request.session[GOAL] = wanted
    return HttpResponseRedirect(reverse("mfa_index"))


class LogIn(LoginView):
    """Name and password."""

    template_name = "home/log_in/log_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the council's own server, where there is one."""
        return {**super().get_context_data(**kwargs), "single_sign_on": settings.SINGLE_SIGN_ON}


class SecondFactors(IndexView):
    """What somebody has set up."""

    template_name = "home/log_in/second_factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page that was wanted, and whether it is open now."""
        goal = self.request.session.get(GOAL)
        given = settings.SECOND_FACTOR != "off" and second_factor_given(self.request)
        return {**super().get_context_data(**kwargs), "goal": goal, "given": given}


class App(ActivateTOTPView):
    """Setting up an app."""

    template_name = "home/log_in/app.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever sets it up has shown it."""
        answer = super().form_valid(form)
        _count_as_given(self.request, Authenticator.Type.TOTP)
        return answer


class Passkey(AddWebAuthnView):
    """Adding a passkey."""

    template_name = "home/log_in/passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever adds it has shown it."""
        answer = super().form_valid(form)
        _count_as_given(self.request, Authenticator.Type.WEBAUTHN)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what was wrong."""
        return {**super().get_context_data(**kwargs), **kwargs}


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes for the day on which a telephone is lost, shown once."""

    template_name = "home/log_in/recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page that was wanted."""
        return {**super().get_context_data(**kwargs), "goal": self.request.session.get(GOAL)}


class PasskeyAgain(ReauthenticateWebAuthnView):
    """A passkey from somebody who is logged in."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The same page, which says so."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what was wrong."""
        return {**super().get_context_data(**kwargs), **kwargs}


def _count_as_given(request: HttpRequest, kind: str) -> None:
    newest = Authenticator.objects.filter(user=request.user.pk, type=kind).latest("pk")
    record_authentication(request, newest.user, "mfa", id=newest.pk, type=kind)


def _page(name: str) -> str:
    return f"home/log_in/{name}.html"


urls = [
    path("members/log-in/", LogIn.as_view(), name="account_login"),
    path("members/log-out/", LogoutView.as_view(http_method_names=["post"]), name="account_logout"),
    path("members/log-in/code/", never_cache(AuthenticateView.as_view(template_name=_page("code"))), name="mfa_authenticate"),
    path(
        "members/log-in/password/",
        never_cache(ReauthenticateView.as_view(template_name=_page("password_again"))),
        name="account_reauthenticate",
    ),
    path(
        "members/log-in/code-again/",
        never_cache(CodeAgainView.as_view(template_name=_page("code_again"))),
        name="mfa_reauthenticate",
    ),
    path(
        "members/log-in/passkey-again/",
        never_cache(PasskeyAgain.as_view(template_name=_page("passkey_again"))),
        name="mfa_reauthenticate_webauthn",
    ),
    path("members/second-factor/", second_factor, name="second_factor"),
    path("members/second-factors/", never_cache(SecondFactors.as_view()), name="mfa_index"),
    path("members/second-factors/app/", never_cache(App.as_view()), name="mfa_activate_totp"),
    path(
        "members/second-factors/app/remove/",
        never_cache(DeactivateTOTPView.as_view(template_name=_page("remove"))),
        name="mfa_deactivate_totp",
    ),
    path("members/second-factors/passkeys/add/", never_cache(Passkey.as_view()), name="mfa_add_webauthn"),
    path(
        "members/second-factors/passkeys/<int:pk>/remove/",
        never_cache(RemoveWebAuthnView.as_view(template_name=_page("remove"), success_url=reverse_lazy("mfa_index"))),
        name="mfa_remove_webauthn",
    ),
    path("members/second-factors/recovery-codes/", RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "members/second-factors/recovery-codes/new/",
        never_cache(GenerateRecoveryCodesView.as_view(template_name=_page("new_codes"))),
        name="mfa_generate_recovery_codes",
    ),
    path("members/single-sign-on/<slug:provider_id>/", single_sign_on.enter, name="openid_connect_login"),
    path("members/single-sign-on/<slug:provider_id>/back/", single_sign_on.come_back, name="openid_connect_callback"),
]
