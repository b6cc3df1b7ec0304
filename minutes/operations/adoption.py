"""Adopting resolutions and linking them to the actions they order, change or close."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import ActionKind, ActionOrigin
from governance.exceptions import Refused
from governance.models import ActionPage, LedgerEvent, ProgressIndexPage
from governance.operations.ledger import enter
from governance.operations.progress import recompute_standing
from governance.operations.publishing import add_record
from governance.operations.references import give_reference
from governance.publication import Publication
from minutes.enums import LinkKind, ResolutionStanding
from minutes.models import MinutePage, ResolutionAction, ResolutionPage
from minutes.numbering import distinct_marks
from minutes.operations.ending import begin_call_in, end_resolution
from minutes.operations.minuting import minute_of
from minutes.policies import check_had_quorum, check_publishes_decisions


@transaction.atomic
def mark_clauses(*, item: Any) -> None:
    """Give the clauses of an item their marks by printed label and order; those already cited keep theirs."""
    clauses = list(ResolutionPage.objects.child_of(item).order_by("position", "path"))
    marks = distinct_marks([clause.label for clause in clauses])
    for position, (clause, mark) in enumerate(zip(clauses, marks, strict=True), start=1):
        if not clause.reference:
            ResolutionPage.objects.filter(pk=clause.pk).update(mark=mark, position=position)


def follow_resolution(publication: Publication) -> None:
    """A resolution was published: it is cited by its minute, and what was carried is adopted and final.

    Raises:
        Refused: its meeting has not taken place or was called off, or there was no quorum at its item.
    """
    resolution = publication.page
    if resolution.is_frozen:
        # It was taken out and is put back as it was adopted.
        return
    item = resolution.item
    check_publishes_decisions(item.meeting, timezone.localdate(publication.at))
    minute = minute_of(item=item, by=publication.by)
    if not minute.is_imported:
        meeting = item.meeting
        check_had_quorum(meeting, item, MinutePage.room_at(meeting, item))
    give_reference(page=minute, at=publication.at)
    mark_clauses(item=item)
    resolution.refresh_from_db(fields=["mark", "position", "reference", "adopted_at"])
    give_reference(page=resolution, at=publication.at)
    if resolution.is_carried and resolution.adopted_at is None and publication.by is not None:
        adopt_resolution(resolution=resolution, by=publication.by, at=publication.at)


@transaction.atomic
def adopt_resolution(*, resolution: ResolutionPage, by: Any, at: datetime | None = None) -> None:
    """Make a carried resolution final. What it orders is thereby agreed, and what it replaces or rescinds is ended.

    Raises:
        Refused: the motion was not carried, or what it replaces was ended already.
    """
    if not resolution.is_carried:
        raise Refused(_("“%(resolution)s” was not carried, so it cannot be adopted.") % {"resolution": resolution})
    at = at or timezone.now()
    ResolutionPage.objects.filter(pk=resolution.pk).update(adopted_at=at, adopted_by=by, standing=ResolutionStanding.ADOPTED)
    resolution.refresh_from_db(fields=["adopted_at", "adopted_by", "standing"])
    enter(page=resolution, event=LedgerEvent.ADOPTED, by=by, at=at)
    begin_call_in(resolution=resolution, by=by, at=at)
    if resolution.supersedes is not None:
        end_resolution(earlier=resolution.supersedes, later=resolution, how=resolution.supersedes_how, by=by, at=at)
    for link in resolution.action_links.filter(kind=LinkKind.ORDERS).select_related("action"):
        _agree(link.action, resolution)


@transaction.atomic
def link_action(
    *, resolution: ResolutionPage, action: ActionPage, by: Any, kind: str = LinkKind.ORDERS, at: datetime | None = None
) -> ResolutionAction:
    """Say that a resolution orders, changes or closes an action. A resolution may be final already: its words do not change.

    Raises:
        Refused: they are linked already, or it was said that no action is needed.
    """
    if resolution.no_action_needed:
        raise Refused(_("“%(resolution)s” is marked as needing no action. Take that back first.") % {"resolution": resolution})
    if resolution.action_links.filter(action=action).exists():
        raise Refused(_("“%(resolution)s” and “%(action)s” are linked already.") % {"resolution": resolution, "action": action})
    at = at or timezone.now()
    link = ResolutionAction.objects.create(resolution=resolution, action=action, kind=kind, linked_at=at, linked_by=by)
    enter(page=resolution, event=LedgerEvent.LINKED, by=by, at=at, note=str(action))
    if kind == LinkKind.ORDERS and resolution.adopted_at is not None:
        _agree(action, resolution)
    return link


@transaction.atomic
def start_action(
    *,
    resolution: ResolutionPage,
    by: Any,
    title: str,
    promise: str,
    kind: str = ActionKind.BOARD,
    link: str = LinkKind.ORDERS,
    publish: bool = False,
    at: datetime | None = None,
    **fields: Any,
) -> ActionPage:
    """Make the action that a resolution orders, on the progress page, and link the two.

    Args:
        resolution: where it comes from; its board is the action's.
        title: a few words that people will know it by.
        promise: what will be done, in plain English.
        kind: one of `ActionKind`.
        link: what the resolution does to it, one of `LinkKind`.
        publish: whether it is public at once.
        fields: further fields of the action. None is made up: no owner and no date unless given.

    Raises:
        Refused: there is no progress page, or it was said that no action is needed.
        ValidationError: a field is missing or wrong.
    """
    progress = ProgressIndexPage.objects.first()
    if progress is None:
        raise Refused(_("There is no progress page to put the action on."))
    board = resolution.item.meeting.board
    action = ActionPage(title=title, promise=promise, kind=kind, board=board, origin=ActionOrigin.RESOLUTION, **fields)
    action = add_record(parent=progress, page=action, by=by, at=at, publish=publish)
    link_action(resolution=resolution, action=action, by=by, kind=link, at=at)
    action.refresh_from_db()
    return action


@transaction.atomic
def say_no_action_needed(
    *, resolution: ResolutionPage, by: Any, reason: str = "", needed: bool = False, at: datetime | None = None
) -> None:
    """Say that a resolution needs no action, or take that back.

    Raises:
        Refused: it has actions.
    """
    if not needed and resolution.action_links.exists():
        raise Refused(_("“%(resolution)s” has actions, so it cannot need none.") % {"resolution": resolution})
    ResolutionPage.objects.filter(pk=resolution.pk).update(
        no_action_needed=not needed, no_action_reason="" if needed else reason
    )
    resolution.refresh_from_db(fields=["no_action_needed", "no_action_reason"])
    note = _("Action needed after all") if needed else _("No action needed")
    enter(page=resolution, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)


def _agree(action: ActionPage, resolution: ResolutionPage) -> None:
    """An adopted resolution orders the action: it is agreed since the day of that meeting, or of an earlier one."""
    row = ActionPage.objects.get(pk=action.pk)
    day = resolution.item.meeting.day
    agreed_on = min(day, row.agreed_on) if row.agreed_on else day
    ActionPage.objects.filter(pk=row.pk).update(is_agreed=True, agreed_on=agreed_on)
    recompute_standing(action=row)
