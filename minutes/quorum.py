"""Who is in the room at an item, and whether the board can decide it: a count of voting members and of groups that must be there. Pure.

Somebody who arrives during an item counts from that item on; somebody who leaves during one counts up to it. Who left before an item
was decided is recorded as leaving during the one before. Items are told by their position on the agenda.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.wording import listed
from minutes.enums import Presence

CAME = frozenset({Presence.PRESENT, Presence.REMOTE, Presence.SUBSTITUTE})
"""Those who sit as members. People in attendance and observers have no seat."""


@dataclass(frozen=True)
class GroupRule:
    """A seat group of which so many must be present."""

    name: str
    needed: int


@dataclass(frozen=True)
class QuorumRule:
    """A board's own rule.

    Attributes:
        needed: how many voting members.
        groups: which groups must be among them.
        remote_counts: whether those who join remotely count and vote.
    """

    needed: int
    groups: tuple[GroupRule, ...] = ()
    remote_counts: bool = False


@dataclass(frozen=True)
class Attendee:
    """One line of the attendance.

    Attributes:
        key: of the line.
        person: the person's key, where the record names one.
        person_name: their name as the register of people has it.
        name: as minuted.
        votes: whether the seat has a vote.
        seat_group: of the seat they sit in, which for a substitute is that of the member they stand in for.
        arrived_at, left_at: the positions of the items during which they came and went.
        chaired_from, chaired_until: the first and last item they presided over, where it was not the whole meeting.
    """

    name: str
    key: int = 0
    person: int | None = None
    person_name: str = ""
    presence: str = Presence.PRESENT
    remotely: bool = False
    votes: bool = True
    seat_group: str = ""
    presided: bool = False
    arrived_at: int | None = None
    left_at: int | None = None
    chaired_from: int | None = None
    chaired_until: int | None = None

    @property
    def is_remote(self) -> bool:
        """Whether they join from elsewhere."""
        return self.remotely or self.presence == Presence.REMOTE

    def is_in_at(self, position: int | None) -> bool:
        """Whether they are there at an item; without one, at any time of the meeting."""
        if self.presence not in CAME:
            return False
        return position is None or _within(position, self.arrived_at, self.left_at)

    def chairs_at(self, position: int | None) -> bool:
        """Whether they preside at an item; without one, at any time."""
        if not (self.presided and self.is_in_at(position)):
            return False
        return position is None or _within(position, self.chaired_from, self.chaired_until)

    def is_called(self, name: str, person: int | None = None) -> bool:
        """Whether a name in a minute means them: the same person, or the same name but for the role that follows a comma."""
        if person is not None and self.person is not None:
            return person == self.person
        return _bare(name) in {_bare(self.name), _bare(self.person_name)} - {""}


@dataclass(frozen=True)
class Interest:
    """That somebody declared an interest in the item in question.

    Attributes:
        withdraws: whether they left while it was considered.
        may_vote: whether they took part in its vote.
    """

    name: str
    person: int | None = None
    withdraws: bool = False
    may_vote: bool = True


@dataclass(frozen=True)
class Shortfall:
    """A group of which too few are there."""

    name: str
    present: int
    needed: int


@dataclass(frozen=True)
class Room:
    """Who is in the room at an item, and whether the board can decide.

    Attributes:
        is_recorded: whether any attendance is recorded. Until then nothing can be said.
        present: everybody with a seat who is in, those who withdrew for the item left out.
        counted: the voting members among them who count towards the quorum.
        may_vote: those of them who may vote on the item.
        withdrawn: who left because of an interest in the item.
        barred: who stayed because of one, and does not vote.
        chair: who presides.
        needed: how many voting members must be there.
        missing: the groups of which too few are there.
    """

    is_recorded: bool
    needed: int
    present: tuple[Attendee, ...] = ()
    counted: tuple[Attendee, ...] = ()
    may_vote: tuple[Attendee, ...] = ()
    withdrawn: tuple[Attendee, ...] = ()
    barred: tuple[Attendee, ...] = ()
    away: tuple[Attendee, ...] = ()
    chair: Attendee | None = None
    missing: tuple[Shortfall, ...] = field(default=())

    @property
    def is_quorate(self) -> bool:
        """Whether the board can decide."""
        return self.is_recorded and len(self.counted) >= self.needed and not self.missing

    @property
    def sentence(self) -> str:
        """Whether there is a quorum and why, in one or two plain sentences."""
        if not self.is_recorded:
            return _("Nobody is recorded as present yet, so the quorum is not known.")
        number = len(self.counted)
        there = ngettext("%(number)d voting member is present", "%(number)d voting members are present", number)
        needed = ngettext("%(number)d is needed", "%(number)d are needed", self.needed)
        count = f"{there % {'number': number}}, {needed % {'number': self.needed}}"
        start = _("There is a quorum: %(count)s.") if self.is_quorate else _("There is no quorum: %(count)s.")
        return " ".join(filter(None, [start % {"count": count}, self._missing_words(), self._withdrawn_words()]))

    def _missing_words(self) -> str:
        if not self.missing:
            return ""
        lacks = [
            _("%(group)s (%(present)d of at least %(needed)d)")
            % {"group": one.name, "present": one.present, "needed": one.needed}
            for one in self.missing
        ]
        return _("Too few are present from: %(groups)s.") % {"groups": listed(lacks)}

    def _withdrawn_words(self) -> str:
        if not self.withdrawn:
            return ""
        return _("Not counted, having left because of an interest: %(names)s.") % {
            "names": listed([_spoken(one.name) for one in self.withdrawn])
        }


def room_at(
    position: int | None, *, rule: QuorumRule, attendance: Iterable[Attendee], interests: Sequence[Interest] = ()
) -> Room:
    """Who is in the room at an item.

    Args:
        position: of the item on the agenda; None for the meeting as a whole.
        interests: those declared in that item.
    """
    seated = [one for one in attendance if one.presence in CAME]
    inside = [one for one in seated if one.is_in_at(position)]
    withdrawn = [one for one in inside if any(each.withdraws and one.is_called(each.name, each.person) for each in interests)]
    present = [one for one in inside if one not in withdrawn]
    barred = [one for one in present if any(not each.may_vote and one.is_called(each.name, each.person) for each in interests)]
    counted = [one for one in present if one.votes and (rule.remote_counts or not one.is_remote)]
    return Room(
        is_recorded=bool(seated),
        needed=rule.needed,
        present=tuple(present),
        counted=tuple(counted),
        may_vote=tuple(one for one in counted if one not in barred),
        withdrawn=tuple(withdrawn),
        barred=tuple(barred),
        away=tuple(one for one in seated if one not in inside),
        chair=_chair(present, position),
        missing=tuple(_missing(rule.groups, counted)),
    )


def _chair(present: Iterable[Attendee], position: int | None) -> Attendee | None:
    """Who took the chair for this item goes before who had it for the whole meeting."""
    chairs = [one for one in present if one.chairs_at(position)]
    return max(chairs, key=lambda one: one.chaired_from or 0, default=None)


def _missing(groups: Iterable[GroupRule], counted: Sequence[Attendee]) -> Iterable[Shortfall]:
    for group in groups:
        present = sum(one.seat_group.casefold() == group.name.casefold() for one in counted)
        if present < group.needed:
            yield Shortfall(group.name, present, group.needed)


def came_and_went_problem(arrived_at: int | None, left_at: int | None) -> str:
    """What is wrong with an arrival and a departure; empty where they follow each other."""
    if arrived_at is not None and left_at is not None and left_at < arrived_at:
        return _("Nobody leaves before they arrive: the item of leaving comes before the item of arrival.")
    return ""


def _within(position: int, first: int | None, last: int | None) -> bool:
    return (first is None or first <= position) and (last is None or position <= last)


def _spoken(name: str) -> str:
    return name.split(",", maxsplit=1)[0].strip()


def _bare(name: str) -> str:
    return " ".join(_spoken(name).casefold().split())
