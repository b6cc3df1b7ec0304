"""The members' area: the meetings of one's own boards and their packs, with what is new in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from governance.models import BoardPage, Membership
from minutes.draft_reading import rounds_open_to
from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.models import AgendaItemPage, Dispatch, JointBoard, MeetingPage, Pack
from minutes.permissions import chaired_by
from minutes.public_packs import ORDER
from minutes.restricted_reading import parts_for_member

NEW_FOR, MEETING_WITHIN = timedelta(days=7), timedelta(days=60)
"""A pack is new for a week; one of a meeting of long ago is not news."""
PAST = 10


@dataclass
class OwnPack:
    """One pack as a member sees it.

    Attributes:
        issued: the version that is issued now, in the standard edition where there is one.
        editions: the same in other editions.
        is_new: whether it came in the last days.
        had: the version before it that this member was sent; None when none was.
    """

    issued: Pack
    editions: list[Pack] = field(default_factory=list)
    is_new: bool = False
    had: int | None = None


@dataclass
class OwnMeeting:
    """A meeting of one of the member's boards with its packs.

    Attributes:
        is_chaired: whether the member chairs it, and so reads its running order.
        private: its items with a part not for publication that this member reads.
    """

    meeting: MeetingPage
    packs: list[OwnPack] = field(default_factory=list)
    is_chaired: bool = False
    private: list[AgendaItemPage] = field(default_factory=list)


@never_cache
@login_required
def area(request: HttpRequest) -> HttpResponse:
    """What a board member needs: the meetings ahead, the latest ones, and their packs."""
    boards = own_boards(request.user)
    now = timezone.now()
    meetings = meetings_of_boards(boards).order_by("starts_at")
    ahead = list(meetings.filter(starts_at__gte=now))
    past = list(meetings.filter(starts_at__lt=now).reverse()[:PAST])
    packs = packs_for_members([*ahead, *past], getattr(request.user, "person", None))
    private = parts_for_member(request.user, [*ahead, *past])
    drafts = {draft.meeting_id: draft.meeting for draft in rounds_open_to(request.user)}
    chaired = chaired_by(getattr(request.user, "person", None), ahead)
    shown = {
        "boards": boards,
        "drafts": sorted(drafts.values(), key=lambda meeting: meeting.starts_at, reverse=True),
        "ahead": [
            OwnMeeting(meeting, packs[meeting.pk], meeting.pk in chaired, private.get(meeting.pk, [])) for meeting in ahead
        ],
        "past": [OwnMeeting(meeting, packs[meeting.pk], private=private.get(meeting.pk, [])) for meeting in past],
    }
    return render(request, "home/members_area.html", shown)


def own_boards(user: Any) -> list[BoardPage]:
    """The live boards that the person sits on today."""
    today = timezone.localdate()
    seats = Membership.objects.public().filter(Q(to_date=None) | Q(to_date__gte=today), from_date__lte=today)
    return list(BoardPage.objects.live().filter(pk__in=seats.filter(person__user=user).values("board")).order_by("title"))


def packs_for_members(meetings: Sequence[MeetingPage], person: Any) -> dict[int, list[OwnPack]]:
    """The packs of meetings that a member reads, by the key of the meeting, in two queries.

    Args:
        person: who reads them; what they were sent before is told.
    """
    issued = list(
        Pack.objects.for_members()
        .current()
        .light()
        .telling_of_closed_parts()
        .filter(meeting__in=meetings)
        .exclude(kind=PackKind.ITEM)
    )
    had = Dispatch.objects.versions_sent_to(person) if person is not None else {}
    now, days = timezone.now(), {meeting.pk: meeting.starts_at for meeting in meetings}
    new = {
        pack.pk
        for pack in issued
        if pack.issued_at and pack.issued_at > now - NEW_FOR and days[pack.meeting_id] > now - MEETING_WITHIN
    }
    found: dict[int, dict[tuple[int, int, str], OwnPack]] = defaultdict(dict)
    for pack in sorted(issued, key=_order):
        own = found[pack.meeting_id].get(_order(pack)[:3])
        if own is None:
            before = had.get((pack.meeting_id, pack.kind, pack.supplement_id))
            found[pack.meeting_id][_order(pack)[:3]] = OwnPack(pack, is_new=pack.pk in new, had=before)
        else:
            own.editions.append(pack)
    return defaultdict(list, {meeting: list(packs.values()) for meeting, packs in found.items()})


def _order(pack: Pack) -> tuple[int, int, str, int]:
    """By kind and supplement, those for members before those for everybody, the standard edition first."""
    kind = ORDER.index(PackKind(pack.kind))
    audience = "a" if pack.audience == PackAudience.MEMBERS else "b"
    return kind, pack.supplement_number, audience, list(PackEdition).index(PackEdition(pack.edition))


def meetings_of_boards(boards: Sequence[BoardPage]) -> QuerySet[MeetingPage]:
    """The live meetings of boards, those held jointly with another board among them."""
    keys = [board.pk for board in boards]
    jointly = JointBoard.objects.filter(board__in=keys).values("meeting")
    own = MeetingPage.objects.annotate(above=Substr("path", 1, Length("path") - MeetingPage.steplen))
    return own.live().filter(Q(above__in=[board.path for board in boards]) | Q(pk__in=jointly))
