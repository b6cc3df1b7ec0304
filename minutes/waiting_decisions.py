"""Which actions wait because the decision that ordered them is not in effect: for the cards on lists of actions."""

from datetime import date

from django.db.models import Q

from governance.standing_facts import standing
from minutes.call_in import effect_words
from minutes.enums import LinkKind, ResolutionStanding
from minutes.models import ResolutionAction


def waiting_decisions(today: date) -> dict[int, str]:
    """What is said of each action whose decision can still be called in or was, by the key of the action."""
    return dict(standing(("waiting decisions", today), lambda: _asked(today)))


def _asked(today: date) -> dict[int, str]:
    ordered = ResolutionAction.objects.public().filter(kind=LinkKind.ORDERS, resolution__standing=ResolutionStanding.ADOPTED)
    waits = Q(resolution__in_effect_on=None) | Q(resolution__in_effect_on__gt=today)
    links = ordered.filter(waits).exclude(resolution__call_in="").select_related("resolution").order_by("pk")
    return {link.action_id: words for link in links if (words := effect_words(link.resolution, today))}
