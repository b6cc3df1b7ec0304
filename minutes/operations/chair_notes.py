"""Notes for the chair: written by the clerk, read by nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from minutes.models import AgendaItemPage, ChairNote, MeetingPage
from minutes.operations.agendas import hold_agenda

LONGEST = 20_000
WHOLE_MEETING = 0
"""Stands for the note on the whole meeting, where others have the key of their item."""


@dataclass(frozen=True)
class Written:
    """One note as it was written.

    Attributes:
        before: what stood there when it was begun.
        now: what is to stand there.
    """

    before: str
    now: str


def notes_of(meeting: MeetingPage) -> dict[int, str]:
    """The notes of a meeting, by the key of the item; that on the whole meeting under `WHOLE_MEETING`."""
    return {note.item_id or WHOLE_MEETING: note.text for note in ChairNote.objects.filter(meeting=meeting.pk)}


@transaction.atomic
def write_notes(*, meeting: MeetingPage, written: Mapping[int, Written], by: Any, at: datetime | None = None) -> None:
    """Keep the notes of a meeting, all or none.

    Args:
        written: by the key of the item, or `WHOLE_MEETING`.

    Raises:
        Refused: somebody else wrote in the same note meanwhile, one is too long, or an item is not of this meeting.
    """
    row = hold_agenda(meeting)
    now = notes_of(row)
    changed = {key: note for key, note in written.items() if note.now.strip() != now.get(key, "")}
    known = set(AgendaItemPage.objects.child_of(row).values_list("pk", flat=True)) | {WHOLE_MEETING}
    for key, note in changed.items():
        if key not in known:
            raise Refused(_("An item is not on this agenda any more. Load the page again."))
        if len(note.now) > LONGEST:
            raise Refused(_("A note is longer than %(most)s letters.") % {"most": LONGEST})
        if note.before.strip() != now.get(key, ""):
            raise Refused(_("Somebody else wrote in the same note meanwhile. Below are your words, and theirs beside them."))
    for key, note in changed.items():
        found = {"text": note.now.strip(), "changed_at": at or timezone.now(), "changed_by": by}
        ChairNote.objects.update_or_create(meeting_id=row.pk, item_id=key or None, defaults=found)
