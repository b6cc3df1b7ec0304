"""What minutes adds to the registries of governance, in one list."""

from governance import (
    chain,
    completion,
    following,
    mailing,
    needs_doing,
    owing,
    places,
    publication,
    sweeping,
    timeline,
    triggers,
    waking,
)
from governance.models import ActionPage, ProgressUpdatePage, WorkshopPage
from minutes import needs_of_meetings, placed, public_record, tasks
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage
from minutes.operations import (
    adoption,
    annual_reports,
    calendars,
    checking,
    dispatching,
    minuting,
    pack_files,
    packing,
    paper_files,
    planning,
    reminding,
)
from minutes.packs import registry
from minutes.packs.decision_sections import DECISIONS
from minutes.timeline_events import events_of_decisions, events_of_discussion, origins_of

WORDS_OF_A_RESOLUTION = ("label", "stem", "text", "verbs", "outcome", "adopted_at", "recommended_to")
WORDS_OF_A_MINUTE = (
    "text",
    "presented_by",
    "decision_kind",
    "outcome",
    "mover",
    "seconder",
    "votes_for",
    "votes_against",
    "abstentions",
    "unanimous",
    "casting_vote",
    "casting_vote_by",
    "confirmed_at",
)
WORDS_OF_A_PACK = (
    "file",
    "sha512",
    "issued_at",
    "reference",
    "pages",
    "bytes",
    "made_of",
    "says",
    "audience",
    "kind",
    "edition",
)


def register() -> None:
    """Register everything, once, when the app is ready."""
    publication.register(ResolutionPage, published=adoption.follow_resolution)
    publication.register(MinutePage, published=minuting.follow_minute, withdrawn=minuting.follow_minute)
    publication.register(MeetingPage, published=planning.follow_announcement)
    owing.register(reminding.reports_owed)
    for source in needs_of_meetings.SOURCES:
        needs_doing.register(source)
    timeline.register(events_of_decisions)
    timeline.register(events_of_discussion)
    chain.register(origins_of)
    following.register(calendars.follow_meeting)
    completion.register(public_record.is_closed_by_resolution)
    places.register("board.meetings", "minutes/pieces/board_meetings.html", placed.meetings_of_board)
    places.register("board.meetings", "minutes/pieces/board_programme.html", placed.programme_of_board)
    places.register("board.reports", "minutes/pieces/board_reports.html", placed.reports_of_board)
    places.register("boards.meetings", "minutes/pieces/next_meetings.html", placed.meetings_of_all)
    places.register("action.origin", "minutes/pieces/action_origin.html", placed.origin_of_action)
    places.register("board.admin_steps", "minutes/admin/board_steps.html", lambda record, request: {})
    places.register("board.admin_steps", "minutes/admin/board_programme.html", lambda record, request: {})
    places.register("item.admin_steps", "minutes/admin/item_preparation.html", lambda record, request: {})
    places.register("item.admin_steps", "minutes/admin/item_room.html", lambda record, request: {})
    places.register("meeting.admin_steps", "minutes/admin/meeting_steps.html", lambda record, request: {})
    registry.register(DECISIONS)
    sweeping.register("packs", packing.take_up_left_packs)
    sweeping.register("rendered sections", packing.prune_sections)
    sweeping.register("files of packs", pack_files.prune_files)
    mailing.register(dispatching.KIND, dispatching.why_not_dispatch)
    waking.register(packing.WORK, tasks.wake_pack_worker)
    waking.register(paper_files.WORK, tasks.wake_paper_worker)
    sweeping.register("files of papers", checking.take_up_left_files)
    sweeping.register("published files to check again", checking.recheck_published)
    sweeping.register("folders of checks", checking.prune_work)
    sweeping.register("annual reports", annual_reports.ask_for_due_reports)
    waking.register(annual_reports.WORK, tasks.wake_report_worker)
    for page_class in (ActionPage, ProgressUpdatePage, WorkshopPage, MeetingPage, AgendaItemPage, ResolutionPage):
        publication.register(page_class, withdrawn=annual_reports.follow_withdrawal)
    _protect()


def _protect() -> None:
    """What the database itself refuses."""
    triggers.protect(
        triggers.Rule(
            "minutes_resolutionpage",
            "adopted",
            "An adopted resolution is final.",
            when="OLD.adopted_at IS NOT NULL",
            columns=WORDS_OF_A_RESOLUTION,
        )
    )
    triggers.protect(
        triggers.Rule(
            "minutes_minutepage",
            "confirmed",
            "A confirmed minute is final.",
            when="OLD.confirmed_at IS NOT NULL",
            columns=WORDS_OF_A_MINUTE,
        )
    )
    triggers.protect(
        triggers.Rule(
            "minutes_pack",
            "issued",
            "An issued pack is final.",
            when="OLD.issued_at IS NOT NULL",
            columns=WORDS_OF_A_PACK,
        )
    )
    triggers.protect(
        triggers.Rule(
            "minutes_paperfile",
            "published",
            "The published file of a paper is final.",
            when="OLD.published_at IS NOT NULL",
            columns=("original", "original_sha256", "copy", "copy_sha256", "published_at", "version", "paper_id"),
        )
    )
    _protect_attendance()
    for page_class in (MeetingPage, AgendaItemPage, MinutePage, ResolutionPage):
        triggers.keep_records_of(page_class)


def _protect_attendance() -> None:
    """Who was at a meeting is part of its minutes."""
    triggers.protect(
        triggers.Rule(
            "minutes_attendance",
            "confirmed",
            "The attendance of a meeting is final once its minutes are confirmed.",
            asks="(SELECT status FROM minutes_meetingpage WHERE page_ptr_id = OLD.meeting_id) = 'confirmed'",
        )
    )
