"""Ending every session of a person, such as after a laptop was lost."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from governance.exceptions import NotAllowed, Refused
from governance.models import User
from governance.operations.mail import queue_mail

ENDED = "governance.sessions_ended"
KIND = "sessions ended"


@transaction.atomic
def end_sessions(*, user: User, reason: str, by: User | None = None) -> int:
    """End every session of a person: whoever is logged in by that name, on whatever machine, has to log in again. Returns how many it were.

    It stands in the history of the log-in, and the person is told by mail. The password and the second factor stay as they are.

    Args:
        reason: why, such as “the laptop was left on a train”.
        by: an administrator; None for whoever runs the server.

    Raises:
        NotAllowed: the person is no administrator, or it is the log-in of somebody who may do everything, and they may not.
        Refused: no reason is given, or nobody is logged in by that name.
    """
    if by is not None and not may_end_sessions(by, user):
        raise NotAllowed(_("Only an administrator ends the sessions of a log-in."))
    if not reason.strip():
        raise Refused(_("Say why: it stands in the history of the log-in."))
    keys = _sessions_of(user)
    if not keys:
        raise Refused(_("Nobody is logged in as %(user)s.") % {"user": user})
    Session.objects.filter(pk__in=keys).delete()
    entry = log(instance=user, action=ENDED, user=by, data={"reason": reason.strip(), "number": len(keys)})
    if user.email:
        words = _(
            "Hello,\n\nEverybody who was logged in with your name was logged out, on every computer and telephone. The reason given "
            "was: %(reason)s\n\nLog in again as usual. If your password may be known to somebody else, change it first.\n"
        )
        told = words % {"reason": reason.strip()}
        queue_mail(key=f"{KIND}:{user.pk}:{entry.pk}", to=user.email, subject=_("You were logged out"), text=told, kind=KIND)
    return len(keys)


def may_end_sessions(by: Any, user: User) -> bool:
    """Administrators, for everybody whom they could change, themselves too."""
    return bool(by.has_perm("governance.change_user") and (by.is_superuser or not user.is_superuser))


def _sessions_of(user: User) -> list[str]:
    """The sessions that are open. Who is logged in stands sealed in each, so every one is looked at."""
    opened = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    return [session.pk for session in opened if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
