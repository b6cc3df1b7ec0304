"""Having the worker print the letter of an update as soon as the update is public."""

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone

from governance.look import LookMissing
from governance.models import LedgerEntry, LedgerEvent, ProgressUpdatePage
from governance.waking import wake
from home.letters import LettersBusy, letter_of, make_letter
from minutes.packs.render import SectionFailed

logger = logging.getLogger(__name__)
WORK = "letter"
RECENT = timedelta(days=2)
"""What was published longer ago, such as a replayed record, is printed when somebody asks for it."""


def follow_update(entry: LedgerEntry, page: Any) -> None:
    """An update was published: its letter is printed."""
    published = entry.event in {LedgerEvent.PUBLISHED, LedgerEvent.CHANGED}
    if published and isinstance(page, ProgressUpdatePage) and entry.at > timezone.now() - RECENT:
        wake(WORK, page.pk)


def print_letter(*, update: int) -> bool:
    """Print the letter of an update unless it is kept already. Whether it is there now."""
    page = ProgressUpdatePage.objects.filter(pk=update).first()
    letter = letter_of(page) if page else None
    if letter is None:
        return False
    try:
        make_letter(letter)
    except (SectionFailed, LookMissing, LettersBusy) as problem:
        logger.warning("The letter of %s was not printed: %s", page, problem)
        return False
    return True
