"""The sentence that opens an action's page: the promise, where it stands, when there will be news, whom to ask. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import CLOSED_STATUSES, ActionStatus, Confidence
from governance.progress import is_late, look_again_is_late, news_is_late
from governance.wording import listed, near_day


@dataclass(frozen=True)
class Told:
    """What the sentence is made of. Whatever is not known is left out of it.

    Attributes:
        promise: in plain English, one or more sentences.
        board: whose promise it is.
        contact: whom to ask, and how.
        handed_to: who carries it now, once it was handed on.
    """

    promise: str
    board: str
    status: str
    confidence: str = ""
    due_on: date | None = None
    next_news_on: date | None = None
    look_again_on: date | None = None
    contact: str = ""
    handed_to: str = ""


def opening_sentence(told: Told, today: date) -> str:
    """One grammatical sentence, whatever is missing."""
    clauses = [clause for clause in (_stands(told, today), _news(told, today), _ask(told)) if clause]
    last = clauses.pop()
    rest = _("%(first)s, and %(last)s") % {"first": ", ".join(clauses), "last": last} if clauses else last
    return _("%(promise)s: %(rest)s.") % {"promise": _promise(told), "rest": rest}


def _promise(told: Told) -> str:
    words = {"board": _with_article(told.board), "promise": _without_stop(told.promise)}
    if told.status == ActionStatus.PROPOSED:
        return _("%(board)s has been asked to promise “%(promise)s”") % words
    return _("%(board)s promised “%(promise)s”") % words


def _stands(told: Told, today: date) -> str:
    if told.status in CLOSED_STATUSES:
        if told.status == ActionStatus.HANDED_ON and told.handed_to:
            return _("it was handed on to %(body)s") % {"body": _without_stop(told.handed_to)}
        return _ENDED[ActionStatus(told.status)]()
    words = _OPEN[ActionStatus(told.status)]()
    if told.confidence and told.status != ActionStatus.PAUSED:
        words.append(_CONFIDENCE[Confidence(told.confidence)]())
    if told.due_on and is_late(told.due_on, told.status, today):
        late = (today - told.due_on).days
        words.append(ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late})
    return _("it is %(words)s") % {"words": listed(words)}


_OPEN = {
    ActionStatus.PROPOSED: lambda: [_("not agreed yet")],
    ActionStatus.AGREED: lambda: [_("agreed"), _("not started yet")],
    ActionStatus.UNDER_WAY: lambda: [_("under way")],
    ActionStatus.PAUSED: lambda: [_("paused")],
}
_ENDED = {
    ActionStatus.COMPLETED: lambda: _("it is completed"),
    ActionStatus.CLOSED: lambda: _("it was closed without completion"),
    ActionStatus.HANDED_ON: lambda: _("it was handed on"),
}
_CONFIDENCE = {
    Confidence.ON_TRACK: lambda: _("on track"),
    Confidence.AT_RISK: lambda: _("at risk"),
    Confidence.OFF_TRACK: lambda: _("off track"),
}


def _news(told: Told, today: date) -> str:
    if told.status in CLOSED_STATUSES:
        return _looked_at_again(told.look_again_on, today)
    if told.next_news_on is None:
        return ""
    if news_is_late(told.next_news_on, told.status, today):
        late = (today - told.next_news_on).days
        return ngettext("news is late by %(days)s day", "news is late by %(days)s days", late) % {"days": late}
    return _("there will be news by %(day)s") % {"day": near_day(told.next_news_on, today)}


def _looked_at_again(day: date | None, today: date) -> str:
    if day is None:
        return ""
    words = {"day": near_day(day, today)}
    if look_again_is_late(day, today):
        return _("it was to be looked at again by %(day)s") % words
    return _("it will be looked at again by %(day)s") % words


def _ask(told: Told) -> str:
    return _("questions go to %(contact)s") % {"contact": _without_stop(told.contact)} if told.contact.strip() else ""


def _without_stop(words: str) -> str:
    return words.strip().rstrip(".")


def _with_article(board: str) -> str:
    return board if board.lower().startswith("the ") else _("The %(board)s") % {"board": board}
