"""Which votes are lawful in a given room. Pure: plain values in, plain sentences out.

The sources are the board's standing orders and, for councils in England, Schedule 12 of the Local Government Act 1972 (majority of those
present and voting, paragraph 39), SI 1993/202 (a member's own vote on request) and SI 2014/165 (names at a budget meeting).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes.enums import DecisionManner, VoteCast
from minutes.quorum import Attendee, Room

COUNTED_MANNERS = frozenset({DecisionManner.SHOW_OF_HANDS, DecisionManner.NAMED, DecisionManner.CASTING})

Problems = Mapping[str, str]
"""What is wrong, by the name of the field it is wrong with."""


@dataclass(frozen=True)
class Cast:
    """How one member voted."""

    name: str
    cast: str
    person: int | None = None


@dataclass(frozen=True)
class Vote:
    """How an item was decided.

    Attributes:
        manner: one of `DecisionManner`, empty where nothing is said.
        unanimous: whether the minute calls it unanimous.
        casting_vote: how the chair cast a second vote in a tie, `for` or `against`. The counts do not hold it.
        casting_vote_by: by whom.
        named: in a named vote, every member's; else the votes that members asked to have recorded.
    """

    manner: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    unanimous: bool = False
    casting_vote: str = ""
    casting_vote_by: str = ""
    named: tuple[Cast, ...] = ()

    @property
    def counts(self) -> dict[str, int | None]:
        """The counts as written, by how was voted."""
        return {VoteCast.FOR: self.votes_for, VoteCast.AGAINST: self.votes_against, VoteCast.ABSTAIN: self.abstentions}

    @property
    def is_counted(self) -> bool:
        """Whether any count is written."""
        return any(count is not None for count in self.counts.values())

    @property
    def cast_in_all(self) -> int:
        """How many members voted or abstained."""
        return sum(count or 0 for count in self.counts.values())


def problems(vote: Vote, room: Room, *, by_name: bool = False) -> Problems:
    """What is wrong with a vote: the first thing of each field. Empty where it is lawful.

    Args:
        room: who is there at the item. Where no attendance is recorded, only what the vote says of itself is looked at.
        by_name: whether each vote of this meeting is taken by name.
    """
    found: dict[str, str] = {}
    checks = [*_of_the_manner(vote, by_name=by_name), *_of_the_casting_vote(vote, room), *_of_the_names(vote)]
    if room.is_recorded:
        checks += [*_of_the_room(vote, room)]
    for field, words in checks:
        found.setdefault(field, words)
    return found


def _of_the_manner(vote: Vote, *, by_name: bool) -> Iterable[tuple[str, str]]:
    if vote.manner not in COUNTED_MANNERS:
        if vote.is_counted or vote.named or vote.casting_vote:
            yield "manner", _("Votes were counted. Say how: on a show of hands, by name, or on a casting vote.")
        if vote.unanimous:
            yield "unanimous", _("“Unanimous” is said only after a vote. What nobody opposed was agreed by general assent.")
        return
    if vote.unanimous and (vote.votes_against or vote.abstentions):
        yield "unanimous", _("The vote was not unanimous: somebody voted against or abstained.")
    if vote.unanimous and vote.votes_for == 0:
        yield "unanimous", _("Nobody voted for it, so it was not carried unanimously.")
    if by_name and vote.manner != DecisionManner.NAMED and not _names_everybody(vote):
        yield "manner", _("At this meeting each vote is recorded by name: who voted for, who against and who abstained.")


def _names_everybody(vote: Vote) -> bool:
    return bool(vote.named) and len(vote.named) == vote.cast_in_all


def _of_the_casting_vote(vote: Vote, room: Room) -> Iterable[tuple[str, str]]:
    if vote.manner == DecisionManner.CASTING and not vote.casting_vote:
        yield "casting_vote", _("Say how the chair cast the casting vote.")
    if not vote.casting_vote:
        if vote.casting_vote_by:
            yield "casting_vote", _("Somebody is named for a casting vote, but not how it was cast.")
        return
    if vote.manner not in COUNTED_MANNERS:
        return
    if vote.votes_for is None or vote.votes_against is None:
        yield "casting_vote", _("A casting vote breaks a tie: write how many voted for and against before it.")
    elif vote.votes_for != vote.votes_against:
        yield (
            "casting_vote",
            _("There is no casting vote without a tie: %(for)d voted for and %(against)d against.")
            % {
                "for": vote.votes_for,
                "against": vote.votes_against,
            },
        )
    if vote.unanimous:
        yield "unanimous", _("A vote that needed a casting vote was not unanimous.")
    yield from _of_who_cast_it(vote, room)


def _of_who_cast_it(vote: Vote, room: Room) -> Iterable[tuple[str, str]]:
    if not vote.casting_vote_by.strip():
        yield "casting_vote_by", _("Say who had the casting vote: the person presiding at that item.")
    elif room.is_recorded and room.chair is None:
        yield "casting_vote_by", _("Nobody is recorded as presiding at this item, so nobody had a casting vote.")
    elif room.is_recorded and room.chair is not None and not room.chair.is_called(vote.casting_vote_by):
        yield (
            "casting_vote_by",
            _("%(name)s did not preside at this item: %(chair)s did.")
            % {
                "name": vote.casting_vote_by,
                "chair": room.chair.name,
            },
        )


def _of_the_names(vote: Vote) -> Iterable[tuple[str, str]]:
    names = Counter(" ".join(one.name.casefold().split()) for one in vote.named)
    persons = Counter(one.person for one in vote.named if one.person is not None)
    twice = next((one.name for one in vote.named if names[" ".join(one.name.casefold().split())] > 1), "")
    twice = twice or next((one.name for one in vote.named if one.person is not None and persons[one.person] > 1), "")
    if twice:
        yield "votes", _("%(name)s votes twice. A member has one vote.") % {"name": twice}
    if vote.manner == DecisionManner.NAMED and not vote.named:
        yield "votes", _("A named vote names each member and how they voted.")
    cast = Counter(one.cast for one in vote.named)
    for how, count in vote.counts.items():
        yield from _against_the_count(vote, VoteCast(how), cast[how], count)


def _against_the_count(vote: Vote, how: VoteCast, named: int, count: int | None) -> Iterable[tuple[str, str]]:
    words = {"how": how.label.lower(), "named": named, "count": count or 0}
    if vote.manner == DecisionManner.NAMED and vote.named and named != (count or 0):
        yield "votes", _("The names do not add up: under “%(how)s” are %(named)d names and the count %(count)d.") % words
    elif vote.is_counted and vote.manner != DecisionManner.NAMED and named > (count or 0):
        yield "votes", _("More members had their vote recorded as “%(how)s” (%(named)d) than were counted (%(count)d).") % words


def _of_the_room(vote: Vote, room: Room) -> Iterable[tuple[str, str]]:
    number = len(room.may_vote)
    if vote.cast_in_all > number:
        there = ngettext(
            "%(number)d member with a vote was present at this item",
            "%(number)d members with a vote were present at this item",
            number,
        )
        yield (
            "votes_for",
            _("%(cast)d votes were counted, but %(there)s.")
            % {
                "cast": vote.cast_in_all,
                "there": there % {"number": number},
            },
        )
    for one in vote.named:
        if not _finds(one, room.may_vote):
            yield "votes", _why_not(one, room)


def _why_not(one: Cast, room: Room) -> str:
    words = {"name": one.name}
    if _finds(one, room.withdrawn):
        return _("%(name)s left because of an interest in this item, so cannot have voted.") % words
    if _finds(one, room.barred):
        return _("%(name)s declared an interest and did not vote, but a vote of theirs is written down.") % words
    if _finds(one, room.away):
        return _("%(name)s was not in the room at this item, so cannot have voted.") % words
    if any(each.is_remote and each.votes for each in room.present if each.is_called(one.name, one.person)):
        return _("%(name)s joined remotely. Under this board's rules that gives no vote.") % words
    if _finds(one, room.present):
        return _("%(name)s has no vote on this board.") % words
    return _("%(name)s is not recorded as present, so cannot have voted.") % words


def _finds(one: Cast, attendees: Iterable[Attendee]) -> bool:
    return any(each.is_called(one.name, one.person) for each in attendees)
