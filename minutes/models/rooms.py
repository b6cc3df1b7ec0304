"""What the rules of quorum and vote are told: a meeting's attendance, its board's rule book and the interests declared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When

from modelcluster.models import model_from_serializable_data

from governance.models import BoardPage, Membership
from minutes.enums import DID_NOT_VOTE, WITHDREW
from minutes.models.attendance import Attendance
from minutes.quorum import Attendee, GroupRule, Interest, JointRule, QuorumRule


def quorum_rule(board: BoardPage) -> QuorumRule:
    """A board's own rule, in one query."""
    groups = tuple(GroupRule(row.seat_group, row.needed) for row in board.quorum_groups.all())
    return QuorumRule(needed=board.quorum, groups=groups, remote_counts=board.remote_counts)


def joint_boards(meeting: Any) -> list[BoardPage]:
    """The boards that hold a meeting jointly with the one it stands under, with their rules on groups."""
    found = BoardPage.objects.filter(joint_meetings__meeting=meeting.pk).order_by("title")
    return list(found.prefetch_related("quorum_groups"))


def seats_at(meeting: Any) -> QuerySet[Membership]:
    """Who sat on the board of a meeting on its day, or on one that meets jointly with it; the seats on its own board first."""
    board, day = meeting.board.pk, meeting.day
    held = Membership.objects.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day).exclude(role="substitute")
    jointly = BoardPage.objects.filter(joint_meetings__meeting=meeting.pk).values("pk")
    seats = held.filter(Q(board=board) | Q(board__in=jointly)).select_related("person__organisation", "organisation", "board")
    return seats.annotate(is_joint=Case(When(board=board, then=0), default=1)).order_by("is_joint", "pk")


def joint_rules(host: BoardPage, others: Iterable[BoardPage], seats: Iterable[Membership]) -> list[JointRule]:
    """The rule of each of the boards that meet jointly, with its voting seats; none where a board meets alone."""
    boards = [host, *others]
    if len(boards) == 1:
        return []
    held: dict[int, dict[int, str]] = {board.pk: {} for board in boards}
    for seat in seats:
        if seat.votes and seat.board_id in held:
            held[seat.board_id][seat.person_id] = seat.seat_group
    return [JointRule(board.title, quorum_rule(board), held[board.pk], hosts=board is host) for board in boards]


def attendees(meeting: Any, seats: Iterable[Membership]) -> list[Attendee]:
    """The attendance of a meeting as the rules want it, in one query."""
    groups: dict[int, str] = {}
    for held in seats:
        groups.setdefault(held.person_id, held.seat_group)
    rows = Attendance.objects.filter(meeting=meeting.pk).with_items()
    return [_attendee(row, groups) for row in rows]


def _attendee(row: Attendance, groups: dict[int, str]) -> Attendee:
    seat = row.substitute_for_id or row.person_id
    return Attendee(
        key=row.pk,
        person=row.person_id,
        seat=seat,
        person_name=row.person.name if row.person else "",
        name=row.name,
        presence=row.presence,
        remotely=row.remotely,
        votes=row.votes,
        seat_group=groups.get(seat, "") if seat else "",
        presided=row.presided,
        arrived_at=row.arrived_item.position if row.arrived_item else None,
        left_at=row.left_item.position if row.left_item else None,
        chaired_from=row.chaired_from_item.position if row.chaired_from_item else None,
        chaired_until=row.chaired_until_item.position if row.chaired_until_item else None,
    )


def interest_of(row: Any) -> Interest:
    """A declaration as the rules want it.

    Args:
        row: with the columns of `DeclaredInterest`.
    """
    return Interest(
        name=row.name,
        person=row.person_id,
        withdraws=row.what_they_did in WITHDREW,
        may_vote=row.what_they_did not in DID_NOT_VOTE,
    )


def declared(minutes: QuerySet[Any], item: Any, but: int | None = None) -> list[Interest]:
    """The interests in an item as last written, drafts included, whichever minute of the meeting they stand in. Two queries.

    Args:
        minutes: those of the meeting.
        but: the key of a minute that is left out.
    """
    found = declarations(minutes.exclude(pk=but))
    return found.get(item.path, []) + found.get(item.pk, [])


def declarations(minutes: QuerySet[Any]) -> dict[int | str, list[Interest]]:
    """The interests as last written, drafts included, by the key of the item they are in, or the path of that whose minute tells them."""
    found: dict[int | str, list[Interest]] = defaultdict(list)
    for minute in minutes.select_related("latest_revision").prefetch_related(Prefetch("interests")):
        for row in _rows(minute):
            found[row.about_id or minute.path[: -minute.steplen]].append(interest_of(row))
    return found


def _rows(minute: Any) -> Iterator[Any]:
    """The declarations in a minute as last written."""
    model = type(minute)._meta.get_field("interests").related_model
    revision = minute.latest_revision
    if revision is None:
        yield from minute.interests.all()
        return
    for told in revision.content.get("interests", []):
        row = model_from_serializable_data(model, told, check_fks=False, strict_fks=False)
        if row is not None:
            yield row
