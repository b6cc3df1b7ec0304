"""The pages on which people ask for alerts, confirm that and end it. None of them needs a log-in, a cookie or a script.

A link in a mail only shows a button: programs that look at every link of a mail press none.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from governance.exceptions import Refused
from governance.visitors import place_of
from home.models import HowOften, Subscription, SubscriptionState
from home.operations import subscribing
from home.scopes import scope_called, scope_of_key


class AlertsView(View):
    """Asking for alerts about a board, a workstream, an action or everything."""

    # Anybody may ask for anybody: nothing begins before the reader of the address confirms it. So no cookie is needed.
    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find what it is about.

        Raises:
            Http404: there is nothing public of that name.
        """
        scope = scope_called(kwargs["scope"])
        if scope is None:
            raise Http404
        self.scope = scope
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, scope: str) -> HttpResponse:
        """The form."""
        return self._form(request)

    def post(self, request: HttpRequest, scope: str) -> HttpResponse:
        """Take what was asked for; what is wrong with it is said beside the form, with everything typed still there."""
        address, often = request.POST.get("address", "")[:300], request.POST.get("often", HowOften.AT_ONCE)
        try:
            subscribing.ask_for_alerts(address=address, scope=self.scope, often=often, place=place_of(request))
        except subscribing.TooManyAsked as refusal:
            return self._form(request, problem=str(refusal), address=address, often=often, status=429)
        except Refused as refusal:
            return self._form(request, problem=str(refusal), address=address, often=often, status=422)
        return redirect("alerts_asked")

    def _form(self, request: HttpRequest, status: int = 200, **given: str) -> HttpResponse:
        answer = {"often": HowOften.AT_ONCE, **given, "scope": self.scope, "choices": HowOften.choices}
        return render(request, "home/alerts/ask.html", answer, status=status)


def asked(request: HttpRequest) -> HttpResponse:
    """What everybody is told who asked for alerts, whether the address was known or not."""
    days = subscribing.CONFIRM_WITHIN.days
    return render(request, "home/alerts/asked.html", {"days": days})


@method_decorator(never_cache, name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class ConfirmView(View):
    """Confirming alerts by the link in the mail."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The button, or what has become of it."""
        row = _found(subscribing.by_secret(secret))
        if row.state == SubscriptionState.ENDED or subscribing.is_expired(row):
            return _gone(request, row, ended=row.state == SubscriptionState.ENDED)
        if row.state == SubscriptionState.CONFIRMED:
            return _done(request, row, again=True)
        return render(request, "home/alerts/confirm.html", {"scope": scope_of_key(row.page)})

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Begin them."""
        row = _found(subscribing.by_secret(secret))
        before = row.state
        try:
            row = subscribing.confirm(subscription=row)
        except Refused:
            return _gone(request, row, ended=row.state == SubscriptionState.ENDED)
        return _done(request, row, again=before == SubscriptionState.CONFIRMED)


@method_decorator(never_cache, name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class StopView(View):
    """Ending alerts by the link in every mail, or by the button of a mail program (RFC 8058)."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The button; nothing ends by looking at it."""
        row = _found(subscribing.by_stop_token(token))
        if row.state == SubscriptionState.ENDED:
            return _gone(request, row, ended=True)
        return render(request, "home/alerts/stop.html", {"scope": scope_of_key(row.page)})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """End them."""
        row = _found(subscribing.by_stop_token(token))
        if not subscribing.stop(subscription=row):
            return _gone(request, row, ended=True)
        return render(request, "home/alerts/stopped.html", {"scope": scope_of_key(row.page)})


def _found(row: Subscription | None) -> Subscription:
    """The subscription of a link.

    Raises:
        Http404: the link was not made here, or was cut short.
    """
    if row is None:
        raise Http404
    return row


def _done(request: HttpRequest, row: Subscription, *, again: bool) -> HttpResponse:
    stop_at = reverse("alerts_stop", args=[subscribing.stop_token(row)])
    answer = {"scope": scope_of_key(row.page), "row": row, "again": again, "stop_at": stop_at}
    return render(request, "home/alerts/confirmed.html", answer)


def _gone(request: HttpRequest, row: Subscription, *, ended: bool) -> HttpResponse:
    title = _("These alerts have ended") if ended else _("This link is too old")
    return render(
        request, "home/alerts/gone.html", {"scope": scope_of_key(row.page), "title": title, "ended": ended}, status=410
    )
