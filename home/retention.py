"""How long the public front keeps personal data."""

from django.utils.translation import gettext as _

from governance.retention import Kept, kept_rows
from home.models import Subscription, SubscriptionState
from home.operations.subscribing import CONFIRM_WITHIN


def kept_by_home() -> list[Kept]:
    """The addresses of those who want to be told."""
    held = Subscription.objects.exclude(address="")
    return [
        Kept(
            what=_("Addresses of those who asked for alerts and have not confirmed"),
            until=_("for %(days)d days") % {"days": CONFIRM_WITHIN.days},
            why=_("So that they can confirm. The place they asked from is forgotten after a day."),
            **kept_rows(held.filter(state=SubscriptionState.WAITING)),
        ),
        Kept(
            what=_("Addresses of those who get alerts"),
            until=_("until they end them; the address is erased then"),
            why=_("They agreed to it (UK GDPR, article 6(1)(a)). Nothing but the address is asked."),
            **kept_rows(held.filter(state=SubscriptionState.CONFIRMED)),
        ),
    ]
