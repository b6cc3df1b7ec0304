"""When something may be said or done of an action: rules that take records and import no models."""

from typing import Any, Protocol

from django.utils.translation import gettext as _

from governance.enums import CLOSED_STATUSES, CONFIDENCE_NEEDS_REASON, OPEN_STATUSES, ActionStatus, CommentState

STATUS_TRANSITIONS: dict[str, frozenset[ActionStatus]] = {
    ActionStatus.PROPOSED: frozenset(ActionStatus),
    ActionStatus.AGREED: frozenset(ActionStatus) - {ActionStatus.PROPOSED},
    ActionStatus.UNDER_WAY: frozenset(ActionStatus) - {ActionStatus.PROPOSED, ActionStatus.AGREED},
    ActionStatus.PAUSED: frozenset(ActionStatus) - {ActionStatus.PROPOSED, ActionStatus.AGREED},
    ActionStatus.COMPLETED: frozenset({ActionStatus.COMPLETED, ActionStatus.UNDER_WAY}),
    ActionStatus.CLOSED: frozenset({ActionStatus.CLOSED, ActionStatus.UNDER_WAY}),
    ActionStatus.HANDED_ON: frozenset({ActionStatus.HANDED_ON, ActionStatus.UNDER_WAY}),
}
REASON_NEEDED = frozenset({ActionStatus.PAUSED, ActionStatus.CLOSED, ActionStatus.HANDED_ON})

COMMENT_TRANSITIONS: dict[str, frozenset[CommentState]] = {
    CommentState.RECEIVED: frozenset({CommentState.PUBLISHED, CommentState.NOT_PUBLISHED}),
    CommentState.PUBLISHED: frozenset(),
    CommentState.NOT_PUBLISHED: frozenset(),
}


class News(Protocol):
    """What the rules read of a progress update."""

    status: str
    confidence: str
    reason: str
    recovery_step: str
    new_due_on: Any
    date_reason: str
    date_agreed_by: str
    date: Any
    next_news_on: Any


def can_follow(before: str, after: str) -> bool:
    """Whether news may take an action from one status to another; a closed action is only ever reopened."""
    return ActionStatus(after) in STATUS_TRANSITIONS[before]


def is_reopening(before: str, after: str) -> bool:
    """Whether the news takes up again what was closed, which needs a reason."""
    return before in CLOSED_STATUSES and after in OPEN_STATUSES


def check_follows(before: str, after: str, reason: str) -> dict[str, str]:
    """What keeps news from following what was said before, by field, in words for the person who writes it.

    Args:
        before: where the action stood just before.
        after: where the news says that it stands.
        reason: the reason that the news gives.

    Returns:
        An empty dict when it can follow.
    """
    if not can_follow(before, after):
        words = {"before": ActionStatus(before).label, "after": ActionStatus(after).label}
        return {"status": _("The action was “%(before)s”, so it cannot become “%(after)s”.") % words}
    if is_reopening(before, after) and not reason.strip():
        return {"reason": _("Say why it is taken up again.")}
    return {}


def check_update(news: News) -> dict[str, str]:
    """What is missing from news, by field, in words for the person who writes it.

    Returns:
        An empty dict when nothing is missing.
    """
    problems = {}
    if news.confidence in CONFIDENCE_NEEDS_REASON and news.status in OPEN_STATUSES:
        if not news.reason.strip():
            problems["reason"] = _("Say why it is not on track.")
        if not news.recovery_step.strip():
            problems["recovery_step"] = _("Say what is being done about it.")
    if news.status in REASON_NEEDED and not news.reason.strip():
        problems["reason"] = _("Say why: the public is owed the reason.")
    if news.new_due_on and not news.date_reason.strip():
        problems["date_reason"] = _("Say why the date moved.")
    if news.new_due_on and not news.date_agreed_by.strip():
        problems["date_agreed_by"] = _("Say who agreed the new date.")
    if news.next_news_on and news.date and news.next_news_on <= news.date:
        problems["next_news_on"] = _("The next news must come after this news.")
    return problems


class Sourced(Protocol):
    """What the rules read of an action's lead and date."""

    lead_organisation_id: Any
    lead_role: str
    lead_words: str
    lead_set_by: str
    lead_set_on: Any
    first_due_on: Any
    due_words: str
    due_set_by: str
    due_set_on: Any


def check_sources(action: Sourced) -> dict[str, str]:
    """Whether an action says where its lead and its date come from, by field.

    What the minute gives has its words; what was settled elsewhere has who settled it and when, so that nobody reads it into
    the resolution.

    Returns:
        An empty dict when it does, and when it has neither lead nor date.
    """
    problems = {}
    has_lead = bool(action.lead_organisation_id or action.lead_role)
    if (has_lead and not action.lead_words and not action.lead_set_by) or (action.lead_set_on and not action.lead_set_by):
        problems["lead_set_by"] = _("Say who named the lead, or give the words of the minute that name it.")
    if action.lead_set_by and not action.lead_set_on:
        problems["lead_set_on"] = _("Say when the lead was named.")
    if (action.first_due_on and not action.due_words and not action.due_set_by) or (
        action.due_set_on and not action.due_set_by
    ):
        problems["due_set_by"] = _("Say who set the date, or give the words of the minute that set it.")
    if action.due_set_by and not action.due_set_on:
        problems["due_set_on"] = _("Say when the date was set.")
    return problems
