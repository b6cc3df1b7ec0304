"""The chain that everything here serves: agenda item, resolution, action, progress update, outcome.

Governance knows the last three links. The first two come from the app above, which registers how to find them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import CLOSED_STATUSES, ActionStatus
from governance.lineage import path_above
from governance.models import ProgressUpdatePage
from governance.registering import Additions
from governance.story import counted_updates
from governance.wording import day, near_day, status_words

SHOWN = 3
"""How many links of one step are shown before “and 4 more”."""
_AFTER_LAST_CHILD = "Z" * ProgressUpdatePage.steplen


class Step(StrEnum):
    """The five steps, in order."""

    ITEM = "item"
    RESOLUTION = "resolution"
    ACTION = "action"
    UPDATE = "update"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Link:
    """One record on the chain.

    Attributes:
        title: what it is called.
        page: the record it leads to.
        note: a few words, such as its day or its status.
    """

    title: str
    page: Any
    note: str = ""


@dataclass(frozen=True)
class ChainStep:
    """One step of the chain as drawn.

    Attributes:
        name: the step in the reader's words.
        links: the records of this step that are shown.
        more: how many further ones there are.
        empty: what is said where there is none yet.
        here: whether the reader is on a record of this step.
    """

    key: str
    name: str
    links: tuple[Link, ...]
    more: int
    empty: str
    here: bool


Origins = dict[Step, list[Link]]
OriginSource = Callable[[Any], Origins]
_sources: Additions[OriginSource] = Additions("is on the chain")
register = _sources.add
"""Add a way to find what stands before an action on the chain."""


def chain_of_action(action: Any, update: Any = None) -> list[ChainStep]:
    """The chain of one live action, as it passes through one of its updates where that is given."""
    origins: Origins = {}
    for source in _sources:
        for step, links in source(action).items():
            origins.setdefault(step, []).extend(links)
    return chain(
        items=origins.get(Step.ITEM, []),
        resolutions=origins.get(Step.RESOLUTION, []),
        actions=[action],
        here=Step.UPDATE if update else Step.ACTION,
        update=update,
        latest={action.path: counted[-1]} if (counted := counted_updates(action)) else {},
    )


def chain(
    *,
    items: Sequence[Link],
    resolutions: Sequence[Link],
    actions: Sequence[Any],
    here: Step,
    update: Any = None,
    no_action: str = "",
    latest: dict[str, Any] | None = None,
) -> list[ChainStep]:
    """The five steps.

    Args:
        items, resolutions: the first two steps.
        actions: the live actions; their updates and outcomes are found here, with one query.
        here: the step the reader is on.
        update: the update the reader is on; the latest one of each action unless it is given.
        latest: the latest update of each action by its place, where that is known already.
        no_action: what is said where there is no action, when more is known than that none is recorded yet.
    """
    latest = latest_updates(actions) if latest is None else latest
    outcomes = [_outcome(action, latest.get(action.path)) for action in actions]
    updates = [_update_link(row) for row in ([update] if update else latest.values())]
    nothing = _("None needed") if no_action else _("Nothing yet")
    steps = (
        (Step.ITEM, _("Agenda item"), items, _("Not raised at a meeting")),
        (Step.RESOLUTION, _("Resolution"), resolutions, _("No resolution")),
        (Step.ACTION, _("Action"), _action_links(actions), no_action or _("No action recorded yet")),
        (Step.UPDATE, _("Update") if update else _("Latest update"), updates, _("No update yet") if actions else nothing),
        (Step.OUTCOME, _("Outcome"), [link for link in outcomes if link], _outcome_awaited(actions) if actions else nothing),
    )
    return [
        ChainStep(key, name, tuple(links[:SHOWN]), max(len(links) - SHOWN, 0), empty, key == here)
        for key, name, links, empty in steps
    ]


def latest_updates(actions: Iterable[Any]) -> dict[str, Any]:
    """The latest live update of each action, by the action's place in the tree, with one query."""
    news = models.Q()
    for action in actions:
        if action.last_news_on:
            news |= models.Q(path__range=(action.path, action.path + _AFTER_LAST_CHILD), date=action.last_news_on)
    if not news:
        return {}
    updates = ProgressUpdatePage.objects.live().filter(news).order_by("path")
    return {path_above(update): update for update in updates}


def _action_links(actions: Sequence[Any]) -> list[Link]:
    return [Link(action.title, action, status_words(action)) for action in actions]


def _update_link(update: Any) -> Link:
    return Link(update.title, update, near_day(update.date, timezone.localdate()))


def _outcome(action: Any, update: Any) -> Link | None:
    """How a closed action ended, told by its last update, and whether anything is different where that says so."""
    if action.status not in CLOSED_STATUSES:
        return None
    notes = [update.get_difference_display(), day(update.date)] if update else []
    return Link(str(ActionStatus(action.status).label), update or action, ", ".join(note for note in notes if note))


def _outcome_awaited(actions: Sequence[Any]) -> str:
    """What is said of the outcome while every action is open."""
    expected = [action.due_on for action in actions if action.due_on]
    if not expected:
        return _("Not yet")
    return _("Not yet: due by %(date)s") % {"date": day(max(expected))}
