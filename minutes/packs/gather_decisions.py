"""What a decision sheet prints, gathered from the live resolutions of a meeting. Their minutes need not be public yet."""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _

from governance.lineage import path_above
from governance.models import ActionPage
from minutes.call_in import announced_words
from minutes.enums import DecisionKind, LinkKind, MeetingStatus
from minutes.models import MeetingPage, Pack, ResolutionAction, ResolutionPage
from minutes.packs.addresses import address
from minutes.packs.content_decisions import DecidedClause, DecidedItem, DecisionSheet
from minutes.packs.gather import live_items
from minutes.packs.gather_actions import due_words
from minutes.packs.gather_minutes import front_facts


def gather_decisions(pack: Pack, issued_at: datetime) -> DecisionSheet:
    """Everything that the decision sheet of a meeting prints, as it stands now."""
    meeting = pack.meeting
    facts = front_facts(pack, issued_at)
    return DecisionSheet(**facts, decisions=decided_items(meeting), minutes_words=minutes_words(meeting))


def decided_items(meeting: MeetingPage) -> tuple[DecidedItem, ...]:
    """The items on which something was decided in public, in the order of the agenda. Three queries."""
    resolutions = list(ResolutionPage.objects.descendant_of(meeting).live().order_by("position", "path"))
    orders: dict[int, list[str]] = defaultdict(list)
    links = ResolutionAction.objects.public().filter(resolution__in=resolutions, kind=LinkKind.ORDERS)
    for link in links.select_related("action", "action__lead_organisation").order_by("pk"):
        orders[link.resolution_id].append(action_words(link.action))
    below: dict[str, list[DecidedClause]] = defaultdict(list)
    for row in resolutions:
        below[path_above(row)].append(decided_clause(row, tuple(orders[row.pk])))
    return tuple(
        DecidedItem(
            number=item.number or str(item.position),
            title=item.title,
            clauses=tuple(below[item.path]),
            reference=item.reference or "",
            address=address(item.reference),
        )
        for item in live_items(meeting)
        if item.path in below
    )


def decided_clause(row: ResolutionPage, orders: tuple[str, ...]) -> DecidedClause:
    """One clause as the sheet prints it."""
    return DecidedClause(
        label=row.label or row.mark,
        text=row.text,
        stem=row.stem or (str(DecisionKind.RESOLVED.label) if row.is_carried else ""),
        outcome_words="" if row.is_carried else row.get_outcome_display(),
        orders=(
            *filter(None, [announced_words(row)]),
            *(orders or ((_("No action needed."),) if row.no_action_needed else ())),
        ),
        reference=row.reference or "",
        address=address(row.reference),
    )


def action_words(action: ActionPage) -> str:
    """An action in a line: its reference, what it is called, who leads it and by when."""
    lead = ", ".join(filter(None, [action.lead_role, str(action.lead_organisation or "")]))
    parts = [f"{action.reference or ''} {action.title}".strip(), lead, due_words(action)]
    return ". ".join(filter(None, parts)) + "."


def minutes_words(meeting: MeetingPage) -> str:
    """How the minutes of the meeting stand, so that nobody takes the sheet for them."""
    if meeting.status == MeetingStatus.CONFIRMED:
        return _("The minutes are confirmed and say how each decision was reached.")
    if meeting.status == MeetingStatus.DRAFT_MINUTES:
        return _("The draft minutes say how each decision was reached. They are subject to confirmation.")
    return _("This sheet comes before the minutes, which will say how each decision was reached.")
