"""Telling members, substitutes and report authors of a pack, once each, and keeping who was sent what, when and how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from governance.addresses import absolute
from governance.enums import PacksBy, Role
from governance.exceptions import Refused
from governance.models import Delivery, Membership, User
from governance.operations.mail import queue_mail
from governance.roles import group_name
from minutes.enums import NOT_HELD, SERVED, DispatchRole, PackAudience, PackEdition, PackKind
from minutes.models import AgendaItemPage, Dispatch, MeetingPage, Pack, PaperFile
from minutes.operations.dispatch_words import subject_of, text_of

KIND = "dispatch"
DISPATCHED = frozenset({PackKind.AGENDA, PackKind.SUPPLEMENT})
BY_MAIL = frozenset({PacksBy.SCREEN, PacksBy.BOTH})
ON_PAPER = frozenset({PacksBy.PAPER, PacksBy.BOTH})


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who is sent a pack.

    Attributes:
        role: why.
        ways: how they want it; two seats may say two things.
        logs_in: whether they have a log-in, and so the members' area.
    """

    name: str
    role: str
    email: str
    ways: frozenset[str]
    person: Any = None
    user: Any = None
    logs_in: bool = False

    @property
    def key(self) -> str:
        """Names them in the key of their mail."""
        return f"person:{self.person.pk}" if self.person else f"user:{self.user.pk}"


def is_dispatched(pack: Pack, at: datetime) -> bool:
    """Whether people are told of this pack: the public agenda pack or supplement of a meeting that is still to come."""
    usual = pack.audience == PackAudience.PUBLIC and pack.edition == PackEdition.STANDARD and pack.kind in DISPATCHED
    return usual and pack.meeting.starts_at > at and pack.meeting.status not in NOT_HELD


@transaction.atomic
def dispatch_pack(*, pack: Pack, at: datetime) -> list[Dispatch]:
    """Tell everybody whom an issued pack concerns. Called again, nobody is told twice.

    Returns:
        The rows that are new.
    """
    if not is_dispatched(pack, at):
        return []
    known = Dispatch.objects.filter(pack_id=pack.pk)
    told = {(row.person_id, row.user_id) for row in known}
    return [
        _send(pack, recipient, at)
        for recipient in recipients_of(pack.meeting)
        if (getattr(recipient.person, "pk", None), getattr(recipient.user, "pk", None)) not in told
    ]


def recipients_of(meeting: MeetingPage) -> list[Recipient]:
    """Whoever sits on the board, or on one that meets jointly with it, on the day of the meeting, and the authors of its reports, each once."""
    found: dict[str, Recipient] = {}
    for recipient in [*_of_the_board(meeting), *_authors(meeting)]:
        known = found.setdefault(recipient.key, recipient)
        if known is not recipient and recipient.role != DispatchRole.AUTHOR:
            ways = known.ways | recipient.ways
            role = DispatchRole.MEMBER if DispatchRole.MEMBER in {known.role, recipient.role} else known.role
            found[known.key] = Recipient(**{**known.__dict__, "ways": ways, "role": role})
    return sorted(found.values(), key=lambda recipient: recipient.name)


@transaction.atomic
def mark_posted(*, pack: Pack, rows: Iterable[int], by: Any, at: datetime | None = None) -> int:
    """Say that paper copies were posted. Returns how many that is news of.

    Args:
        rows: the keys of the dispatches, all of this pack.

    Raises:
        Refused: nothing is chosen, or one of them is not to be sent this pack on paper.
    """
    keys = set(rows)
    chosen = Dispatch.objects.filter(pack_id=pack.pk, pk__in=keys, on_paper=True)
    if not keys or chosen.count() != len(keys):
        raise Refused(_("Choose whose paper copies were posted."))
    return chosen.filter(posted_at=None).update(posted_at=at or timezone.now(), posted_by=by)


def why_not_dispatch(delivery: Delivery) -> str:
    """Just before a mail goes out: why it must not any more; empty when it may."""
    row = Dispatch.objects.filter(delivery=delivery).select_related("pack", "pack__meeting").first()
    if row is None:
        return _("Nothing says any more whom this pack is sent to.")
    told_of = row.pack
    if told_of.state not in SERVED:
        return _("The pack was withdrawn before the mail was sent.")
    if not told_of.meeting.live or told_of.meeting.status in NOT_HELD:
        return _("The meeting does not take place on its day.")
    return ""


def _of_the_board(meeting: MeetingPage) -> Iterable[Recipient]:
    day = meeting.day
    boards = [meeting.board.pk, *meeting.joint_boards.values_list("board", flat=True)]
    seats = Membership.objects.filter(board__in=boards, from_date__lte=day).filter(Q(to_date=None) | Q(to_date__gte=day))
    for seat in seats.select_related("person", "person__user").order_by("pk"):
        log_in = getattr(seat.person, "user", None)
        yield Recipient(
            name=str(seat.person),
            role=DispatchRole.SUBSTITUTE if seat.role == "substitute" else DispatchRole.MEMBER,
            email=seat.person.email or (log_in.email if log_in else ""),
            ways=frozenset({seat.packs_by}),
            person=seat.person,
            logs_in=bool(log_in and log_in.is_active),
        )


def _authors(meeting: MeetingPage) -> Iterable[Recipient]:
    """The report authors of the board who wrote an item of this agenda or gave a paper to it."""
    items = AgendaItemPage.objects.child_of(meeting).live()
    with override("en-gb"):
        group = group_name(Role.AUTHOR, meeting.board.code)
    wrote = Q(pk__in=items.values("owner")) | Q(pk__in=PaperFile.objects.filter(paper__item__in=items).values("uploaded_by"))
    for user in User.objects.filter(wrote, groups__name=group, is_active=True).select_related("person").order_by("pk"):
        email = (user.person.email if user.person else "") or user.email
        who = {"person": user.person} if user.person else {"user": user}
        name = str(user.person or user)
        yield Recipient(name=name, role=DispatchRole.AUTHOR, email=email, ways=frozenset({PacksBy.SCREEN}), **who)


def _send(pack: Pack, recipient: Recipient, at: datetime) -> Dispatch:
    """One row, with its mail where there is to be one."""
    delivery, because = _mail(pack, recipient) if recipient.ways & BY_MAIL else (None, "")
    return Dispatch.objects.create(
        pack=pack,
        person=recipient.person,
        user=recipient.user,
        name=recipient.name[:250],
        role=recipient.role,
        delivery=delivery,
        on_paper=bool(recipient.ways & ON_PAPER) or bool(because),
        paper_because=because,
        made_at=at,
    )


def _mail(pack: Pack, recipient: Recipient) -> tuple[Delivery | None, str]:
    """The mail, or why the pack goes on paper instead."""
    if not recipient.email:
        return None, _("No e-mail address is known.")
    link = absolute(reverse("members_area") if recipient.logs_in else reverse("pack", args=[pack.slug]))
    try:
        delivery = queue_mail(
            key=f"{KIND}:{pack.pk}:{recipient.key}",
            to=recipient.email,
            subject=subject_of(pack),
            text=text_of(pack, role=recipient.role, link=link),
            kind=KIND,
            about=pack.meeting,
        )
    except Refused:
        return None, _("The e-mail address cannot be written to.")
    return delivery, ""
