"""What must hold before news of an action becomes public, whichever door it comes through. Pure: no queries, no clock."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.enums import CLOSED_STATUSES, ActionStatus, Difference
from governance.policies import check_follows
from governance.progress import News
from governance.wording import day

Problems = dict[str, str]


@dataclass(frozen=True)
class Circumstances:
    """What is known of an action when news of it is to become public.

    Attributes:
        today: the day of publication.
        status: where the action stood just before the news.
        following: the next news that is public already, if there is any.
        agreed_on: when the action was agreed; None for a proposal and where it is not known.
        corrected: the public update that the news corrects.
        corrected_already: whether another public update corrects that one.
        milestones: the names of the action's steps by their keys.
        done: the keys of the steps that other news has completed.
        has_evidence: whether evidence is recorded on the action.
        lacks_resolution: whether the board completes only by resolution and none closes the action.
    """

    today: datetime.date
    status: str
    following: News | None = None
    agreed_on: datetime.date | None = None
    corrected: News | None = None
    corrected_already: bool = False
    milestones: Mapping[int, str] = field(default_factory=dict)
    done: frozenset[int] = frozenset()
    has_evidence: bool = False
    lacks_resolution: bool = False


def check_publication(news: News, known: Circumstances) -> Problems:
    """What keeps news from becoming public where it stands, by field, in words for the person who publishes it.

    Returns:
        An empty dict when nothing does.
    """
    return {
        **check_milestones(news, known),
        **check_completion(news, known),
        **check_sequence(news, known),
        **check_days(news, known),
    }


def check_days(news: News, known: Circumstances) -> Problems:
    """Whether the days of the news are in order."""
    if news.date > known.today:
        return {"date": _("This day is still to come. News is dated on the day it is published, or before.")}
    if known.corrected and news.date < known.corrected.date:
        words = {"day": day(known.corrected.date)}
        return {"date": _("The update that this corrects is dated %(day)s. A correction is not older.") % words}
    if known.agreed_on and news.date < known.agreed_on and news.status != ActionStatus.PROPOSED:
        words = {"day": day(known.agreed_on)}
        return {"date": _("The action was agreed on %(day)s. News from before then can only call it proposed.") % words}
    return {}


def check_sequence(news: News, known: Circumstances) -> Problems:
    """Whether the news follows what was said before it, and what is public already can follow the news."""
    if known.corrected_already:
        return {"corrects": _("Another update corrects this one already. Correct that one instead.")}
    problems = check_follows(known.status, news.status, news.reason)
    ended = known.status in CLOSED_STATUSES and news.status == known.status
    if ended and not news.difference:
        problems["status"] = _(
            "The action has ended. Take it up again with the reason, say what came of it, or correct its last update."
        )
    after = known.following
    if after and check_follows(news.status, after.status, after.reason):
        words = {"day": day(after.date), "after": ActionStatus(after.status).label, "this": ActionStatus(news.status).label}
        problems.setdefault(
            "status",
            _("The update of %(day)s says “%(after)s”, which cannot follow “%(this)s”. Correct that one first.") % words,
        )
    return problems


def check_milestones(news: News, known: Circumstances) -> Problems:
    """Whether every step that the news completes is one of the action's, not done yet, and done by the day of the news."""
    seen: set[int] = set()
    for key, done_on in news.milestones:
        name = {"name": known.milestones.get(key, "")}
        if key not in known.milestones:
            return {"milestones_done": _("Choose milestones of this action.")}
        if key in seen:
            return {"milestones_done": _("“%(name)s” is named twice.") % name}
        if key in known.done:
            return {"milestones_done": _("“%(name)s” is done already. A mistake is corrected by naming the old update.") % name}
        if done_on > news.date:
            return {"milestones_done": _("“%(name)s” cannot be done after the day of the news.") % name}
        seen.add(key)
    return {}


def check_completion(news: News, known: Circumstances) -> Problems:
    """Whether what is called completed can be shown to be."""
    if news.status != ActionStatus.COMPLETED:
        return {}
    problems = {}
    if not news.how_known.strip() and not known.has_evidence:
        problems["how_known"] = _("Say how it is known, or add evidence to the action first: “Completed” has to be shown.")
    if known.lacks_resolution:
        problems["status"] = _("This board completes an action by resolution. Link the resolution that closes it first.")
    if known.status != ActionStatus.COMPLETED and not news.look_again_on:
        problems["look_again_on"] = _("Say when you will look again at what came of it.")
    return problems


def check_ending(news: News) -> Problems:
    """What is missing from news of how an action ended; such words have no place in other news."""
    if news.status not in CLOSED_STATUSES:
        return {"difference": _("Say this once the action has ended.")} if news.difference else {}
    problems = _check_outcome(news)
    if news.status == ActionStatus.COMPLETED and not news.difference:
        problems["difference"] = _("Say what is different now. “No difference seen” is an answer.")
    if news.status == ActionStatus.HANDED_ON:
        problems |= _check_handing_on(news)
    return problems


def check_references(action: Any, corrected: Any, handed_to_action: Any, *, key: int | None) -> Problems:
    """Whether the news corrects public news of the same action, and hands it on to another board's public action.

    Args:
        action: the action that it is news of.
        corrected: the update that it corrects, if any.
        handed_to_action: the action that carries on, if any.
        key: identifies the news; None while it was never saved.
    """
    problems = {}
    if corrected is not None and (corrected.pk == key or not corrected.is_child_of(action)):
        problems["corrects"] = _("Choose another update of this action.")
    elif corrected is not None and not corrected.live:
        problems["corrects"] = _("That update is not public, so there is nothing to correct.")
    if handed_to_action is not None and (not handed_to_action.live or handed_to_action.board_id == action.board_id):
        problems["handed_to_action"] = _("Choose a public action of another board.")
    return problems


def _check_outcome(news: News) -> Problems:
    problems = {}
    if news.difference == Difference.SEEN:
        if not news.what_is_different.strip():
            problems["what_is_different"] = _("Say what is different.")
        if not news.for_whom.strip():
            problems["for_whom"] = _("Say for whom it is different.")
    if news.difference == Difference.TOO_EARLY and not news.look_again_on:
        problems["look_again_on"] = _("Say when it will not be too early.")
    if news.look_again_on and news.look_again_on <= news.date:
        problems["look_again_on"] = _("The day to look again must come after this news.")
    return problems


def _check_handing_on(news: News) -> Problems:
    problems = {}
    if not news.handed_to.strip():
        problems["handed_to"] = _("Name the body that carries it now.")
    if not news.handed_to_action and not news.handed_to_address:
        problems["handed_to_address"] = _("Say where it can be followed now: an action here, or an address elsewhere.")
    return problems
