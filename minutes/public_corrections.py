"""What the public reads of how minutes were confirmed and put right since, and of slips on an agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from governance.gathering import rows_of
from governance.remembering import once
from governance.seldom_filled import is_empty
from minutes.enums import MinuteState
from minutes.models import AgendaCorrection, AgendaItemPage, Confirmation, Correction, MeetingPage, MinutePage
from minutes.rewording import PARTS, Rewording, marked

FINAL = frozenset({MinuteState.CONFIRMED, MinuteState.CORRECTED})


@dataclass(frozen=True)
class MinuteWords:
    """The words of a minute as they are to be read.

    Attributes:
        parts: each as HTML, by the name of its column; corrected words are struck with the new ones beside them.
        resolved: the corrections that were resolved when it was confirmed: the new words stand in it.
        recorded: those recorded since.
    """

    parts: dict[str, SafeString]
    resolved: list[Correction]
    recorded: list[Correction]


def words_to_read(minute: MinutePage, corrections: Sequence[Correction]) -> MinuteWords:
    """The words of a minute with its corrections.

    Args:
        corrections: those of this minute that are public, oldest first.
    """
    recorded = [row for row in corrections if row.confirmation_id is None]
    changes = [Rewording(row.old_words, row.new_words) for row in recorded]
    shown = marked({name: str(getattr(minute, name)) for name in PARTS}, changes)
    # What is not rich text was escaped when it was marked; the rich text is what the editor's list of tags let through.
    safe = {name: mark_safe(html) for name, html in shown.items()}  # noqa: S308  # nosec B703  # as the comment says
    return MinuteWords(safe, [row for row in corrections if row.confirmation_id is not None], recorded)


def corrections_of(minute: MinutePage) -> list[Correction]:
    """The public corrections of a minute, oldest first. One that is not final has none."""
    return rows_of(minute, "corrections") if minute.state in FINAL else []


def confirmation_of(meeting: MeetingPage | None) -> Confirmation | None:
    """How the minutes of a meeting were confirmed, with where; None while they are not, and where that is not kept."""
    if meeting is None or not meeting.is_confirmed:
        return None
    found = Confirmation.objects.public().filter(meeting_id=meeting.pk)
    return once(meeting, "confirmation", lambda: found.select_related("at_meeting", "item").first())


def confirmed_on(item: AgendaItemPage) -> list[Confirmation]:
    """The minutes that were confirmed on an item."""
    if not item.pk or is_empty(item, "confirmations"):
        return []
    return list(Confirmation.objects.public().filter(item_id=item.pk).select_related("meeting"))


def agenda_corrections_of(item: AgendaItemPage) -> list[AgendaCorrection]:
    """The slips on a published item that were put right, oldest first."""
    if not item.pk or is_empty(item, "agenda_corrections"):
        return []
    return list(AgendaCorrection.objects.public().filter(item_id=item.pk))


def corrections_in(minutes: Sequence[Any]) -> dict[int, list[Correction]]:
    """The public corrections of several minutes by their keys, in one query."""
    found: dict[int, list[Correction]] = {}
    for row in Correction.objects.public().filter(minute_id__in=[minute.pk for minute in minutes]):
        found.setdefault(row.minute_id, []).append(row)
    return found
