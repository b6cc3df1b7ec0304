"""When a pack may be asked for, cancelled and withdrawn, what it is called, and how long it still takes. Nothing here asks the database."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from minutes.enums import PackAudience, PackEdition, PackKind, PackState

PACK_TRANSITIONS: dict[str, frozenset[PackState]] = {
    PackState.QUEUED: frozenset({PackState.BUILDING, PackState.CANCELLED}),
    PackState.BUILDING: frozenset({PackState.QUEUED, PackState.ISSUED, PackState.FAILED, PackState.CANCELLED}),
    PackState.ISSUED: frozenset({PackState.SUPERSEDED, PackState.WITHDRAWN}),
    PackState.SUPERSEDED: frozenset({PackState.WITHDRAWN}),
    PackState.WITHDRAWN: frozenset(),
    PackState.FAILED: frozenset({PackState.QUEUED}),
    PackState.CANCELLED: frozenset({PackState.QUEUED}),
}
NEVER_ISSUED = frozenset({PackState.FAILED, PackState.CANCELLED})
"""What was asked for and never issued. Asked for again it is taken up under its own version: no version is left out."""

NAMES: dict[str, str] = {
    PackKind.AGENDA: "AGENDA",
    PackKind.SUPPLEMENT: "SUPPLEMENT",
    PackKind.CONSOLIDATED: "CONSOLIDATED",
    PackKind.MINUTES: "MINUTES",
    PackKind.DECISIONS: "DECISIONS",
    PackKind.ACTIONS: "ACTIONS",
}
EDITIONS: dict[str, str] = {PackEdition.LARGE_PRINT: "-LARGE-PRINT", PackEdition.PRINT_SET: "-PRINT-SET"}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is there to make packs of."""

    meeting_public: bool = True
    agenda_published: bool = False
    supplements: int = 0
    """How many are published."""
    minutes: int = 0
    resolutions: int = 0
    """How many are public."""


def states_before(after: str) -> list[PackState]:
    """The states from which a pack may pass to this one."""
    return [state for state in PackState if PackState(after) in PACK_TRANSITIONS[state]]


def check_become(pack: Any, after: str) -> None:
    """Refuse a transition that the table does not have.

    Raises:
        Refused: saying which.
    """
    if PackState(after) not in PACK_TRANSITIONS[pack.state]:
        raise Refused(
            _("%(pack)s is “%(before)s”, so it cannot become “%(after)s”.")
            % {"pack": pack.reference, "before": pack.get_state_display(), "after": PackState(after).label}
        )


def what_is_missing(kind: str, facts: Facts) -> str:
    """What must be done before a pack of this kind can be made, in a sentence; empty when nothing is missing."""
    if not facts.meeting_public:
        return _("The meeting is not public.")
    needs_agenda = kind in {PackKind.AGENDA, PackKind.CONSOLIDATED, PackKind.SUPPLEMENT}
    if needs_agenda and not facts.agenda_published:
        return _("Publish the agenda first: the pack is made from it.")
    if kind in {PackKind.SUPPLEMENT, PackKind.CONSOLIDATED} and not facts.supplements:
        return _("No supplement is published, so the agenda pack is all there is.")
    if kind == PackKind.MINUTES and not facts.minutes:
        return _("Publish the minutes first, as a draft or confirmed.")
    if kind == PackKind.DECISIONS and not facts.resolutions:
        return _("Publish the decisions first: no resolution of this meeting is public yet.")
    return ""


def pack_reference(
    of: str,
    *,
    kind: str,
    version: int,
    audience: str = PackAudience.PUBLIC,
    edition: str = PackEdition.STANDARD,
    number: int = 0,
) -> str:
    """What a pack is called for ever, such as `HWB/2026-10-08/SUPPLEMENT-1/v1` or `HWB/2026-10-08/I7-LARGE-PRINT/v2`.

    Args:
        of: the reference of the meeting; of a pack of one item that of the item.
        number: of the supplement, for a pack of one.
    """
    name = "" if kind == PackKind.ITEM else f"/{NAMES[kind]}"
    numbered = f"-{number}" if kind == PackKind.SUPPLEMENT else ""
    whose = "-MEMBERS" if audience == PackAudience.MEMBERS else ""
    return f"{of}{name}{numbered}{whose}{EDITIONS.get(edition, '')}/v{version}"


def seconds_left(done: int, total: int, elapsed: float) -> int | None:
    """How long a pack still takes if its other sections take as long as those that are done; None before the first.

    Args:
        done, total: sections.
        elapsed: seconds since it was taken up.

    Returns:
        Whole seconds, rounded up.
    """
    if done <= 0 or total <= 0:
        return None
    return max(0, math.ceil(elapsed * (total - done) / done))
