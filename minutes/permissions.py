"""Who takes which step with a meeting and what it leaves behind. Entry points ask; operations do not."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance.permissions import may_publish_for, may_write_for


def may_run_meeting(user: Any, meeting: Any) -> bool:
    """Whether the person publishes agendas and minutes of this meeting and sets where it stands."""
    return may_publish_for(user, meeting)


def may_build_agenda(user: Any, meeting: Any) -> bool:
    """Whether the person puts the agenda of a meeting in order and fills it: those who write for the board."""
    return may_write_for(user, meeting)


def may_write_running_order(user: Any, meeting: Any) -> bool:
    """Whether the person writes notes for the chair: the democratic services of the board, who add its records."""
    return bool(meeting.permissions_for_user(user).holds("add"))


def may_read_running_order(user: Any, meeting: Any) -> bool:
    """Whether the person reads the chair's running order: who chairs the board today, and those who write it. Nobody else.

    A vice-chair reads it where the meeting is to be chaired by them.
    """
    if not user.is_active:
        return False
    return may_write_running_order(user, meeting) or chairs(getattr(user, "person", None), meeting)


def chairs(person: Any, meeting: Any) -> bool:
    """Whether somebody chairs a meeting, by their seat today."""
    return meeting.pk in chaired_by(person, [meeting])


def chaired_by(person: Any, meetings: Sequence[Any]) -> set[int]:
    """The keys of those meetings that somebody chairs by their seat today, in one query."""
    if person is None:
        return set()
    today = timezone.localdate()
    seats = person.memberships.public().filter(from_date__lte=today, role__in=["chair", "vice_chair"])
    held = set(seats.filter(Q(to_date=None) | Q(to_date__gte=today)).values_list("board__path", "role"))
    return {
        meeting.pk
        for meeting in meetings
        for board in [meeting.path[: -meeting.steplen]]
        if (board, "chair") in held or ((board, "vice_chair") in held and person.name in meeting.presided_by)
    }


def may_link_action(user: Any, resolution: Any) -> bool:
    """Whether the person says what came of a resolution: its actions, or that it needs none."""
    return may_write_for(user, resolution)


def may_start_action(user: Any, resolution: Any) -> bool:
    """Whether the person adds an action for the resolution's board."""
    return bool(resolution.permissions_for_user(user).holds("add"))


def may_correct(user: Any, minute: Any) -> bool:
    """Whether the person records a correction of a confirmed minute."""
    return may_publish_for(user, minute)


def may_bring_papers(user: Any, item: Any) -> bool:
    """Whether the person lists papers of an item and uploads their files: those who write for the board, and who offered the item."""
    rights = item.permissions_for_user(user)
    return bool(rights.holds("add") or rights.holds("change") or (rights.holds("report") and item.owner_id == user.pk))


def may_see_papers(user: Any, item: Any) -> bool:
    """Whether the person sees the papers of an item in the admin: those who bring them, and who looks at everything."""
    return may_bring_papers(user, item) or bool(item.permissions_for_user(user).holds("view"))


def may_decide_on_papers(user: Any, item: Any) -> bool:
    """Whether the person answers for what was found in a paper, refuses and withdraws papers, and publishes supplements."""
    return may_publish_for(user, item)


def may_order_papers(user: Any, item: Any) -> bool:
    """Whether the person puts the papers of an item in order and marks them as checked."""
    return may_write_for(user, item)


def may_record_attendance(user: Any, meeting: Any) -> bool:
    """Whether the person records who was at a meeting, and sends on what it could not decide: those who write for the board."""
    return may_write_for(user, meeting)


def may_see_preparation(user: Any, meeting: Any) -> bool:
    """Whether the person sees how far the reports of a meeting are: those who work for the board, and who looks at everything."""
    rights = meeting.permissions_for_user(user)
    return any(rights.holds(code) for code in ("add", "change", "publish", "view"))


def may_ask_for_papers(user: Any, meeting: Any) -> bool:
    """Whether the person asks authors for their reports: those who write for the board."""
    return may_write_for(user, meeting)


def may_see_room(user: Any, meeting: Any) -> bool:
    """Whether the person sees who is in the room while it is recorded: those who record it, and who looks at everything."""
    return may_record_attendance(user, meeting) or bool(meeting.permissions_for_user(user).holds("view"))


def may_answer_questions(user: Any, meeting: Any) -> bool:
    """Whether the person accepts, declines and answers what the public puts to this meeting, which publishes it."""
    return may_publish_for(user, meeting)


def may_see_contact(user: Any, meeting: Any) -> bool:
    """Whether the person sees how to reach who put a question: those who work for the board, and who looks at everything."""
    rights = meeting.permissions_for_user(user)
    return bool(rights.holds("change") or rights.holds("publish") or rights.holds("view"))
