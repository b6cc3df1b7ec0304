"""The actions report of a pack, gathered from the live records of a board: what came of what it resolved."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import OPEN_STATUSES, ActionStatus, Confidence
from governance.models import ActionPage, ActionPartner, BoardPage, ProgressUpdatePage
from governance.progress import is_late, news_is_late
from governance.wording import confidence_words
from minutes.call_in import effect_words
from minutes.models import ResolutionAction, ResolutionPage
from minutes.packs import content as printed
from minutes.packs.addresses import address

RECENTLY_CLOSED = timedelta(days=180)
SHORTENED = 160
MARKS = {
    ActionStatus.PROPOSED: printed.Mark.PROPOSED,
    ActionStatus.AGREED: printed.Mark.AGREED,
    ActionStatus.UNDER_WAY: printed.Mark.UNDER_WAY,
    ActionStatus.PAUSED: printed.Mark.PAUSED,
    ActionStatus.COMPLETED: printed.Mark.COMPLETED,
    ActionStatus.CLOSED: printed.Mark.CLOSED,
    ActionStatus.HANDED_ON: printed.Mark.HANDED_ON,
}
CONFIDENCE_MARKS = {
    Confidence.ON_TRACK: printed.Mark.ON_TRACK,
    Confidence.AT_RISK: printed.Mark.AT_RISK,
    Confidence.OFF_TRACK: printed.Mark.OFF_TRACK,
}


def actions_report(board: BoardPage, day: date) -> tuple[printed.ActionLine, ...]:
    """The board's open actions and those closed lately, from the live records."""
    live = ActionPage.objects.live().filter(board=board).select_related("lead_organisation")
    reported = live.filter(Q(status__in=OPEN_STATUSES) | Q(last_news_on__gte=day - RECENTLY_CLOSED)).order_by("pk")
    links = ResolutionAction.objects.public().filter(action__in=reported, kind="orders").select_related("resolution")
    ordered_by = {link.action_id: link.resolution for link in links}
    latest, partners = latest_updates(reported), partners_of(reported)
    return tuple(
        replace(
            action_line(action, ordered_by.get(action.pk), latest.get(action.path), day), partners=tuple(partners[action.pk])
        )
        for action in reported
    )


def partners_of(actions: QuerySet[ActionPage]) -> dict[int, list[str]]:
    """The organisations that take part in each action besides the one that leads it, in one query."""
    rows = ActionPartner.objects.filter(action__in=actions).exclude(organisation=F("action__lead_organisation"))
    found: dict[int, list[str]] = defaultdict(list)
    for action, name in rows.order_by("sort_order", "pk").values_list("action", "organisation__name"):
        found[action].append(name)
    return found


def latest_updates(actions: QuerySet[ActionPage]) -> dict[str, ProgressUpdatePage]:
    """The last public update of each action, by the action's path; two queries, however many actions there are."""
    paths = set(actions.values_list("path", flat=True))
    listed = ProgressUpdatePage.objects.live().order_by("date", "path").values_list("path", "pk")
    last = {parent: key for path, key in listed if (parent := path[: -ProgressUpdatePage.steplen]) in paths}
    found = ProgressUpdatePage.objects.live().in_bulk(list(last.values()))
    return {path: found[key] for path, key in last.items() if key in found}


def action_line(
    action: ActionPage, resolution: ResolutionPage | None, update: ProgressUpdatePage | None, day: date
) -> printed.ActionLine:
    """One action, with the resolution that ordered it and its last news."""
    moved = action.date_moves > 0 and action.first_due_on is not None
    explained = action.confidence in {Confidence.AT_RISK, Confidence.OFF_TRACK} and update is not None
    return printed.ActionLine(
        reference=action.reference or "",
        promise=action.promise,
        lead=", ".join(filter(None, [action.lead_role, str(action.lead_organisation or "")])),
        due_words=due_words(action, day),
        first_due_words=date_format(action.first_due_on, "j F Y") if moved and action.first_due_on else "",
        status_words=str(ActionStatus(action.status).label),
        confidence_words=confidence_words(action).removesuffix("."),
        mark=mark(action),
        confidence_reason=f"{update.reason} {update.recovery_step}".strip() if explained and update else "",
        updated_on=action.last_news_on,
        update_summary=update.what_changed if update else "",
        next_news_words=news_words(action, day),
        resolution_reference=(resolution.reference or "") if resolution else "",
        resolution_address=address(resolution.reference) if resolution else "",
        resolution_words=shortened(resolution.full_text) if resolution else "",
        effect_words=effect_words(resolution, day) if resolution else "",
        address=address(action.reference),
    )


def mark(action: ActionPage) -> printed.Mark:
    """The shape beside how an action stands: that of the lead's confidence where the work is under way and somebody has said."""
    if confidence_words(action):
        return CONFIDENCE_MARKS[Confidence(action.confidence)]
    return MARKS[ActionStatus(action.status)]


def due_words(action: ActionPage, day: date | None = None) -> str:
    """When an action is to be done, and how often that has moved; with a day, by how much it was late then."""
    if action.due_on is None:
        return action.due_words
    words = [_("By %(day)s") % {"day": date_format(action.due_on, "j F Y")}]
    if day is not None and is_late(action.due_on, action.status, day):
        days = (day - action.due_on).days
        words.append(ngettext("late by %(days)d day", "late by %(days)d days", days) % {"days": days})
    if not action.date_moves:
        return ", ".join(words)
    times = ngettext("the date has moved once", "the date has moved %(count)d times", action.date_moves) % {
        "count": action.date_moves
    }
    return f"{', '.join(words)}; {times}"


def news_words(action: ActionPage, day: date) -> str:
    """When people will hear again, or by how much the news is late."""
    if action.next_news_on is None:
        return ""
    if news_is_late(action.next_news_on, action.status, day):
        days = (day - action.next_news_on).days
        return ngettext("Late by %(days)d day", "Late by %(days)d days", days) % {"days": days}
    return _("By %(day)s") % {"day": date_format(action.next_news_on, "j F Y")}


def shortened(text: str) -> str:
    """A line of a longer text, cut between words."""
    return text if len(text) <= SHORTENED else text[:SHORTENED].rsplit(" ", 1)[0] + "…"
