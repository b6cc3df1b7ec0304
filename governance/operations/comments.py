"""What people write about an action: taken in from anybody, then answered in public or kept back with the reason."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from governance.enums import CommentState, PointSource
from governance.exceptions import Refused
from governance.models import ActionPage, Comment, LedgerEvent, Point, RecentSender
from governance.operations.ledger import enter
from governance.operations.points import answer_point, record_point
from governance.policies import COMMENT_TRANSITIONS

LONGEST = 3000
"""Letters of a comment."""
FROM_ONE_SENDER = 10
"""Comments from one address in a day: enough for a library's computers, too few for a machine."""
REMEMBERED = timedelta(days=1)


@transaction.atomic
def receive_comment(
    *, action: ActionPage, text: str, raised_by: str = "", place: str = "", at: datetime | None = None
) -> Comment:
    """Take in what somebody wrote about an action. It is shown to nobody outside until it is settled.

    Args:
        raised_by: the group the person says they are of; empty where they would rather not say.
        place: a name for the place it came from (`visitors.place_of`). A hash of it is kept for a day, to slow machines down.
        at: when; now unless it is replayed.

    Raises:
        Refused: it says nothing, is too long, the action is not public, or too much came from that address today.
        ValidationError: a field is wrong.
    """
    at = at or timezone.now()
    if not action.live:
        raise Refused(_("This action is not public, so nothing can be said about it here."))
    if not text.strip():
        raise Refused(_("Write what you think."))
    if len(text) > LONGEST:
        raise Refused(_("That is too long: %(most)s characters are the most.") % {"most": LONGEST})
    if place:
        count_sender(place, at)
    comment = Comment(about=action, text=text.strip(), raised_by=raised_by, received_at=at)
    comment.full_clean()
    comment.save()
    enter(page=action, event=LedgerEvent.STATUS, by=None, at=at, note=_("A comment was received"))
    return comment


@transaction.atomic
def publish_comment(*, comment: Comment, kind: str, answer: str, by: Any, text: str = "", at: datetime | None = None) -> Point:
    """Publish a comment together with its answer: it becomes a point, by group and without a name.

    Args:
        kind: what came of it: done, will be done, cannot be done.
        text: its words without what names somebody or tells of their health; as written unless given.

    Raises:
        Refused: it is settled already, or the answer says nothing.
    """
    at = at or timezone.now()
    _check_settles(comment, CommentState.PUBLISHED)
    point = record_point(
        about=comment.about,
        text=text.strip() or comment.text,
        source=PointSource.COMMENT,
        raised_on=timezone.localdate(comment.received_at),
        raised_by=str(comment.get_raised_by_display()),
        by=by,
        at=at,
    )
    answer_point(point=point, kind=kind, answer=answer, on=timezone.localdate(at), by=by, at=at)
    _settle(comment, CommentState.PUBLISHED, by, at, point=point)
    return point


@transaction.atomic
def decline_comment(*, comment: Comment, reason: str, by: Any, at: datetime | None = None) -> None:
    """Keep a comment back, and say in public why, without saying what it said.

    Raises:
        Refused: it is settled already, or no reason is given.
    """
    at = at or timezone.now()
    _check_settles(comment, CommentState.NOT_PUBLISHED)
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown to the public."))
    _settle(comment, CommentState.NOT_PUBLISHED, by, at, reason=reason.strip())
    enter(page=comment.about, event=LedgerEvent.STATUS, by=by, at=at, note=_("A comment was not published"))


def forget_senders(at: datetime | None = None) -> int:
    """Forget from where comments came more than a day ago; how many were forgotten."""
    return RecentSender.objects.filter(at__lt=(at or timezone.now()) - REMEMBERED).delete()[0]


def count_sender(place: str, at: datetime) -> None:
    """Refuse a place that sent too much today. The day is part of the hash, so that no two days can be joined.

    Raises:
        Refused: so many comments and questions came from there today.
    """
    forget_senders(at)
    digest = salted_hmac(f"comment senders of {timezone.localdate(at)}", place, algorithm="sha256").hexdigest()
    if RecentSender.objects.filter(digest=digest).count() >= FROM_ONE_SENDER:
        raise Refused(
            _(
                "Too many comments have come from your connection today. Keep what you wrote and send it tomorrow, "
                "or tell those named on the page you came from."
            )
        )
    RecentSender.objects.create(digest=digest, at=at)


def _check_settles(comment: Comment, state: CommentState) -> None:
    comment.refresh_from_db()
    if state not in COMMENT_TRANSITIONS[comment.state]:
        raise Refused(_("This comment is settled already."))


def _settle(comment: Comment, state: CommentState, by: Any, at: datetime, **fields: Any) -> None:
    comment.state, comment.settled_at, comment.settled_by = state, at, by
    for name, value in fields.items():
        setattr(comment, name, value)
    comment.full_clean()
    comment.save()
