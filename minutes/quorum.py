"""Who is in the room at an item, and whether the board can decide it: a count of voting members and of groups that must be there. Pure.

Somebody who arrives during an item counts from that item on; somebody who leaves during one counts up to it. Who left before an item
was decided is recorded as leaving during the one before. Items are told by their position on the agenda.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
class JointRule:
    """The rule of one of the boards that meet jointly: each needs a quorum of its own members.

    Attributes:
        board: its name.
        seats: the seat group of each of its voting seats, by the key of the person whose seat it is.
        hosts: whether the meeting stands under it: then who is in no register, and is said to have a vote, counts for it.
    """

    board: str
    rule: QuorumRule
    seats: Mapping[int, str] = field(default_factory=dict)
    hosts: bool = False

    def is_of(self, one: "Attendee") -> bool:
        """Whether somebody sits for this board."""
        return one.seat in self.seats if one.seat is not None else self.hosts

    def takes(self, one: "Attendee") -> bool:
        """Whether somebody who is in the room counts for this board."""
        return self.is_of(one) and (self.rule.remote_counts or not one.is_remote)


@dataclass(frozen=True)
class Attendee:
    """One line of the attendance.

    Attributes:
        key: of the line.
        person: the person's key, where the record names one.
        seat: the key of the person whose seat they sit in: their own, or that of the member they stand in for.
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
    seat: int | None = None
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
class OwnQuorum:
    """Whether one of the boards that meet jointly has a quorum of its own.

    Attributes:
        board: its name.
        present: how many of its voting members count.
        missing: the groups of which too few are there.
    """

    board: str
    present: int
    needed: int
    missing: tuple[Shortfall, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether it has one."""
        return self.present >= self.needed and not self.missing

    @property
    def words(self) -> str:
        """Such as “Ashmere Board: 4 of at least 3”."""
        counts = {"board": self.board, "present": self.present, "needed": self.needed}
        return " ".join(filter(None, [_("%(board)s: %(present)d of at least %(needed)d.") % counts, _lacking(self.missing)]))


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
        boards: where boards meet jointly, the quorum of each by its own rule; then nothing else decides.
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
    boards: tuple[OwnQuorum, ...] = ()

    @property
    def is_quorate(self) -> bool:
        """Whether the board can decide; where boards meet jointly, whether each of them can."""
        if self.boards:
            return self.is_recorded and all(one.is_met for one in self.boards)
        return self.is_recorded and len(self.counted) >= self.needed and not self.missing

    @property
    def sentence(self) -> str:
        """Whether there is a quorum and why, in one or two plain sentences."""
        if not self.is_recorded:
            return _("Nobody is recorded as present yet, so the quorum is not known.")
        if self.boards:
            return " ".join(filter(None, [self._of_each_board(), self._withdrawn_words()]))
        number = len(self.counted)
        there = ngettext("%(number)d voting member is present", "%(number)d voting members are present", number)
        needed = ngettext("%(number)d is needed", "%(number)d are needed", self.needed)
        count = f"{there % {'number': number}}, {needed % {'number': self.needed}}"
        start = _("There is a quorum: %(count)s.") if self.is_quorate else _("There is no quorum: %(count)s.")
        return " ".join(filter(None, [start % {"count": count}, _lacking(self.missing), self._withdrawn_words()]))

    def _of_each_board(self) -> str:
        start = _("There is a quorum of each board.") if self.is_quorate else _("There is no quorum of each board.")
        return " ".join([start, *(one.words for one in self.boards)])

    def _withdrawn_words(self) -> str:
        if not self.withdrawn:
            return ""
        return _("Not counted, having left because of an interest: %(names)s.") % {
            "names": listed([_spoken(one.name) for one in self.withdrawn])
        }


def room_at(
    position: int | None,
    *,
    rule: QuorumRule,
    attendance: Iterable[Attendee],
    interests: Sequence[Interest] = (),
    jointly: Sequence[JointRule] = (),
) -> Room:
    """Who is in the room at an item.

    Args:
        position: of the item on the agenda; None for the meeting as a whole.
        interests: those declared in that item.
        jointly: where boards meet jointly, the rule of each, the host's among them.
    """
    seated = [one for one in attendance if one.presence in CAME]
    inside = [one for one in seated if one.is_in_at(position)]
    withdrawn = [one for one in inside if any(each.withdraws and one.is_called(each.name, each.person) for each in interests)]
    present = [one for one in inside if one not in withdrawn]
    barred = [one for one in present if any(not each.may_vote and one.is_called(each.name, each.person) for each in interests)]
    counted = [one for one in present if one.votes and _counts(one, rule, jointly)]
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
        boards=tuple(_own_quorum(own, counted) for own in jointly),
    )


def _counts(one: Attendee, rule: QuorumRule, jointly: Sequence[JointRule]) -> bool:
    """Whether who is in the room counts: in the room itself always, from elsewhere by the rule of their own board."""
    if not one.is_remote:
        return True
    return any(own.takes(one) for own in jointly) if jointly else rule.remote_counts


def _own_quorum(own: JointRule, counted: Iterable[Attendee]) -> OwnQuorum:
    there = [replace(one, seat_group=own.seats.get(one.seat or 0, one.seat_group)) for one in counted if own.takes(one)]
    return OwnQuorum(own.board, len(there), own.rule.needed, tuple(_missing(own.rule.groups, there)))


def _chair(present: Iterable[Attendee], position: int | None) -> Attendee | None:
    """Who took the chair for this item goes before who had it for the whole meeting."""
    chairs = [one for one in present if one.chairs_at(position)]
    return max(chairs, key=lambda one: one.chaired_from or 0, default=None)


def _missing(groups: Iterable[GroupRule], counted: Sequence[Attendee]) -> Iterable[Shortfall]:
    for group in groups:
        present = sum(one.seat_group.casefold() == group.name.casefold() for one in counted)
        if present < group.needed:
            yield Shortfall(group.name, present, group.needed)


def _lacking(missing: Sequence[Shortfall]) -> str:
    """Of which groups too few are there, in a sentence."""
    if not missing:
        return ""
    lacks = [
        _("%(group)s (%(present)d of at least %(needed)d)") % {"group": one.name, "present": one.present, "needed": one.needed}
        for one in missing
    ]
    return _("Too few are present from: %(groups)s.") % {"groups": listed(lacks)}


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
