"""Taking away a second factor that somebody has lost."""

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from allauth.mfa.models import Authenticator

from governance.addresses import absolute
from governance.exceptions import NotAllowed, Refused
from governance.models import User
from governance.operations.mail import queue_mail

TAKEN_AWAY = "governance.second_factor_taken_away"
KIND = "log-in taken away"


@transaction.atomic
def take_away_second_factor(*, user: User, reason: str, by: User | None = None) -> int:
    """Take away every second factor of a person whose device is lost, with the recovery codes. Returns how many it were.

    Sessions that were opened with them no longer count as having shown one, and the person sets up another at the next log-in.
    It stands in the history of the log-in, not in the ledger, which tells the public of records and of nobody's log-in.

    Args:
        reason: how it is known that the person asks for it themselves, such as “came to the office”.
        by: an administrator, who may not do it for themselves; None for whoever runs the server, so that the last one is not shut out.

    Raises:
        NotAllowed: the person is no administrator, it is their own, or it is that of somebody who may do everything, and they may not.
        Refused: there is none, or no reason is given.
    """
    if by is not None and not _may(by, user):
        raise NotAllowed(_("Only another administrator takes away a second factor."))
    if not reason.strip():
        raise Refused(_("Say how you know that it is this person who asks."))
    held = Authenticator.objects.select_for_update().filter(user=user)
    number = len(held)
    if not number:
        raise Refused(_("%(user)s has no second factor.") % {"user": user})
    held.delete()
    entry = log(instance=user, action=TAKEN_AWAY, user=by, data={"reason": reason.strip()})
    if user.email:
        queue_mail(key=f"{KIND}:{user.pk}:{entry.pk}", to=user.email, subject=_words_of_subject(), text=_words(by), kind=KIND)
    return number


def _may(by: User, user: User) -> bool:
    return by.has_perm("governance.change_user") and by.pk != user.pk and (by.is_superuser or not user.is_superuser)


def _words_of_subject() -> str:
    return _("Your second factor was taken away")


def _words(by: User | None) -> str:
    parts = [
        _("Hello,"),
        _("%(administrator)s took away the second factor of your log-in, because it was said to be lost.")
        % {"administrator": by or _("Whoever runs the server")},
        _("Your password still holds. You will be asked to set up another second factor when you need one."),
        _("If you did not ask for this, tell democratic services at once."),
        absolute("/members/"),
    ]
    return "\n\n".join(parts) + "\n"
