"""Call-in: decisions of an executive board wait until those who scrutinise it had their say (Local Government Act 2000, section 9F).

Pure: one table of transitions, what may be done when, and what is said of a decision. Only boards that are marked as executive are
called in; how long the window is comes from the board.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.wording import day as in_words
from minutes.enums import NOT_SETTLED, CallIn, ResolutionStanding
from minutes.legal_clock import RuleBook, takes_effect

CALL_IN_TRANSITIONS: dict[str, frozenset[CallIn]] = {
    CallIn.OPEN: frozenset({CallIn.CALLED_IN}),
    CallIn.EXEMPT: frozenset(),
    CallIn.CALLED_IN: frozenset({CallIn.STANDS, CallIn.REFERRED_BACK, CallIn.REFERRED_TO_COUNCIL}),
    CallIn.STANDS: frozenset(),
    CallIn.REFERRED_BACK: frozenset({CallIn.CONFIRMED, CallIn.CHANGED, CallIn.RESCINDED}),
    CallIn.REFERRED_TO_COUNCIL: frozenset({CallIn.REFERRED_BACK, CallIn.CONFIRMED, CallIn.CHANGED, CallIn.RESCINDED}),
    CallIn.CONFIRMED: frozenset(),
    CallIn.CHANGED: frozenset(),
    CallIn.RESCINDED: frozenset(),
}
FOLLOWS_FROM_A_RESOLUTION = frozenset({CallIn.CHANGED, CallIn.RESCINDED})
"""Nobody sets these: a later resolution that replaces or rescinds the decision does."""
TAKES_EFFECT_THEN = frozenset({CallIn.STANDS, CallIn.CONFIRMED})


@dataclass(frozen=True)
class Window:
    """How a decision begins.

    Attributes:
        state: whether it can be called in.
        until: the last day on which it can.
        in_effect_on: the day from which it may be carried out.
    """

    state: CallIn
    until: date | None
    in_effect_on: date


def window(book: RuleBook, *, published_on: date, urgent: bool) -> Window | None:
    """How a decision of a board begins; None for a board that is not executive, whose decisions count at once.

    Args:
        published_on: when the decision was published.
        urgent: whether it is exempt, for a reason that is given with it.
    """
    if not book.is_executive:
        return None
    if urgent:
        return Window(CallIn.EXEMPT, None, published_on)
    effect = takes_effect(book, published_on)
    return Window(CallIn.OPEN, effect - timedelta(days=1), effect)


def next_call_in_states(resolution: Any, on: date) -> list[CallIn]:
    """The states that somebody may say a decision has passed to, in their order; none once its window is over."""
    if not resolution.call_in or resolution.standing != ResolutionStanding.ADOPTED:
        return []
    if resolution.call_in == CallIn.OPEN and is_over(resolution, on):
        return []
    return [
        state for state in CallIn if state in CALL_IN_TRANSITIONS[resolution.call_in] and state not in FOLLOWS_FROM_A_RESOLUTION
    ]


def is_over(resolution: Any, on: date) -> bool:
    """Whether the days in which a decision can be called in have passed."""
    return bool(resolution.call_in_until and on > resolution.call_in_until)


def check_call_in(resolution: Any, after: str, *, on: date, who: str, reason: str) -> None:
    """Refuse a step of a call-in that the table does not have, that comes too late, or that does not say who took it and why.

    Args:
        resolution: the decision.
        after: the state it is to pass to.
        on: the day of the step.
        who: who called it in, or who decided on it.
        reason: why, for the public.

    Raises:
        Refused: saying which.
    """
    if not resolution.call_in:
        raise Refused(_("“%(resolution)s” cannot be called in: its board is not executive.") % {"resolution": resolution})
    if resolution.standing != ResolutionStanding.ADOPTED:
        raise Refused(_("“%(resolution)s” no longer holds, so there is nothing to call in.") % {"resolution": resolution})
    if CallIn(after) not in CALL_IN_TRANSITIONS[resolution.call_in] or CallIn(after) in FOLLOWS_FROM_A_RESOLUTION:
        raise Refused(
            _("“%(resolution)s” is “%(before)s”, so it cannot become “%(after)s” here.")
            % {"resolution": resolution, "before": resolution.get_call_in_display(), "after": CallIn(after).label}
        )
    if resolution.call_in == CallIn.OPEN and is_over(resolution, on):
        raise Refused(
            _("“%(resolution)s” could be called in until %(day)s.")
            % {"resolution": resolution, "day": in_words(resolution.call_in_until)}
        )
    if not (who.strip() and reason.strip()):
        raise Refused(_("Say who took this step, and why: both are shown to the public."))


def is_in_effect(resolution: Any, on: date) -> bool:
    """Whether a decision may be carried out on a day."""
    if resolution.adopted_at is None or resolution.standing != ResolutionStanding.ADOPTED:
        return False
    return not resolution.call_in or bool(resolution.in_effect_on and resolution.in_effect_on <= on)


def announced_words(resolution: Any) -> str:
    """What the decision sheet says of call-in, the same on every day; empty for a board that is not executive."""
    if resolution.call_in == CallIn.EXEMPT:
        return _("Urgent: it cannot be called in. %(why)s") % {"why": resolution.urgent_because}
    if not resolution.call_in or resolution.call_in_until is None:
        return ""
    said = {"day": in_words(resolution.call_in_until)}
    if resolution.call_in == CallIn.OPEN:
        return _("Can be called in until %(day)s; not to be carried out before that.") % said
    words = _("Not in effect: %(state)s.") if resolution.call_in in NOT_SETTLED else _("It was called in: %(state)s.")
    return words % {"state": CallIn(resolution.call_in).label.lower()}


def effect_words(resolution: Any, on: date) -> str:
    """What is said of a decision that is not in effect yet; empty for one that is, and for one that no longer holds."""
    if not resolution.call_in or resolution.standing != ResolutionStanding.ADOPTED or is_in_effect(resolution, on):
        return ""
    if resolution.call_in in NOT_SETTLED:
        return _("This decision is not in effect: %(state)s.") % {"state": CallIn(resolution.call_in).label.lower()}
    return _(
        "This decision is not in effect yet. It can be called in until %(until)s; otherwise it takes effect on %(day)s."
    ) % {
        "until": in_words(resolution.call_in_until),
        "day": in_words(resolution.in_effect_on),
    }
