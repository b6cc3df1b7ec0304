"""The signature pieces and what progress pages ask for: `{% load progress %}`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page as ListPage
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance import case_studies_list, chain, progress_figures, progress_list
from governance.board_seats import has_ended, seats_of
from governance.card_notes import note_on_card
from governance.enums import CLOSED_STATUSES, STATUS_MEANINGS, ActionOrigin, ActionStatus
from governance.gathering import rows_of
from governance.models import (
    ActionPage,
    ActionPartner,
    BoardPage,
    Commitment,
    CoproductionPrinciple,
    Involvement,
    Membership,
    PartnerRequest,
    Point,
    PrincipleAnswer,
    ProgressUpdatePage,
    SuitabilityReview,
    WorkshopPage,
    WorkstreamPage,
)
from governance.progress import is_late, news_is_late
from governance.record_history import history_in_words
from governance.seldom_filled import is_empty
from governance.story import live_workshops
from governance.timeline import Event, timeline
from governance.wayfinding import way_of

register = template.Library()
_SEATS = ("chair", "vice_chair", "member", "substitute")


@register.inclusion_tag("governance/pieces/status_line.html")
def status_line(action: Any, large: bool = False) -> dict[str, Any]:
    """Where an action stands as a sentence, its status and confidence each with a shape beside the word."""
    today = timezone.localdate()
    return {
        "action": action,
        "large": large,
        "is_late": is_late(action.due_on, action.status, today),
        "news_is_late": news_is_late(action.next_news_on, action.status, today),
        "is_open": action.status not in CLOSED_STATUSES,
    }


@register.inclusion_tag("governance/pieces/chain.html", takes_context=True)
def chain_of(context: template.Context, action: Any, update: Any = None) -> dict[str, Any]:
    """The chain of one action, as it passes through one of its updates where that is given."""
    return {"steps": chain.chain_of_action(action, update), "request": context.get("request")}


@register.inclusion_tag("governance/pieces/chain.html", takes_context=True)
def draw_chain(context: template.Context, steps: list[chain.ChainStep]) -> dict[str, Any]:
    """A chain that was put together elsewhere."""
    return {"steps": steps, "request": context.get("request")}


@register.inclusion_tag("governance/pieces/timeline.html")
def timeline_of(action: Any) -> dict[str, list[Event]]:
    """Every public event of an action's chain, latest first."""
    return {"events": timeline(action)}


@register.inclusion_tag("governance/pieces/promise_card.html", takes_context=True)
def promise_card(context: template.Context, action: Any, level: int = 3, show_board: bool = True) -> dict[str, Any]:
    """An action on a list: the promise, who, by when (the first date struck through when it moved) and where it stands."""
    request = context.get("request")
    note = note_on_card(action, request)
    return {"action": action, "level": level, "show_board": show_board, "request": request, "note": note}


@register.inclusion_tag("governance/pieces/record_strip.html", takes_context=True)
def record_strip(context: template.Context, page: Any, title: str = "") -> dict[str, Any]:
    """The foot of a record: its reference and permanent address, when it was published and changed, how it is cited."""
    frame = context.get("frame")
    site_name = frame["name"] if frame else ""
    return {
        "page": page,
        "title": title or page.title,
        "request": context.get("request"),
        "site_name": site_name,
        "history": history_in_words(page),
    }


@register.inclusion_tag("governance/pieces/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: template.Context, page: Page) -> dict[str, Any]:
    """The way from the front page to the page above this one."""
    way = way_of(page)
    ancestors = [above for above in way.above if above.live] if way else page.get_ancestors().filter(depth__gt=1, live=True)
    return {"ancestors": list(ancestors), "request": context.get("request")}


@register.inclusion_tag("governance/pieces/pagination.html", takes_context=True)
def pages_of(context: template.Context, page: ListPage, query: str = "") -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address."""
    return {
        "page": page,
        "query": query,
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }


@register.simple_tag(takes_context=True)
def progress_listing(context: template.Context) -> progress_list.Listing:
    """The view of the progress list that the address asks for; all of it in a preview."""
    return context.get("listing") or progress_list.listing({}, timezone.localdate())


@register.inclusion_tag("governance/pieces/chart.html")
def chart_of_standing(listing: progress_list.Listing) -> dict[str, Any]:
    """Where the promises of a view stand, drawn and as a table."""
    return {"figures": progress_figures.standing_now(listing), "first_column": _("Status")}


@register.inclusion_tag("governance/pieces/chart.html")
def chart_of_quarters(listing: progress_list.Listing) -> dict[str, Any]:
    """What became of the promises of each quarter, drawn and as a table."""
    return {"figures": progress_figures.by_quarter_of_view(listing), "first_column": _("First due in")}


@register.simple_tag
def listing_words(listing: progress_list.Listing) -> str:
    """How many actions are shown."""
    return progress_list.summary(listing)


@register.simple_tag
def status_meaning(status: str) -> str:
    """What a status means, in a sentence."""
    return str(STATUS_MEANINGS[ActionStatus(status)])


@register.simple_tag
def neighbours(update: ProgressUpdatePage) -> dict[str, ProgressUpdatePage | None]:
    """The updates before and after one, by date."""
    siblings = list(ProgressUpdatePage.objects.sibling_of(update).live().order_by("date", "path"))
    keys = [sibling.pk for sibling in siblings]
    place = keys.index(update.pk) if update.pk in keys else len(keys)
    return {
        "before": siblings[place - 1] if place > 0 else None,
        "after": siblings[place + 1] if place + 1 < len(siblings) else None,
    }


@register.simple_tag
def live_corrections(update: ProgressUpdatePage) -> list[ProgressUpdatePage]:
    """Live updates that correct this one."""
    if not update.pk or is_empty(update, "corrected_by"):
        return []
    return list(ProgressUpdatePage.objects.live().filter(corrects_id=update.pk))


@register.simple_tag
def commitment_of(action: ActionPage) -> Commitment | None:
    """The public commitment an action comes from, where it may be shown."""
    if action.origin != ActionOrigin.COMMITMENT or not action.commitment_id:
        return None
    public = Commitment.objects.public().filter(pk=action.commitment_id)
    return public.select_related("workstream", "strategy", "organisation").first()


@register.simple_tag(takes_context=True)
def principles_of(context: template.Context, action: ActionPage) -> list[tuple[CoproductionPrinciple, str]]:
    """Every principle with what the action does about it; an empty answer is a gap. A preview shows answers not yet saved."""
    if getattr(context.get("request"), "is_preview", False):
        answers = {row.principle_id: row.answer for row in action.principle_answers.all()}
        return [(principle, answers.get(principle.pk, "")) for principle in CoproductionPrinciple.objects.all()]
    saved = PrincipleAnswer.objects.filter(action=action.pk, principle=OuterRef("pk")).values("answer")[:1]
    return [(principle, principle.answer or "") for principle in CoproductionPrinciple.objects.annotate(answer=Subquery(saved))]


@register.simple_tag
def involvements_of(action: ActionPage) -> Iterable[Involvement]:
    """Who took part at which stage, with their groups."""
    return rows_of(action, "involvements")


@register.simple_tag
def partners_of(action: ActionPage) -> Iterable[ActionPartner]:
    """The partners of an action, with their organisations."""
    return rows_of(action, "partners")


@register.simple_tag
def points_about(page: Page) -> Iterable[Point]:
    """What people said about a record, as far as it is public."""
    return rows_of(page, "points")


@register.simple_tag
def requests_of(action: ActionPage) -> list[PartnerRequest]:
    """What each organisation was asked last: for news, and to pass on and report."""
    in_order = rows_of(action, "partner_requests")
    return list({(request.organisation_id, request.kind): request for request in in_order}.values())


@register.simple_tag
def reviews_behind(action: ActionPage) -> Iterable[SuitabilityReview]:
    """The yearly reviews of services that an action followed from."""
    return rows_of(action, "suitability_reviews")


@register.simple_tag
def workshops_of(action: ActionPage) -> list[WorkshopPage]:
    """The live workshops of an action, latest first."""
    return live_workshops(action)


@register.simple_tag
def commitments_of(page: Page, field: str) -> list[tuple[Commitment, list[ActionPage]]]:
    """The public commitments of a strategy or workstream, each with its live actions.

    Args:
        field: `strategy` or `workstream`.
    """
    commitments = list(Commitment.objects.public().filter(**{f"{field}_id": page.pk}))
    actions: dict[int, list[ActionPage]] = {}
    for action in shown_actions(commitment__in=commitments):
        actions.setdefault(action.commitment_id, []).append(action)
    return [(commitment, actions.get(commitment.pk, [])) for commitment in commitments]


@dataclass(frozen=True)
class Cards:
    """The first actions of a list, and how many there are in all."""

    actions: list[ActionPage]
    total: int


@register.simple_tag
def cards_of(number: int, **conditions: Any) -> Cards:
    """Live actions with these values: open ones first, then the latest news.

    Args:
        number: how many are shown at most.
        conditions: the column and the key of the record it names, such as `workstream_id=page.pk`.
    """
    actions = shown_actions(**conditions)
    everything = actions.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    shown = list(actions.annotate(total=Subquery(everything))[:number])
    return Cards(shown, shown[0].total if shown else 0)


def shown_actions(**conditions: Any) -> QuerySet[ActionPage]:
    """Live actions with what their cards show, open ones first."""
    every = ActionPage.objects.live().filter(**conditions).select_related("board", "lead_organisation")
    closed_last = Case(When(status__in=CLOSED_STATUSES, then=1), default=0)
    return every.order_by(closed_last, "-last_news_on", "path")


@register.simple_tag
def workstreams_of(strategy: Page) -> QuerySet[WorkstreamPage]:
    """The live workstreams of a strategy."""
    return WorkstreamPage.objects.child_of(strategy).live().order_by("path")


@register.simple_tag
def boards_of(index: Page) -> QuerySet[BoardPage]:
    """The live boards, those that still meet first."""
    return BoardPage.objects.child_of(index).live().select_related("body_type").order_by("ended_on", "title")


@register.simple_tag
def members_of(board: BoardPage) -> list[Membership]:
    """Who sits on a board today, the chair first."""
    today = timezone.localdate()
    seats = [seat for seat in seats_of(board) if seat.from_date <= today and not has_ended(seat, today)]
    return sorted(seats, key=lambda seat: (_SEATS.index(seat.role), seat.person.name))


@register.simple_tag(takes_context=True)
def case_studies_of(context: template.Context, index: Page) -> case_studies_list.CaseStudies:
    """The view of the list of case studies that the address asks for; all of it where there is none."""
    request = context.get("request")
    return case_studies_list.listing(index, request.GET if request is not None else {})
