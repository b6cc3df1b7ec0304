"""Who is in the room at an item of a meeting, and whether what a minute says of its vote can be. For screens and operations alike."""

from collections.abc import Sequence

from minutes.models import AgendaItemPage, DeclaredInterest, MeetingPage, MinutePage
from minutes.quorum import Interest, Room
from minutes.voting import Problems, Vote, problems


def room_now(
    meeting: MeetingPage,
    item: AgendaItemPage | None = None,
    interests: Sequence[Interest] | None = None,
    minute: int | None = None,
) -> Room:
    """Who is in the room, and whether there is a quorum; the number of queries does not depend on how many are there.

    Args:
        item: at which item; the meeting as a whole without one.
        interests: those declared in the item's own minute, as they are being written; else those last saved.
        minute: the key of that minute.
    """
    return MinutePage.room_at(meeting, item, interests=interests, minute=minute)


def doubts_about(minute: MinutePage) -> list[str]:
    """What cannot have been in the votes of a minute that was printed elsewhere. It stays as printed; the clerk is told."""
    if not minute.is_imported:
        return []
    item = minute.item
    meeting = item.meeting
    room = room_now(meeting, item)
    return list(problems(minute.vote, room, by_name=meeting.votes_by_name).values())


def vote_problems(
    item: AgendaItemPage, vote: Vote, interests: Sequence[DeclaredInterest] | None = None, minute: MinutePage | None = None
) -> Problems:
    """What is wrong with a vote on an item, by field: plain values in, plain sentences out. Empty where it is lawful.

    Args:
        vote: as written down.
        interests: the declarations that stand in the item's minute, as they are being written, saved or not.
        minute: the item's minute, where there is one.
    """
    return (minute or MinutePage()).vote_problems(item, vote, interests or ())
