"""What a card of an action says besides where it stands, such as that its decision is not in effect. Apps above add what they know."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from governance.registering import Additions

Source = Callable[[date], Mapping[int, str]]
_sources: Additions[Source] = Additions("is said on cards")
register = _sources.add
"""Add a source: given the day, what is said of which actions, by their keys. It is asked once for all cards of a page."""
_ASKED = "_notes_on_cards"


def note_on_card(action: Any, request: Any) -> str:
    """What the card of an action says besides; empty for most. All cards of one page ask together."""
    asked = getattr(request, _ASKED, None)
    if asked is None:
        today = timezone.localdate()
        asked = {key: words for source in _sources for key, words in source(today).items()}
        if request is not None:
            setattr(request, _ASKED, asked)
    return str(asked.get(action.pk, ""))
