"""What minutes adds to the registries of governance, in one list."""

from governance import (
    card_notes,
    chain,
    completion,
    following,
    kept_files,
    mailing,
    needs_doing,
    owing,
    places,
    publication,
    queues,
    seldom_filled,
    sweeping,
    timeline,
    triggers,
    waking,
)
from governance.models import ActionPage, BoardPage, ProgressUpdatePage, WorkshopPage
from minutes import (
    emergencies,
    needs_of_meetings,
    needs_of_records,
    page_lists,
    placed,
    public_record,
    restricted_registrations,
    tasks,
    waiting,
)
from minutes import kept_files as files
from minutes.annual.sections import KINDS as ANNUAL_REPORT
from minutes.emergencies import Channel
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, PublicQuestion, ResolutionPage
from minutes.operations import (
    adoption,
    agendas,
    annual_reports,
    calendars,
    checking,
    dispatching,
    draft_rounds,
    emergency,
    emergency_channels,
    minuting,
    pack_files,
    pack_freshness,
    packing,
    paper_files,
    paper_requests,
    planning,
    questions,
    reminding,
    work_folders,
)
from minutes.packs import registry
from minutes.packs.decision_sections import DECISIONS
from minutes.timeline_events import events_of_decisions, events_of_discussion, origins_of
from minutes.waiting_decisions import waiting_decisions

WORDS_OF_A_RESOLUTION = (
    "label",
    "stem",
    "text",
    "verbs",
    "outcome",
    "adopted_at",
    "recommended_to",
    "supersedes_id",
    "supersedes_how",
    "urgent_because",
)
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

ADDED_ONLY = (
    "minutes_confirmation",
    "minutes_draftminute",
    "minutes_correction",
    "minutes_agendacorrection",
    "minutes_callinstep",
    "minutes_questioncorrection",
)
"""Tables whose rows are added and never changed: what was done to minutes and agendas afterwards."""


RULES = (
    triggers.Rule(
        "minutes_resolutionpage",
        "adopted",
        "An adopted resolution is final.",
        when="OLD.adopted_at IS NOT NULL",
        columns=WORDS_OF_A_RESOLUTION,
    ),
    triggers.Rule(
        "minutes_resolutionpage",
        "ended",
        "What ended a resolution stays recorded.",
        when="OLD.ended_by_id IS NOT NULL",
        columns=("ended_by_id", "ended_at", "standing"),
    ),
    triggers.Rule(
        "minutes_resolutionpage",
        "answered",
        "The answer of another body stays recorded.",
        when="OLD.answered_on IS NOT NULL",
        columns=("answer_to_recommendation", "answered_on"),
    ),
    triggers.Rule(
        "minutes_minutepage",
        "confirmed",
        "A confirmed minute is final.",
        when="OLD.confirmed_at IS NOT NULL",
        columns=WORDS_OF_A_MINUTE,
    ),
    triggers.Rule(
        "minutes_pack",
        "issued",
        "An issued pack is final.",
        when="OLD.issued_at IS NOT NULL",
        columns=WORDS_OF_A_PACK,
    ),
    triggers.Rule(
        "minutes_paperfile",
        "published",
        "The published file of a paper is final.",
        when="OLD.published_at IS NOT NULL",
        columns=("original", "original_sha256", "copy", "copy_sha256", "published_at", "version", "paper_id"),
    ),
    triggers.Rule(
        "minutes_emergencywithdrawal",
        "always",
        "That something was taken out at once stays recorded.",
        columns=("target", "meeting_id", "item_id", "taken_paper_id", "pack_id", "reason", "pressed_at", "by_id", "taken"),
    ),
    triggers.Rule(
        "minutes_paperrequest",
        "added",
        "That a report was asked for stays recorded.",
        columns=("wanted_paper_id", "name", "due_on", "note", "asked_at", "asked_by_id"),
    ),
    triggers.Rule(
        "minutes_attendance",
        "confirmed",
        "The attendance of a meeting is final once its minutes are confirmed.",
        asks="(SELECT status FROM minutes_meetingpage WHERE page_ptr_id = OLD.meeting_id) = 'confirmed'",
    ),
)
"""What the database itself refuses of rows that become final."""


def register() -> None:
    """Register everything, once, when the app is ready."""
    publication.register(ResolutionPage, published=adoption.follow_resolution)
    publication.register(MinutePage, published=minuting.follow_minute, withdrawn=minuting.follow_minute)
    publication.register(MeetingPage, published=planning.follow_announcement)
    name_what_is_seldom_filled()
    page_lists.gather_lists()
    publication.register(AgendaItemPage, published=agendas.follow_item)
    owing.register(reminding.reports_owed)
    for source in (*needs_of_meetings.SOURCES, *needs_of_records.SOURCES):
        needs_doing.register(source)
    _tell_of_actions()
    following.register(calendars.follow_meeting)
    _fill_places()
    registry.register(DECISIONS)
    for kind in ANNUAL_REPORT:
        registry.register(kind)
    kept_files.register(files.files_of_papers)
    kept_files.register(files.files_of_packs)
    kept_files.register(files.files_of_reports)
    queues.register("packs", waiting.packs_waiting)
    queues.register("checks of papers", waiting.checks_waiting)
    mailing.register(dispatching.KIND, dispatching.why_not_dispatch)
    mailing.register(draft_rounds.KIND, draft_rounds.why_not_tell)
    mailing.register(paper_requests.KIND, paper_requests.why_not_ask)
    waking.register(packing.WORK, tasks.wake_pack_worker)
    waking.register(paper_files.WORK, tasks.wake_paper_worker)
    waking.register(annual_reports.WORK, tasks.wake_report_worker)
    for page_class in (ActionPage, ProgressUpdatePage, WorkshopPage, MeetingPage, AgendaItemPage, ResolutionPage):
        publication.register(page_class, withdrawn=annual_reports.follow_withdrawal)
    _sweep()
    _protect()
    _keep_questions()
    _empty_channels()
    restricted_registrations.register()


def _empty_channels() -> None:
    """How the channels that minutes knows are emptied in an emergency. Feeds, search and sitemap read what is live."""
    emergencies.takers.add(Channel.PAGES, emergency_channels.take_out_pages)
    emergencies.takers.add(Channel.PACKS, emergency_channels.take_out_packs)
    emergencies.takers.add(Channel.FILES, emergency_channels.take_out_files)
    emergencies.takers.add(Channel.MAILS, emergency_channels.take_out_mails)
    emergencies.lookers.add(Channel.MAILS, emergency_channels.mails_left)
    sweeping.register("emergency withdrawals", emergency.look_again)


def _tell_of_actions() -> None:
    """What minutes knows of an action: its story, where it comes from, whether its decision waits, and what closed it."""
    timeline.register(events_of_decisions)
    timeline.register(events_of_discussion)
    chain.register(origins_of)
    card_notes.register(waiting_decisions)
    completion.register(public_record.is_closed_by_resolution)


def _sweep() -> None:
    """What the worker looks after between tasks."""
    sweeping.register("packs", packing.take_up_left_packs)
    sweeping.register("rendered sections", packing.prune_sections)
    sweeping.register("packs that are out of date", pack_freshness.compare_packs)
    sweeping.register("files of packs", pack_files.prune_files)
    sweeping.register("files of papers", checking.take_up_left_files)
    sweeping.register("stored files of papers", paper_files.prune_paper_files)
    sweeping.register("published files to check again", checking.recheck_published)
    sweeping.register("folders of checks", work_folders.prune_work)
    sweeping.register("annual reports", annual_reports.ask_for_due_reports)
    sweeping.register("contacts of questions", questions.forget_contacts)
    sweeping.register("addresses of authors", paper_requests.forget_addresses)


def _fill_places() -> None:
    """What stands in the named places of governance's pages."""
    places.register("board.meetings", "minutes/pieces/board_meetings.html", placed.meetings_of_board)
    places.register("board.meetings", "minutes/pieces/board_programme.html", placed.programme_of_board)
    places.register("board.meetings", "minutes/pieces/joint_promises.html", placed.joint_promises_of_board)
    places.register("board.reports", "minutes/pieces/board_reports.html", placed.reports_of_board)
    places.register("boards.meetings", "minutes/pieces/next_meetings.html", placed.meetings_of_all)
    places.register("action.origin", "minutes/pieces/action_origin.html", placed.origin_of_action)
    places.register("board.admin_steps", "minutes/admin/board_steps.html", lambda record, request: {})
    places.register("board.admin_steps", "minutes/admin/board_programme.html", lambda record, request: {})
    places.register("item.admin_steps", "minutes/admin/item_preparation.html", lambda record, request: {})
    places.register("item.admin_steps", "minutes/admin/item_room.html", lambda record, request: {})
    places.register("meeting.admin_steps", "minutes/admin/meeting_steps.html", lambda record, request: {})


def _protect() -> None:
    """What the database itself refuses."""
    added_only = [triggers.Rule(table, "added", "This entry of the record is final.") for table in ADDED_ONLY]
    for rule in (*RULES, *added_only):
        triggers.protect(rule)
    for page_class in (MeetingPage, AgendaItemPage, MinutePage, ResolutionPage):
        triggers.keep_records_of(page_class)


def _keep_questions() -> None:
    """What the public was shown of a question stays: its words once accepted, the answer and the reply once given."""
    table = PublicQuestion._meta.db_table
    words = ("text", "subject", "asked_by", "kind", "signatures", "received_on", "meeting_id")
    answer = ("answer", "answered_on", "declined_for", "words_shown", "supplementary", "supplementary_answer", "reply_due_on")
    seen = "OLD.state IN ('accepted', 'answered', 'declined')"
    triggers.protect(
        triggers.Rule(table, "seen", "A question that was shown keeps its words.", when=seen, columns=words, forbid_delete=True)
    )
    settled = "OLD.state IN ('answered', 'declined')"
    triggers.protect(
        triggers.Rule(
            table,
            "settled",
            "An answer that was given is final.",
            when=settled,
            columns=("state", *answer),
            forbid_delete=False,
        )
    )
    replied = "OLD.replied_on IS NOT NULL"
    triggers.protect(
        triggers.Rule(
            table, "replied", "A written reply is final.", when=replied, columns=("reply", "replied_on"), forbid_delete=False
        )
    )


def name_what_is_seldom_filled() -> None:
    """The lists that most pages of meetings leave empty."""
    of_meetings = ("joint_boards", "former_dates", "agenda_sections", "questions", "attendances")
    seldom_filled.register(MeetingPage, "alternatives", *of_meetings)
    carried = ("carried_to", "carried_to_programme")
    of_items = ("presenters", "papers", "packs", "agenda_corrections", "confirmations", "points", *carried)
    seldom_filled.register(AgendaItemPage, "alternatives", *of_items)
    seldom_filled.register(MinutePage, "alternatives", "amendments", "corrections", "interests", "votes")
    seldom_filled.register(ResolutionPage, "alternatives")
    seldom_filled.register(BoardPage, "annual_reports", "joint_meetings", "programme")
