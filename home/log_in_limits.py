"""How often a wrong code may be given. Counted in the database like wrong passwords, so that every process knows."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt

FROM_ANYWHERE = 10
"""So many wrong codes for one person shut this step to everybody for a while: whoever gets here has the password and may have many places."""


def name_of_codes(user: Any) -> str:
    """What wrong codes of a person are counted under: apart from wrong passwords, with which a stranger could shut the door to them."""
    return f"{user.get_username()} (code)"


def is_shut(request: HttpRequest, user: Any) -> bool:
    """Whether too many wrong codes were given for a person, from this place or from all together."""
    credentials = {"username": name_of_codes(user)}
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=name_of_codes(user), attempt_time__gte=since)
    shut = not AxesProxyHandler.is_allowed(request, credentials)
    shut = shut or (attempts.aggregate(all=Sum("failures_since_start"))["all"] or 0) >= FROM_ANYWHERE
    if shut:
        # The middleware of django-axes answers then, with the same page as for passwords.
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return bool(shut)


def count_wrong_code(*, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """A wrong code was given."""
    user_login_failed.send(sender=__name__, credentials={"username": name_of_codes(user)}, request=request)


def forget_wrong_codes(*, user: Any, **kwargs: Any) -> None:
    """A right one was given."""
    AxesProxyHandler.reset_attempts(username=name_of_codes(user))
