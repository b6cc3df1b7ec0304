"""Writing minutes, publishing them as a draft and confirming them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.lineage import path_above
from governance.models import BoardPage, LedgerEvent
from governance.operations.ledger import enter
from governance.operations.publishing import add_record, publish_record, taken_out_at_once
from governance.publication import Publication
from minutes.confirming import check_confirms_at
from minutes.enums import MeetingStatus, MinuteState, PackKind
from minutes.models import AgendaItemPage, Attendance, Confirmation, Correction, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.corrections import put_right
from minutes.operations.meetings import set_status
from minutes.operations.packing import ask_for_pack
from minutes.policies import check_become, check_publishes_decisions, check_takes_minutes
from minutes.rewording import Rewording


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
    if minute.is_frozen and minute.live:
        # A final minute that was taken out is put back as it was: nothing follows from that.
        return
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
    ready = minutes_of(meeting).exclude(pk__in=taken_out_at_once())
    minutes = [minute for minute in in_agenda_order(meeting, ready) if not minute.is_frozen]
    if not minutes:
        raise Refused(_("The meeting of %(meeting)s has no minutes to publish.") % {"meeting": meeting})
    for item in AgendaItemPage.objects.child_of(meeting).filter(is_urgent=True):
        _check_urgency_explained(item)
    published = [publish_record(page=_latest(minute), by=by, at=at) for minute in minutes]
    if MeetingPage.objects.get(pk=meeting.pk).had_no_quorum:
        return published
    resolutions = ResolutionPage.objects.descendant_of(meeting).filter(live=False).exclude(pk__in=taken_out_at_once())
    for resolution in in_agenda_order(meeting, resolutions.order_by("position", "path")):
        publish_record(page=_latest(resolution), by=by, at=at)
    return published


@transaction.atomic
def confirm_minutes(
    *,
    meeting: MeetingPage,
    by: Any,
    at_meeting: MeetingPage | None = None,
    item: AgendaItemPage | None = None,
    corrections: Sequence[Rewording] = (),
    presided_by: str = "",
    signed_on: date | None = None,
    at: datetime | None = None,
) -> Confirmation:
    """Confirm the published minutes of a meeting as a correct record, and ask for the copy that is signed. They are final then.

    Args:
        at_meeting: the meeting that agreed them; none where it is not kept in this system.
        item: the item of its agenda on which it did.
        corrections: what it resolved to put right. The new words stand in the minutes then; the drafts stay public beside them.
        presided_by: who presided there and signs.
        signed_on: the day of the signature.

    Raises:
        Refused: the minutes are not published as a draft, are confirmed already or are being changed, the meeting cannot have
            confirmed them, or words to be corrected do not stand in them just once.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    at = at or timezone.now()
    _check_confirmable(meeting, at_meeting, item, at)
    minutes = list(minutes_of(meeting).select_for_update(of=("self",)))
    _check_settled(minutes)
    changed = put_right(minutes=minutes, changes=corrections, by=by, at=at)
    signed = {"presided_by": presided_by.strip(), "signed_on": signed_on}
    confirmation = Confirmation.objects.create(meeting=meeting, at_meeting=at_meeting, item=item, at=at, by=by, **signed)
    for minute in minutes:
        _confirm(minute, confirmation, changed.get(minute.pk, ()))
    set_status(meeting=meeting, status=MeetingStatus.CONFIRMED, by=by, at=at)
    if minutes:
        ask_for_pack(meeting=meeting, kind=PackKind.MINUTES, by=by, at=at)
    return confirmation


def _confirm(minute: MinutePage, confirmation: Confirmation, changes: Sequence[Rewording]) -> None:
    """One minute is final, with its corrections recorded."""
    at, by = confirmation.at, confirmation.by
    for change in changes:
        words = {"old_words": change.old_words, "new_words": change.new_words}
        Correction.objects.create(minute=minute, confirmation=confirmation, at=at, by=by, **words)
    MinutePage.objects.filter(pk=minute.pk).update(confirmed_at=at, confirmed_by=by, state=MinuteState.CONFIRMED)
    enter(page=minute, event=LedgerEvent.CONFIRMED, by=by, at=at, note=_how_confirmed(confirmation, changes))


def boards_that_confirm(meeting: MeetingPage) -> list[BoardPage]:
    """The board of a meeting and those that took over from it, which confirm what it left."""
    boards = [meeting.board]
    while (after := boards[-1].successor) is not None and after not in boards:
        boards.append(after)
    return boards


def who_presided(meeting: MeetingPage) -> str:
    """Who took the chair at a meeting, as minuted; who was to, where that is not recorded."""
    names = Attendance.objects.filter(meeting=meeting, presided=True).values_list("name", flat=True)
    return names.first() or meeting.presided_by


def _check_confirmable(meeting: MeetingPage, at_meeting: MeetingPage | None, item: AgendaItemPage | None, at: datetime) -> None:
    if meeting.is_confirmed:
        raise Refused(_("The minutes of the meeting of %(meeting)s are confirmed already.") % {"meeting": meeting})
    check_become(meeting, MeetingStatus.CONFIRMED, on=timezone.localdate(at))
    if at_meeting is not None:
        boards = {board.path for board in boards_that_confirm(meeting)}
        check_confirms_at(meeting, at_meeting, boards=boards, on=timezone.localdate(at))
    if item is not None and (at_meeting is None or path_above(item) != at_meeting.path):
        raise Refused(_("“%(item)s” is not an item of that meeting.") % {"item": item})


def _check_settled(minutes: Iterable[MinutePage]) -> None:
    """Nothing of the minutes is still being written: it would be lost behind the lock."""
    for minute in minutes:
        if not minute.live:
            raise Refused(_("The minute “%(minute)s” is not published yet.") % {"minute": minute})
        if minute.has_unpublished_changes:
            raise Refused(
                _("The minute “%(minute)s” has changes that are not published. Publish them first, or take them back.")
                % {"minute": minute}
            )


def _how_confirmed(confirmation: Confirmation, changes: Sequence[Rewording]) -> str:
    said = [_("At the meeting of %(meeting)s") % {"meeting": confirmation.at_meeting}] if confirmation.at_meeting else []
    said += [_("“%(old)s” now reads “%(new)s”") % {"old": change.old_words, "new": change.new_words} for change in changes]
    return "; ".join(said)


def _latest(page: Any) -> Any:
    """The record as last written: publishing publishes the draft, not what was public before."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page
