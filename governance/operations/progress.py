"""Keeping an action's standing equal to what its published updates say."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from governance.exceptions import Refused
from governance.models import ActionPage, Milestone, ProgressUpdatePage
from governance.progress import Standing, standing
from governance.publication import Publication


def worked_out_standing(action: ActionPage) -> Standing:
    """Where the action stands by its published updates."""
    since = timezone.localdate(action.first_published_at) if action.first_published_at else None
    return standing(
        ProgressUpdatePage.published_news(action),
        first_due_on=action.first_due_on,
        agreed=action.is_agreed,
        since=since,
        news_every_weeks=action.news_every_weeks,
    )


def columns(standing: Standing) -> dict[str, Any]:
    """The columns of the action that hold its standing."""
    return {
        "status": standing.status,
        "confidence": standing.confidence,
        "due_on": standing.due_on,
        "date_moves": len(standing.moves),
        "last_news_on": standing.last_news_on,
        "next_news_on": standing.next_news_on,
        "look_again_on": standing.look_again_on,
    }


def _locked(action: ActionPage) -> ActionPage:
    return ActionPage.objects.select_for_update(of=("self",)).get(pk=action.pk)


@transaction.atomic
def recompute_standing(*, action: ActionPage) -> Standing:
    """Set an action's standing and its milestones from its published updates, under a lock on its row."""
    row = _locked(action)
    now_standing = worked_out_standing(row)
    ActionPage.objects.filter(pk=row.pk).update(**columns(now_standing))
    for milestone in Milestone.objects.filter(action_id=row.pk):
        done_on = now_standing.milestones.get(milestone.pk)
        if milestone.done_on != done_on:
            Milestone.objects.filter(pk=milestone.pk).update(done_on=done_on)
    return now_standing


def follow_update(publication: Publication) -> None:
    """An update was published: its action stands where the updates say.

    Raises:
        Refused: it cannot follow what was said before. Nothing of it is public then, whichever door it came through.
    """
    update = publication.page
    action = update.action
    _locked(action)
    problems = update.problems(timezone.localdate(publication.at))
    if problems:
        raise Refused(" ".join(dict.fromkeys(problems.values())))
    recompute_standing(action=action)


def follow_withdrawal(publication: Publication) -> None:
    """An update was withdrawn: its action stands where the remaining updates say."""
    recompute_standing(action=publication.page.action)


def follow_action(publication: Publication) -> None:
    """An action was published: its dates count from now."""
    recompute_standing(action=publication.page)


def difference_of(action: ActionPage) -> dict[str, tuple[Any, Any]]:
    """What an action's columns and milestones hold and what its updates say, where the two differ.

    Returns:
        By column, or `milestone: its name`: what is held, and what should be.
    """
    standing = worked_out_standing(action)
    wanted = columns(standing)
    held: dict[str, Any] = {name: getattr(action, name) for name in wanted}
    for milestone in Milestone.objects.filter(action_id=action.pk):
        name = f"milestone: {milestone.name}"
        held[name], wanted[name] = milestone.done_on, standing.milestones.get(milestone.pk)
    return {name: (held[name], value) for name, value in wanted.items() if held[name] != value}


def every_action() -> QuerySet[ActionPage]:
    """Every action, in an order that does not change."""
    return ActionPage.objects.order_by("pk")


def differences() -> list[tuple[ActionPage, dict[str, tuple[Any, Any]]]]:
    """Actions that do not stand where their updates say, with what differs."""
    found = ((action, difference_of(action)) for action in every_action().iterator())
    return [(action, differing) for action, differing in found if differing]
