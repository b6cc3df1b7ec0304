"""Sending draft minutes to the chair and to members before they are public, and settling what they say."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.exceptions import Refused
from governance.models import Delivery, Membership, Person
from governance.operations.mail import queue_mail
from governance.wording import day_in_full
from minutes.draft_reading import may_comment_on_draft
from minutes.enums import MeetingStatus, Settled
from minutes.models import DraftComment, DraftRound, MeetingPage, MinutePage
from minutes.operations.minuting import minutes_of
from minutes.policies import check_takes_minutes

KIND = "draft minutes"


def people_who_can_read(meeting: MeetingPage) -> list[tuple[Person, bool]]:
    """Those who sit on the board of a meeting today and can log in, each with whether they chair it."""
    today = timezone.localdate()
    seats = Membership.objects.filter(Q(to_date=None) | Q(to_date__gte=today), board=meeting.board, from_date__lte=today)
    found: dict[int, tuple[Person, bool]] = {}
    for seat in seats.filter(person__user__is_active=True).select_related("person", "person__user").order_by("person__name"):
        chairs = seat.role == "chair" or found.get(seat.person_id, (None, False))[1]
        found[seat.person_id] = (seat.person, chairs)
    return list(found.values())


@transaction.atomic
def send_draft(
    *,
    meeting: MeetingPage,
    by: Any,
    readers: Collection[Person] = (),
    to_members: bool = False,
    note: str = "",
    at: datetime | None = None,
) -> DraftRound:
    """Send the draft minutes to some people for their comments, or to all members of the board to read. Nothing becomes public.

    Args:
        readers: who may comment; each has a log-in.
        to_members: whether every member may read.
        note: a few words to them.

    Raises:
        Refused: nothing is drafted, the minutes are confirmed, nobody is chosen, or one of those chosen cannot read them.
    """
    at = at or timezone.now()
    check_takes_minutes(meeting)
    if not minutes_of(meeting).exists():
        raise Refused(_("No minute of the meeting of %(meeting)s is written yet.") % {"meeting": meeting})
    if not readers and not to_members:
        raise Refused(_("Choose who is to read the draft."))
    able = {person.pk: person for person, _chairs in people_who_can_read(meeting)}
    for person in readers:
        if person.pk not in able:
            raise Refused(_("%(person)s has no seat on the board or cannot log in.") % {"person": person})
    row = DraftRound.objects.create(meeting=meeting, to_members=to_members, note=note.strip(), sent_at=at, sent_by=by)
    row.readers.set(readers)
    named = {person.pk for person in readers}
    for key, person in able.items():
        if key in named or to_members:
            _tell(row, person, comments=key in named)
    return row


def _tell(row: DraftRound, person: Person, *, comments: bool) -> None:
    log_in = getattr(person, "user", None)
    address = person.email or (log_in.email if log_in else "")
    if not address:
        return
    words = {"board": row.meeting.board.title, "day": day_in_full(row.meeting.starts_at)}
    asked = _("Please read it and say what is wrong or missing.") if comments else _("It is for members to read.")
    said = _("The draft minutes of the meeting of the %(board)s on %(day)s are ready. They are not public yet.") % words
    link = absolute(reverse("draft_minutes", args=[row.meeting_id]))
    try:
        queue_mail(
            key=f"{KIND}:{row.pk}:{person.pk}",
            to=address,
            subject=_("Draft minutes: %(board)s, %(day)s") % words,
            text="\n\n".join(filter(None, [f"{said} {asked}", row.note, link])) + "\n",
            kind=KIND,
            about=row.meeting,
        )
    except Refused:
        # An address that cannot be written to keeps nobody from reading it in the members' area.
        return


def why_not_tell(delivery: Delivery) -> str:
    """Just before a mail goes out: why it must not any more; empty when it may."""
    open_ones = DraftRound.objects.filter(meeting=delivery.about_id, ended_at=None)
    if not open_ones.exclude(meeting__status=MeetingStatus.CONFIRMED).exists():
        return _("The draft was taken back, or is confirmed.")
    return ""


@transaction.atomic
def take_draft_back(*, draft_round: DraftRound, by: Any, at: datetime | None = None) -> None:
    """End a round: nobody reads the draft by it any more. What was said stays.

    Raises:
        Refused: it is over already.
    """
    row = DraftRound.objects.select_for_update().get(pk=draft_round.pk)
    if row.ended_at is not None:
        raise Refused(_("It is taken back already."))
    DraftRound.objects.filter(pk=row.pk).update(ended_at=at or timezone.now())


@transaction.atomic
def comment_on_draft(*, minute: MinutePage, by: Any, text: str, at: datetime | None = None) -> DraftComment:
    """Say something of a draft minute, for the clerk alone.

    Raises:
        Refused: the draft is not open to the person any more, or nothing is said.
    """
    if not may_comment_on_draft(by, minute.item.meeting):
        raise Refused(_("This draft is not open for your comments any more."))
    if not text.strip():
        raise Refused(_("Write what is wrong or missing."))
    return DraftComment.objects.create(minute=minute, person=by.person, text=text.strip(), made_at=at or timezone.now())


@transaction.atomic
def settle_comment(
    *, comment: DraftComment, settled: str, by: Any, words: str = "", at: datetime | None = None
) -> DraftComment:
    """Say what was done about a comment; who made it reads that.

    Args:
        settled: one of `Settled`.
        words: a few words to who made it; needed where the draft is left as it is.

    Raises:
        Refused: it is settled already, or the reason is missing.
    """
    row = DraftComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.settled:
        raise Refused(_("This comment is settled already."))
    if Settled(settled) == Settled.LEFT and not words.strip():
        raise Refused(_("Say why the draft is left as it is: who made the comment reads it."))
    given = {"settled": settled, "settled_words": words.strip(), "settled_at": at or timezone.now(), "settled_by": by}
    DraftComment.objects.filter(pk=row.pk).update(**given)
    row.refresh_from_db()
    return row
