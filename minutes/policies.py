"""When something may be done to a meeting or a paper: tables of transitions, and checks that raise or answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from minutes.enums import (
    CHECK_LEAVES_A_COPY,
    NOT_HELD,
    PAPER_NEEDS_REASON,
    STATUS_NEEDS_REASON,
    TOOK_PLACE,
    FileCheck,
    MeetingStatus,
    PaperState,
    QuestionState,
)

MEETING_TRANSITIONS: dict[str, frozenset[MeetingStatus]] = {
    MeetingStatus.SCHEDULED: frozenset(
        {
            MeetingStatus.AGENDA_PUBLISHED,
            MeetingStatus.HELD,
            MeetingStatus.DRAFT_MINUTES,
            MeetingStatus.POSTPONED,
            MeetingStatus.CANCELLED,
        }
    ),
    MeetingStatus.AGENDA_PUBLISHED: frozenset(
        {
            MeetingStatus.HELD,
            MeetingStatus.DRAFT_MINUTES,
            MeetingStatus.INQUORATE,
            MeetingStatus.POSTPONED,
            MeetingStatus.CANCELLED,
        }
    ),
    MeetingStatus.HELD: frozenset({MeetingStatus.DRAFT_MINUTES, MeetingStatus.ADJOURNED, MeetingStatus.INQUORATE}),
    MeetingStatus.DRAFT_MINUTES: frozenset({MeetingStatus.CONFIRMED, MeetingStatus.HELD, MeetingStatus.INQUORATE}),
    MeetingStatus.CONFIRMED: frozenset(),
    MeetingStatus.POSTPONED: frozenset({MeetingStatus.SCHEDULED, MeetingStatus.CANCELLED}),
    MeetingStatus.CANCELLED: frozenset(),
    MeetingStatus.ADJOURNED: frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED}),
    MeetingStatus.INQUORATE: frozenset({MeetingStatus.DRAFT_MINUTES}),
}

PAPER_TRANSITIONS: dict[str, frozenset[PaperState]] = {
    PaperState.TO_FOLLOW: frozenset({PaperState.RECEIVED, PaperState.REFUSED}),
    PaperState.RECEIVED: frozenset({PaperState.CHECKED, PaperState.REFUSED}),
    PaperState.CHECKED: frozenset({PaperState.RECEIVED, PaperState.PUBLISHED, PaperState.REFUSED}),
    PaperState.PUBLISHED: frozenset({PaperState.SUPERSEDED, PaperState.WITHDRAWN}),
    PaperState.SUPERSEDED: frozenset({PaperState.WITHDRAWN}),
    PaperState.WITHDRAWN: frozenset(),
    PaperState.REFUSED: frozenset({PaperState.RECEIVED}),
}
CHECK_TRANSITIONS: dict[str, frozenset[FileCheck]] = {
    FileCheck.WAITING: frozenset({FileCheck.CHECKING}),
    FileCheck.CHECKING: frozenset(
        {FileCheck.CLEAN, FileCheck.FINDINGS, FileCheck.BLOCKED, FileCheck.FAILED, FileCheck.WAITING}
    ),
    FileCheck.CLEAN: frozenset({FileCheck.WAITING}),
    FileCheck.FINDINGS: frozenset({FileCheck.WAITING}),
    FileCheck.BLOCKED: frozenset({FileCheck.WAITING}),
    FileCheck.FAILED: frozenset({FileCheck.WAITING}),
}


QUESTION_TRANSITIONS: dict[str, frozenset[QuestionState]] = {
    QuestionState.RECEIVED: frozenset(
        {QuestionState.ACCEPTED, QuestionState.ANSWERED, QuestionState.DECLINED, QuestionState.WITHDRAWN}
    ),
    QuestionState.ACCEPTED: frozenset({QuestionState.ANSWERED, QuestionState.DECLINED, QuestionState.WITHDRAWN}),
    QuestionState.ANSWERED: frozenset(),
    QuestionState.DECLINED: frozenset(),
    QuestionState.WITHDRAWN: frozenset(),
}


def can_become(before: str, after: str) -> bool:
    """Whether a meeting may pass from one state to another."""
    return MeetingStatus(after) in MEETING_TRANSITIONS[before]


def is_ahead(meeting: Any, on: date) -> bool:
    """Whether the day of a meeting is still to come, so that nothing can have happened at it."""
    return bool(meeting.day > on)


def check_become(meeting: Any, after: str, *, on: date, reason: str = "") -> None:
    """Refuse a transition that the table does not have, one without the reason it needs, or one before its day.

    Args:
        meeting: with its `status` and its `day`.
        after: the state it is to pass to.
        on: the day on which that is done.
        reason: why, for the states that need it.

    Raises:
        Refused: saying which.
    """
    if not can_become(meeting.status, after):
        raise Refused(
            _("The meeting of %(meeting)s is “%(before)s”, so it cannot become “%(after)s”.")
            % {"meeting": meeting, "before": meeting.get_status_display(), "after": MeetingStatus(after).label}
        )
    if after in STATUS_NEEDS_REASON and not reason.strip():
        raise Refused(_("Give the reason: it is shown on the meeting's page."))
    if after in TOOK_PLACE:
        check_day_has_come(meeting, on)


def check_day_has_come(meeting: Any, on: date) -> None:
    """Refuse to say what happened at a meeting before its day.

    Raises:
        Refused: naming the meeting.
    """
    if is_ahead(meeting, on):
        raise Refused(
            _("The meeting of %(meeting)s has not taken place yet, so it has no minutes and no decisions.")
            % {"meeting": meeting}
        )


def check_publishes_decisions(meeting: Any, on: date) -> None:
    """Refuse to make a minute or a resolution of a meeting public when the meeting did not happen, or not yet.

    Raises:
        Refused: naming the meeting and why.
    """
    _check_not_called_off(meeting)
    check_day_has_come(meeting, on)


def check_takes_minutes(meeting: Any) -> None:
    """Refuse minutes for a meeting that is confirmed or was called off. Drafts may be prepared before the day.

    Raises:
        Refused: naming the meeting and why.
    """
    if meeting.status == MeetingStatus.CONFIRMED:
        raise Refused(
            _("The minutes of the meeting of %(meeting)s are confirmed, so nothing can be added to them.")
            % {"meeting": meeting}
        )
    _check_not_called_off(meeting)


def _check_not_called_off(meeting: Any) -> None:
    if meeting.status in NOT_HELD:
        raise Refused(
            _("The meeting of %(meeting)s is “%(state)s”, so it has no minutes.")
            % {"meeting": meeting, "state": meeting.get_status_display()}
        )


def check_had_quorum(meeting: Any, item: Any, room: Any) -> None:
    """Refuse a resolution where the board could not decide: a meeting without a quorum has notes, and no resolutions.

    Args:
        room: who was in the room at the item. Where no attendance is recorded, the state of the meeting alone is asked.

    Raises:
        Refused: saying who was lacking, and what to do with the item.
    """
    way_out = _("Its item can be carried over to the next meeting, or sent there to be ratified.")
    if meeting.had_no_quorum:
        words = _("The meeting of %(meeting)s was held without a quorum, so it has notes and no resolutions.")
        raise Refused(f"{words % {'meeting': meeting}} {way_out}")
    if room.is_recorded and not room.is_quorate:
        words = _("The board could not decide “%(item)s”. %(why)s")
        raise Refused(f"{words % {'item': item, 'why': room.sentence}} {way_out}")


def can_paper_become(before: str, after: str) -> bool:
    """Whether a paper may pass from one state to another."""
    return PaperState(after) in PAPER_TRANSITIONS[before]


def can_check_become(before: str, after: str) -> bool:
    """Whether the check of a file may pass from one state to another."""
    return FileCheck(after) in CHECK_TRANSITIONS[before]


def check_paper_become(paper: Any, after: str, *, reason: str = "") -> None:
    """Refuse a transition of a paper that the table does not have, or one without the reason it needs.

    Raises:
        Refused: saying which.
    """
    if not can_paper_become(paper.state, after):
        raise Refused(
            _("“%(paper)s” is “%(before)s”, so it cannot become “%(after)s”.")
            % {"paper": paper, "before": paper.get_state_display(), "after": PaperState(after).label}
        )
    if after in PAPER_NEEDS_REASON and not reason.strip():
        raise Refused(_("Give the reason: it is kept with the paper, and shown in its place once it was public."))


def is_publishable(file: Any) -> bool:
    """Whether the file of a paper may be published: its check found nothing, or somebody answers for what it found."""
    if not file.copy or file.check_state not in CHECK_LEAVES_A_COPY:
        return False
    return file.check_state == FileCheck.CLEAN or file.accepted_at is not None


def waits_for_another(file: Any, person: Any, *, by_another: bool) -> bool:
    """Whether a person may not decide on a file because they uploaded it and the board asks for somebody else."""
    return by_another and person is not None and person.pk == file.uploaded_by_id


def check_accepts(file: Any, *, by: Any, because: str, by_another: bool = False) -> None:
    """Refuse to publish a file anyway where nobody may, where nobody has to, or without the reason.

    Args:
        file: the file of a paper, checked.
        by: who answers for it.
        because: why it is published anyway.
        by_another: whether the board asks that it be somebody else than who uploaded it.

    Raises:
        Refused: saying why not.
    """
    if file.check_state == FileCheck.BLOCKED:
        raise Refused(_("What was found in this file cannot be published by anybody. Upload a file without it."))
    if file.check_state != FileCheck.FINDINGS or file.accepted_at is not None:
        raise Refused(_("Nothing in this file waits for a decision."))
    if by is None or not by.pk:
        raise Refused(_("A person answers for a file that is published anyway."))
    if waits_for_another(file, by, by_another=by_another):
        raise Refused(_("This board asks that somebody else than the person who uploaded the file decides."))
    if not because.strip():
        raise Refused(_("Give the reason: it is kept with your name."))


def check_takes_supplement(meeting: Any, *, says: str, new: Sequence[Any]) -> None:
    """Refuse a supplement to an agenda that is not public or is over, one with nothing in it, or one that does not say what is new.

    Raises:
        Refused: saying which.
    """
    if meeting.agenda_published_at is None:
        raise Refused(_("The agenda of %(meeting)s is not public yet: publish it with what is new.") % {"meeting": meeting})
    _check_not_called_off(meeting)
    if meeting.status == MeetingStatus.CONFIRMED:
        raise Refused(_("The minutes of %(meeting)s are confirmed, so its agenda takes no supplement.") % {"meeting": meeting})
    if not new:
        raise Refused(_("There is nothing in this supplement. Choose papers or items."))
    if not says.strip():
        raise Refused(_("Say in one sentence what is new."))
