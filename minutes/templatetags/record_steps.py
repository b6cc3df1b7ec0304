"""What the read-only panels of the editor ask about a record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.permissions import may_publish_for, may_write_for
from minutes.call_in import next_call_in_states
from minutes.clock_facts import facts_of, rule_book, with_what_is_owed
from minutes.enums import CARRIED_OUTCOMES, NOT_HELD, UPCOMING, MeetingStatus, ResolutionStanding
from minutes.legal_clock import clock, warnings
from minutes.meeting_steps import next_steps, other_states
from minutes.models import (
    AgendaCorrection,
    DraftComment,
    FollowUp,
    MinutePage,
    Pack,
    Paper,
    ProgrammeEntry,
    ResolutionAction,
    ResolutionPage,
)
from minutes.operations.signed_copies import signed_copy_of
from minutes.permissions import (
    may_bring_papers,
    may_build_agenda,
    may_correct,
    may_link_action,
    may_record_attendance,
    may_run_meeting,
    may_start_action,
)
from minutes.preparation import Step as PreparationStep
from minutes.preparation import steps_of
from minutes.question_time import with_questions
from minutes.room import doubts_about

register = template.Library()


@dataclass(frozen=True)
class ShownStep:
    """A step as a button.

    Attributes:
        is_main: whether it is the one to take now.
    """

    words: Any
    address: str
    key: str
    is_main: bool


@register.simple_tag
def steps_of_meeting(meeting: Any, user: Any) -> list[ShownStep]:
    """The steps that the person can take with a meeting now. The first that was not taken yet is the one to take."""
    steps = next_steps(meeting) if may_run_meeting(user, meeting) else []
    first = next((step for step in steps if not step.was_taken(meeting)), None)
    return [ShownStep(step.words(meeting), step.address(meeting), step.key, step is first) for step in steps]


@register.simple_tag
def has_other_states(meeting: Any, user: Any) -> bool:
    """Whether the person can postpone it, cancel it and the like."""
    return bool(meeting.live and may_run_meeting(user, meeting) and other_states(meeting))


@register.simple_tag
def takes_minutes(record: Any, user: Any) -> bool:
    """Whether the person takes the minutes of this record's board at the desk."""
    return may_write_for(user, record)


@register.simple_tag
def can_ratify(item: Any, user: Any) -> bool:
    """Whether the person sends the item on because its meeting had no quorum."""
    meeting = item.meeting
    return bool(meeting.had_no_quorum and may_record_attendance(user, meeting))


@register.simple_tag
def minute_of_item(item: Any) -> MinutePage | None:
    """The minute of an item, if it is begun."""
    return MinutePage.objects.child_of(item).first()


@register.simple_tag
def resolutions_of_item(item: Any) -> QuerySet[ResolutionPage]:
    """The clauses of an item, in order."""
    return ResolutionPage.objects.child_of(item).order_by("position", "path")


@register.simple_tag
def follow_ups_of_item(item: Any) -> QuerySet[FollowUp]:
    """The follow-ups of an item, with the actions that some became."""
    return FollowUp.objects.filter(item_id=item.pk).select_related("action")


@register.simple_tag
def papers_of_item(item: Any) -> QuerySet[Paper]:
    """The papers of an item, whatever their state."""
    return Paper.objects.filter(item_id=item.pk)


@register.simple_tag
def packs_out_of_date(meeting: Any) -> list[Pack]:
    """The issued packs of a meeting that say something else than its records do by now."""
    return list(Pack.objects.out_of_date().light().filter(meeting_id=meeting.pk).order_by("pk"))


@register.simple_tag
def can_bring_papers(item: Any, user: Any) -> bool:
    """Whether the person uploads papers of an item."""
    return bool(item.pk and may_bring_papers(user, item))


@register.simple_tag
def can_supplement(meeting: Any, user: Any) -> bool:
    """Whether the person can publish a supplement to a meeting's agenda now."""
    open_to_it = meeting.agenda_published_at and meeting.status not in NOT_HELD | {MeetingStatus.CONFIRMED}
    return bool(open_to_it and may_run_meeting(user, meeting))


@register.simple_tag
def takes_items(meeting: Any) -> bool:
    """Whether an item can still come on the agenda: an urgent one may be raised at the meeting, none once its minutes are confirmed."""
    return bool(meeting.status not in NOT_HELD | {MeetingStatus.CONFIRMED})


@register.simple_tag
def actions_of_resolution(resolution: Any) -> QuerySet[ResolutionAction]:
    """What a resolution orders, changes or closes."""
    return resolution.action_links.select_related("action")


@register.simple_tag
def can_link(resolution: Any, user: Any) -> bool:
    """Whether the person says what came of a resolution."""
    return may_link_action(user, resolution)


@register.simple_tag
def can_start(resolution: Any, user: Any) -> bool:
    """Whether the person adds an action for it."""
    return may_start_action(user, resolution)


@register.simple_tag
def can_carry(item: Any, user: Any) -> bool:
    """Whether the person carries the item over to another meeting."""
    return may_build_agenda(user, item)


@register.filter
def is_carried_over(outcome: str | None) -> bool:
    """Whether an item with that outcome may come to another meeting."""
    return outcome in CARRIED_OUTCOMES


@register.simple_tag
def vote_doubts(minute: Any) -> list[str]:
    """What cannot have been in the votes of a minute that was printed elsewhere."""
    return doubts_about(minute)


@register.simple_tag
def can_correct(minute: Any, user: Any) -> bool:
    """Whether the person records a correction of a minute that is final."""
    return bool(minute.is_frozen and may_correct(user, minute))


@register.simple_tag
def can_correct_agenda(item: Any, user: Any) -> bool:
    """Whether the person puts a slip on the published item right."""
    return bool(item.live and may_correct(user, item))


@register.simple_tag
def decision_steps(resolution: Any, user: Any) -> list[tuple[str, str]]:
    """What can be recorded of an adopted resolution now: where, and what the button says."""
    if resolution.adopted_at is None or not may_correct(user, resolution):
        return []
    steps = {
        "record_call_in": (next_call_in_states(resolution, timezone.localdate()), _("Record a step of the call-in")),
        "record_answer": (resolution.recommended_to and not resolution.answer_to_recommendation, _("Record the answer")),
        "end_resolution": (resolution.standing == ResolutionStanding.ADOPTED, _("Record what ended it")),
    }
    return [(reverse(name, args=[resolution.pk]), label) for name, (is_next, label) in steps.items() if is_next]


@register.simple_tag
def draft_step(meeting: Any, user: Any) -> dict[str, int] | None:
    """How many comments on the draft minutes wait, where the person can send the draft round; else None."""
    is_over = meeting.is_confirmed or meeting.status in NOT_HELD or not MinutePage.objects.descendant_of(meeting).exists()
    if is_over or not may_run_meeting(user, meeting):
        return None
    return {"waiting": DraftComment.objects.filter(minute__path__startswith=meeting.path, settled="").count()}


@register.simple_tag
def signed_copy(meeting: Any, user: Any) -> dict[str, Any] | None:
    """The signed copy of confirmed minutes, for those who attach it; else None."""
    if not meeting.is_confirmed or not may_run_meeting(user, meeting):
        return None
    return {"paper": signed_copy_of(meeting)}


@register.simple_tag
def minutes_to_confirm_on(item: Any, user: Any) -> Any:
    """The meeting whose draft minutes the board confirms on this item, for those who may say that it did; else None."""
    meeting = item.confirms_minutes_of
    waits = meeting is not None and meeting.status == MeetingStatus.DRAFT_MINUTES
    return meeting if waits and may_run_meeting(user, meeting) else None


@register.simple_tag
def slips_of_item(item: Any) -> QuerySet[AgendaCorrection]:
    """The slips on a published item that were put right, with who did it."""
    return AgendaCorrection.objects.filter(item_id=item.pk).select_related("by")


@register.simple_tag
def corrected_at(meeting: Any) -> datetime | None:
    """When a slip on a meeting's agenda was last put right: packs issued before hold the old words."""
    rows = AgendaCorrection.objects.filter(item__path__startswith=meeting.path, item__depth=meeting.depth + 1)
    return rows.order_by("-at").values_list("at", flat=True).first()


@register.simple_tag
def clock_of(meeting: Any) -> dict[str, Any]:
    """What is due around a meeting, what is late of it, and what its editor is warned of."""
    board, today = meeting.board, timezone.localdate()
    book = rule_book(board)
    facts = with_questions(meeting, board, with_what_is_owed(board, meeting, facts_of(board, [meeting])[meeting.pk]))
    duties = [(duty, not duty.is_target and duty.is_late(today)) for duty in clock(book, facts)]
    return {"duties": duties, "warnings": warnings(book, facts, today)}


@register.simple_tag
def can_move(meeting: Any, user: Any) -> bool:
    """Whether the person can give the meeting another time."""
    movable = meeting.live and meeting.status in UPCOMING | {MeetingStatus.POSTPONED}
    return bool(movable and may_run_meeting(user, meeting))


@register.simple_tag
def can_post_notice(meeting: Any, user: Any) -> bool:
    """Whether the person can record that the notice was posted."""
    waits = meeting.live and meeting.notice_published_at is None and meeting.status in UPCOMING
    return bool(waits and may_run_meeting(user, meeting))


@register.simple_tag
def can_plan(board: Any, user: Any) -> bool:
    """Whether the person plans meetings of the board."""
    return bool(board.live and may_publish_for(user, board))


@register.simple_tag
def programme_of(board: Any) -> QuerySet[ProgrammeEntry]:
    """What is to come before the board and is on no agenda yet."""
    waiting = ProgrammeEntry.objects.waiting().filter(board=board.pk)
    return waiting.select_related("meeting", "comes_back_from", "because_of")


@register.simple_tag
def preparation_of(item: Any) -> list[tuple[PreparationStep, bool]]:
    """The steps of an item's report, each with whether it is late."""
    today = timezone.localdate()
    return [(step, step.is_late(today)) for step in steps_of(item)]
