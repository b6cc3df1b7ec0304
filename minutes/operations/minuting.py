"""Writing minutes, publishing them as a draft, confirming and correcting them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.lineage import path_above
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import add_record, publish_record
from governance.publication import Publication
from minutes.enums import MeetingStatus, MinuteState
from minutes.models import AgendaItemPage, Correction, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.meetings import set_status
from minutes.policies import check_become, check_publishes_decisions, check_takes_minutes


def minute_of(*, item: Any, by: Any) -> MinutePage:
    """The minute of an item, begun now as an empty draft if there is none."""
    minute = MinutePage.objects.child_of(item).first()
    if minute is not None:
        return minute
    return add_record(parent=item, page=MinutePage(title=item.title, slug="minute"), by=by)


def follow_minute(publication: Publication) -> None:
    """A minute was published or withdrawn: its state follows, and so does its meeting's.

    Raises:
        Refused: its meeting has not taken place, was called off or is confirmed, its item is urgent without a reason, or its
            vote cannot have been.
    """
    minute = publication.page
    if not minute.is_frozen:
        state = MinuteState.PUBLISHED if minute.live else MinuteState.DRAFT
        MinutePage.objects.filter(pk=minute.pk).update(state=state)
    meeting = minute.item.meeting
    if minute.live:
        _check_urgency_explained(minute.item)
        _check_vote(minute)
        _publish_with(meeting, publication)
    elif meeting.status == MeetingStatus.DRAFT_MINUTES and not minutes_of(meeting).live().exists():
        before = MeetingStatus.INQUORATE if meeting.had_no_quorum else MeetingStatus.HELD
        set_status(meeting=meeting, status=before, by=publication.by, reason=meeting.status_reason, at=publication.at)


def _check_vote(minute: MinutePage) -> None:
    """A vote that cannot have been is not published: more votes than members present, or the vote of somebody who had withdrawn."""
    problems = minute.vote_problems(minute.item, minute.vote, list(minute.interests.all()))
    if problems:
        raise Refused(
            _("The vote on “%(item)s” cannot be right. %(problems)s")
            % {"item": minute.title, "problems": " ".join(problems.values())}
        )


def _publish_with(meeting: MeetingPage, publication: Publication) -> None:
    check_takes_minutes(meeting)
    check_publishes_decisions(meeting, timezone.localdate(publication.at))
    if meeting.status != MeetingStatus.DRAFT_MINUTES:
        set_status(meeting=meeting, status=MeetingStatus.DRAFT_MINUTES, by=publication.by, at=publication.at)


def _check_urgency_explained(item: AgendaItemPage) -> None:
    """An item taken as urgent has its reason before its minute is public (LGA 1972, s100B(4))."""
    if item.is_urgent and not item.urgency_reason.strip():
        raise Refused(_("“%(item)s” was taken as urgent. Its reason must stand in the minutes.") % {"item": item})


def minutes_of(meeting: MeetingPage) -> Any:
    """The minutes of a meeting, in the order in which their items were made."""
    return MinutePage.objects.descendant_of(meeting).order_by("path")


def in_agenda_order(meeting: MeetingPage, records: Iterable[Any]) -> list[Any]:
    """What stands below the items of a meeting, in the order of its agenda: so they are numbered."""
    items = AgendaItemPage.objects.child_of(meeting).values_list("path", "position")
    places = {path: (position, path) for path, position in items}
    return sorted(records, key=lambda record: places[path_above(record)])


@transaction.atomic
def publish_minutes(*, meeting: MeetingPage, by: Any, at: datetime | None = None) -> list[MinutePage]:
    """Publish all minutes of a meeting as a draft, subject to confirmation, with their resolutions: all or none.

    A meeting without a quorum has notes: what was prepared as a resolution of it stays a draft.

    Raises:
        Refused: there is nothing to publish, an urgent item has no reason, or the meeting takes no minutes.
    """
    check_takes_minutes(meeting)
    minutes = [minute for minute in in_agenda_order(meeting, minutes_of(meeting)) if not minute.is_frozen]
    if not minutes:
        raise Refused(_("The meeting of %(meeting)s has no minutes to publish.") % {"meeting": meeting})
    for item in AgendaItemPage.objects.child_of(meeting).filter(is_urgent=True):
        _check_urgency_explained(item)
    published = [publish_record(page=_latest(minute), by=by, at=at) for minute in minutes]
    if MeetingPage.objects.get(pk=meeting.pk).had_no_quorum:
        return published
    resolutions = ResolutionPage.objects.descendant_of(meeting).filter(live=False).order_by("position", "path")
    for resolution in in_agenda_order(meeting, resolutions):
        publish_record(page=_latest(resolution), by=by, at=at)
    return published


@transaction.atomic
def confirm_minutes(*, meeting: MeetingPage, by: Any, at: datetime | None = None) -> None:
    """Confirm the published minutes of a meeting as a correct record. From then on they are final.

    Raises:
        Refused: the minutes are not published as a draft, or some are still being written.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    at = at or timezone.now()
    check_become(meeting, MeetingStatus.CONFIRMED, on=timezone.localdate(at))
    unpublished = minutes_of(meeting).filter(live=False).first()
    if unpublished is not None:
        raise Refused(_("The minute “%(minute)s” is not published yet.") % {"minute": unpublished})
    for minute in minutes_of(meeting):
        MinutePage.objects.filter(pk=minute.pk).update(confirmed_at=at, confirmed_by=by, state=MinuteState.CONFIRMED)
        enter(page=minute, event=LedgerEvent.CONFIRMED, by=by, at=at)
    set_status(meeting=meeting, status=MeetingStatus.CONFIRMED, by=by, at=at)


@transaction.atomic
def record_correction(
    *, minute: MinutePage, old_words: str, new_words: str, reason: str, by: Any, at: datetime | None = None
) -> Correction:
    """Record how a confirmed minute is to be read. The minute itself stays as it was.

    Raises:
        Refused: the minute is not confirmed, or something is left out.
    """
    if not minute.is_frozen:
        raise Refused(_("“%(minute)s” is not confirmed yet: change the draft itself.") % {"minute": minute})
    if not (old_words.strip() and new_words.strip() and reason.strip()):
        raise Refused(_("A correction needs the words as confirmed, how they are to be read, and why."))
    at = at or timezone.now()
    correction = Correction.objects.create(minute=minute, old_words=old_words, new_words=new_words, reason=reason, at=at, by=by)
    MinutePage.objects.filter(pk=minute.pk).update(state=MinuteState.CORRECTED)
    enter(page=minute, event=LedgerEvent.CORRECTED, by=by, at=at, note=reason)
    return correction


def _latest(page: Any) -> Any:
    """The record as last written: publishing publishes the draft, not what was public before."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page
