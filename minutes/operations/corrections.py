"""Putting right what is public: words of a minute when it is confirmed or after, and slips on a published agenda."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import publish_record
from minutes.enums import MinuteState
from minutes.models import AgendaCorrection, AgendaItemPage, Correction, DraftMinute, MinutePage, ResolutionPage
from minutes.rewording import PARTS, Rewording, marked, reworded, times_found

LONGEST_SLIP = 200
AGENDA_PARTS = {"title": "title", "report_author": "report_author", "body": "text", "recommendations": "text"}
"""The words of an agenda item, each with whether it is rich text."""


def words_of(minute: Any) -> dict[str, str]:
    """The words of a minute by the columns they stand in."""
    return {name: str(getattr(minute, name)) for name in PARTS}


def check_words(change: Rewording) -> None:
    """Refuse a correction that lacks one of its halves or changes nothing.

    Raises:
        Refused: saying which.
    """
    if not (change.old_words.strip() and change.new_words.strip()):
        raise Refused(_("A correction needs the words as they are, and how they are to be read."))
    if change.old_words.split() == change.new_words.split():
        raise Refused(_("“%(words)s” would stay as it is.") % {"words": change.old_words})


def put_right(
    *, minutes: Sequence[MinutePage], changes: Sequence[Rewording], by: Any, at: datetime
) -> dict[int, list[Rewording]]:
    """Put new words into draft minutes, as the board resolved; the drafts as they were published are kept.

    Args:
        minutes: those of one meeting, as their rows are.

    Returns:
        The corrections of each minute, by its key.

    Raises:
        Refused: words are not found, stand in several places, or are those of an adopted resolution.
    """
    words = {minute.pk: words_of(minute) for minute in minutes}
    found: dict[int, list[Rewording]] = {}
    for change in changes:
        check_words(change)
        key = _only_place(minutes, words, change.old_words)
        words[key] = reworded(words[key], change)
        found.setdefault(key, []).append(change)
    for minute in minutes:
        if minute.pk in found:
            DraftMinute.objects.create(minute=minute, published_at=minute.last_published_at, **words_of(minute))
            for name, text in words[minute.pk].items():
                setattr(minute, name, text)
            publish_record(page=minute, by=by, at=at)
    return found


def _only_place(minutes: Sequence[MinutePage], words: dict[int, dict[str, str]], old: str) -> int:
    times = {minute.pk: times_found(words[minute.pk], old) for minute in minutes}
    if sum(times.values()) == 1:
        return next(key for key, number in times.items() if number)
    if sum(times.values()) > 1:
        raise Refused(_("“%(words)s” stands in the minutes more than once. Give more of the words around it.") % {"words": old})
    for minute in minutes:
        _check_not_resolved(minute, old)
    raise Refused(_("“%(words)s” is not in the minutes. Copy the words as they stand there.") % {"words": old})


def _check_not_resolved(minute: MinutePage, old: str) -> None:
    for clause in ResolutionPage.objects.child_of(minute.get_parent()).filter(adopted_at__isnull=False):
        if times_found({"clause": clause.full_text}, old):
            raise Refused(
                _("“%(words)s” stands in the resolution %(resolution)s, whose words are final. A later resolution replaces it.")
                % {"words": old, "resolution": clause.reference or clause}
            )


@transaction.atomic
def record_correction(
    *, minute: MinutePage, old_words: str, new_words: str, reason: str, by: Any, at: datetime | None = None
) -> Correction:
    """Record how a confirmed minute is to be read. The minute itself stays as it was; its page shows both.

    Raises:
        Refused: the minute is not confirmed, something is left out, or the old words do not stand in it just once.
    """
    minute = MinutePage.objects.select_for_update(of=("self",)).get(pk=minute.pk)
    if not minute.is_frozen:
        raise Refused(_("“%(minute)s” is not confirmed yet: change the draft itself.") % {"minute": minute})
    change = Rewording(old_words.strip(), new_words.strip())
    check_words(change)
    if not reason.strip():
        raise Refused(_("A correction needs the reason: it is shown beside it."))
    earlier = Correction.objects.filter(minute=minute, confirmation=None)
    read = marked(words_of(minute), [Rewording(row.old_words, row.new_words) for row in earlier])
    _only_place([minute], {minute.pk: {"text": "".join(f"<p>{part}</p>" for part in read.values())}}, change.old_words)
    at = at or timezone.now()
    correction = Correction.objects.create(
        minute=minute, old_words=change.old_words, new_words=change.new_words, reason=reason.strip(), at=at, by=by
    )
    MinutePage.objects.filter(pk=minute.pk).update(state=MinuteState.CORRECTED)
    enter(page=minute, event=LedgerEvent.CORRECTED, by=by, at=at, note=reason.strip())
    return correction


@transaction.atomic
def correct_agenda(
    *, item: AgendaItemPage, old_words: str, new_words: str, by: Any, at: datetime | None = None
) -> AgendaCorrection:
    """Put a slip on a published agenda right, without withdrawing anything. What was put right is shown on the item.

    Nothing that was adopted is touched: minutes and resolutions have corrections of their own.

    Raises:
        Refused: the item is not public or is being changed, or the old words are too long or do not stand in it just once.
    """
    item = AgendaItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    change = Rewording(old_words.strip(), new_words.strip())
    _check_slip(item, change)
    at = at or timezone.now()
    read = {name: str(getattr(item, name)) for name in AGENDA_PARTS}
    places = [name for name, text in read.items() if times_found({AGENDA_PARTS[name]: text}, change.old_words)]
    if sum(times_found({AGENDA_PARTS[name]: read[name]}, change.old_words) for name in places) != 1:
        raise Refused(
            _("“%(words)s” must stand on this item just once. Copy the words as they stand, with some around them.")
            % {"words": change.old_words}
        )
    kind = AGENDA_PARTS[places[0]]
    setattr(item, places[0], reworded({kind: read[places[0]]}, change)[kind])
    publish_record(page=item, by=by, at=at)
    note = _("Corrected: “%(old)s” now reads “%(new)s”") % {"old": change.old_words, "new": change.new_words}
    enter(page=item, event=LedgerEvent.CORRECTED, by=by, at=at, note=note)
    return AgendaCorrection.objects.create(item=item, old_words=change.old_words, new_words=change.new_words, at=at, by=by)


def _check_slip(item: AgendaItemPage, change: Rewording) -> None:
    if not item.live:
        raise Refused(_("“%(item)s” is not public yet: change the draft itself.") % {"item": item})
    if item.has_unpublished_changes:
        raise Refused(
            _("“%(item)s” has changes that are not published. Publish them first, or take them back.") % {"item": item}
        )
    check_words(change)
    if max(len(change.old_words), len(change.new_words)) > LONGEST_SLIP:
        raise Refused(
            _("A slip is at most %(number)d letters. More than that is changed on the item itself.") % {"number": LONGEST_SLIP}
        )
