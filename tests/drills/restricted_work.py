"""What a worker does with what is not for publication: each sort of work, the stages at which it may die, and how it is taken up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from governance.look import build_look
from governance.models import User
from minutes.enums import FileCheck, PackAudience, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack, RestrictedPaper, RestrictedPart, SealedPack, SealedSection
from minutes.models.restricted_papers import restricted_storage
from minutes.operations import closed_parts, left_work, pack_building, packing, restricted_checking, sealed_packs
from minutes.operations.meetings import publish_agenda
from minutes.restriction import CopyState
from tests import building
from tests.drills.killing import after, before, half_stored
from tests.minutes.restricted_stage import (
    CANARY,
    bring_paper,
    checked_paper,
    make_part,
    make_private_item,
    paper_saying,
    publish_by_another,
)

Door = Callable[[], None]


def make_stage(papers: int) -> RestrictedPart:
    """A public item taken in private, with a part and so many papers."""
    build_look(settings.ROOT)
    with transaction.atomic():
        clerk = building.make_user()
        board = building.make_board(clerk)
        meeting = building.make_meeting(board, clerk)
        item = make_private_item(board, clerk, publish=False, meeting=meeting)
        publish_by_another(item)
        publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    part = make_part(AgendaItemPage.objects.get(pk=item.pk), clerk)
    for number in range(papers):
        checked_paper(part, clerk, paper_saying(f"{CANARY} {number} of the stage"))
    return part


def store_half() -> None:
    """Die when half of a sealed file is in the store."""
    half_stored(restricted_storage())


@dataclass(frozen=True)
class Work:
    """One sort of work.

    Attributes:
        doors: the stages at which a worker may die.
        ask: a new piece of it, by its number; returns the key of its row.
        do: does it.
        take_up: puts what a dead worker left back into the queue.
        state: how a row stands.
        at_work, done: the states of one that a worker has, and of one that is done.
    """

    name: str
    doors: dict[str, Door]
    ask: Callable[[int], int]
    do: Callable[[int], Any]
    take_up: Callable[[], Any]
    state: Callable[[int], str]
    at_work: str
    done: str


def writer_of(part: RestrictedPart) -> User:
    """Who wrote a part of the stage."""
    assert part.written_by is not None
    return part.written_by


def checks(part: RestrictedPart) -> Work:
    """The check of papers that are not for publication."""

    def ask(number: int) -> int:
        return bring_paper(part, writer_of(part), paper_saying(f"{CANARY} {number}")).pk

    def take_up() -> None:
        RestrictedPaper.objects.filter(check_state=FileCheck.CHECKING).update(heartbeat_at=long_ago())
        restricted_checking.take_up_left_papers()

    doors: dict[str, Door] = {
        "claimed": lambda: before(restricted_checking, "_check"),
        "open": lambda: before(restricted_checking, "check_whole"),
        "looked": lambda: after(restricted_checking, "check_whole"),
        "half stored": store_half,
        "stored": lambda: before(restricted_checking, "_finish"),
        "finishing": lambda: after(restricted_checking, "become_checked"),
        "finished": lambda: after(restricted_checking, "_finish"),
    }
    return Work(
        "check of restricted papers",
        doors,
        ask,
        lambda key: restricted_checking.check_restricted_paper(paper=key),
        take_up,
        lambda key: str(RestrictedPaper.objects.values_list("check_state", flat=True).get(pk=key)),
        FileCheck.CHECKING,
        FileCheck.CLEAN,
    )


def builds(part: RestrictedPart) -> Work:
    """The build of members' packs with what is not for publication."""
    meeting, clerk = part.item.meeting, writer_of(part)

    def ask(_number: int) -> int:
        # Written again, the pack before is out of date.
        make_part(part.item, clerk)
        return packing.ask_for_pack(meeting=meeting, by=clerk, audience=PackAudience.MEMBERS).pk

    def take_up() -> None:
        Pack.objects.filter(state=PackState.BUILDING).update(heartbeat_at=long_ago())
        packing.take_up_left_packs()

    doors: dict[str, Door] = {
        "printed": lambda: after(closed_parts, "_printed"),
        "half stored": store_half,
        "sealed": lambda: after(pack_building, "make_closed_part"),
        "keeping": lambda: after(pack_building, "keep_closed_part"),
    }
    return Work(
        "build of closed parts",
        doors,
        ask,
        lambda key: packing.build_pack(pack=key),
        take_up,
        lambda key: str(Pack.objects.values_list("state", flat=True).get(pk=key)),
        PackState.BUILDING,
        PackState.ISSUED,
    )


def copies(pack: Pack) -> Work:
    """The making of sealed copies: of one pack each with other sections, and the first sheet in all."""
    front, first, *others = SealedSection.objects.filter(pack=pack).order_by("position")
    choices = [
        [first, *more]
        for many in range(len(others), -1, -1)
        for more in combinations([front, *others], many)
        if front not in more
    ]

    def ask(number: int) -> int:
        return sealed_packs.ask_for_copy(pack=pack, sections=[front, *choices[number]]).pk

    def take_up() -> None:
        SealedPack.objects.filter(state=CopyState.MAKING).update(heartbeat_at=long_ago())
        sealed_packs.take_up_left_copies()

    doors: dict[str, Door] = {
        "claimed": lambda: before(sealed_packs, "_bound"),
        "open": lambda: before(sealed_packs, "assemble"),
        "bound": lambda: after(sealed_packs, "_bound"),
        "half stored": store_half,
        "stored": lambda: before(sealed_packs, "_keep"),
        "keeping": lambda: after(SealedPack, "save"),
        "kept": lambda: after(sealed_packs, "_keep"),
    }
    return Work(
        "making of sealed copies",
        doors,
        ask,
        lambda key: sealed_packs.make_copy(copy=key),
        take_up,
        lambda key: str(SealedPack.objects.values_list("state", flat=True).get(pk=key)),
        CopyState.MAKING,
        CopyState.READY,
    )


def long_ago() -> Any:
    """When a worker was last heard of whose lease has run out."""
    return timezone.now() - left_work.LEASE * 2


def half_states() -> list[str]:
    """What is pointed at and does not open as the file it is said to be, and what is called done without a file."""
    found = []
    for paper in RestrictedPaper.objects.exclude(copy=""):
        if not _opens(paper.blocks("copy", paper.secrets())):
            found.append(f"{paper}: its copy does not open")
    if RestrictedPaper.objects.checked().exclude(check_state=FileCheck.CLEAN).exists():
        found.append("a paper is read whose check has not ended")
    if RestrictedPaper.objects.filter(check_state=FileCheck.CLEAN, copy="").exists():
        found.append("a paper is checked and has no copy")
    for row in [*SealedSection.objects.all(), *SealedPack.objects.exclude(file="")]:
        if not _opens(row.blocks(row.words())):
            found.append(f"{row}: it does not open")
    if SealedPack.objects.filter(state=CopyState.READY, file="").exists():
        found.append("a copy is ready and has no file")
    if SealedPack.objects.exclude(state=CopyState.READY).exclude(file="").exists():
        found.append("a copy is pointed at before it is ready")
    if SealedSection.objects.exclude(pack__state__in=[PackState.ISSUED, PackState.SUPERSEDED]).exists():
        found.append("a section stands in a pack that is not issued")
    return found


def _opens(blocks: Iterable[bytes]) -> bool:
    try:
        return b"".join(blocks).startswith(b"%PDF-")
    except Exception:  # noqa: BLE001 (whatever hinders it, it does not open)
        return False
