"""Keeping an action's standing equal to what its published updates say."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.models import ActionPage, ProgressUpdatePage
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
    }


@transaction.atomic
def recompute_standing(*, action: ActionPage) -> Standing:
    """Set an action's standing from its published updates, under a lock on its row."""
    row = ActionPage.objects.select_for_update(of=("self",)).get(pk=action.pk)
    now_standing = worked_out_standing(row)
    ActionPage.objects.filter(pk=row.pk).update(**columns(now_standing))
    return now_standing


def follow_update(publication: Publication) -> None:
    """An update was published or withdrawn: its action stands where the remaining updates say."""
    recompute_standing(action=publication.page.action)


def follow_action(publication: Publication) -> None:
    """An action was published: its dates count from now."""
    recompute_standing(action=publication.page)


def differences() -> list[tuple[ActionPage, dict[str, tuple[Any, Any]]]]:
    """Actions whose columns do not say what their updates say: (column, what it holds, what it should hold)."""
    wrong = []
    for action in ActionPage.objects.all().order_by("pk").iterator():
        wanted = columns(worked_out_standing(action))
        differing = {name: (getattr(action, name), value) for name, value in wanted.items() if getattr(action, name) != value}
        if differing:
            wrong.append((action, differing))
    return wrong
