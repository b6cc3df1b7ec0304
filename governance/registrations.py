"""What governance adds to its own registries, in one list."""

from governance import approving as approval
from governance import (
    generations,
    installation,
    kept_files,
    mailing,
    needs_doing,
    needs_of_promises,
    offices,
    owing,
    page_lists,
    places,
    publication,
    queues,
    removing,
    retention,
    seldom_filled,
    sweeping,
    tasks,
    timeline,
    triggers,
    uploads,
    waking,
)
from governance.content_files import files_of_content
from governance.models import (
    ActionPage,
    BoardPage,
    CaseStudyPage,
    MilestoneDone,
    ProgressUpdatePage,
    RecordPage,
    RemovalKind,
    StrategyPage,
    WorkshopPage,
    WorkstreamPage,
)
from governance.offices import sits_or_works_here
from governance.operations import (
    approving,
    carrying_out_removals,
    checkpoints,
    comments,
    fixity,
    mail,
    moderation,
    offers,
    partner_links,
    person_requests,
    progress,
    publishing,
    pulse,
    redacting,
    reminding,
    roles,
)
from governance.retention_of_people import kept_by_governance
from governance.timeline_events import events_of_action


def register() -> None:
    """Register everything, once, when the app is ready."""
    approval.register(approving.check_form)
    approval.register(publishing.check_not_taken_out)
    name_what_is_seldom_filled()
    page_lists.gather_lists()
    publication.register(RecordPage, published=publishing.refuse_taken_out)
    publication.register(RecordPage, published=approving.follow_publication)
    publication.register(ProgressUpdatePage, published=progress.follow_update, withdrawn=progress.follow_withdrawal)
    publication.register(ProgressUpdatePage, published=moderation.keep_credited_words)
    publication.register(ProgressUpdatePage, published=offers.keep_offered_words)
    publication.register(ActionPage, published=progress.follow_action)
    publication.register(ActionPage, published=roles.follow_action, withdrawn=roles.follow_action)
    publication.register(BoardPage, published=roles.follow_board)
    timeline.register(events_of_action)
    sweeping.register("pulse", pulse.tell_alive)
    sweeping.register("mail", mail.sweep_mail)
    sweeping.register("uploads", uploads.prune_uploads)
    queues.register("tasks", installation.tasks_waiting)
    queues.register("mail", installation.mail_waiting)
    needs_doing.register(installation.needs_of_the_installation)
    kept_files.register(files_of_content)
    sweeping.register("stored files", fixity.sweep_files)
    sweeping.register("checkpoint of the ledger", checkpoints.sweep_checkpoint)
    sweeping.register("reminders", reminding.remind)
    for source in needs_of_promises.SOURCES:
        needs_doing.register(source)
    owing.register(reminding.requests_owed)
    owing.register(reminding.news_owed)
    mailing.register(partner_links.KIND, partner_links.why_link_is_not_sent)
    mailing.register(reminding.KIND, reminding.why_reminder_is_not_sent)
    places.register("action.admin_steps", "governance/admin/asking_steps.html", lambda record, request: {})
    waking.register_for_all(mail.WORK, tasks.wake_mail_worker)
    sweeping.register("comment senders", comments.forget_senders)
    sweeping.register("public changes", generations.count_changes)
    offices.register(sits_or_works_here)
    retention.register(kept_by_governance)
    sweeping.register("who asked about themselves", person_requests.forget_who_asked)
    remove_words_in_the_background()
    keep_records()


def remove_words_in_the_background() -> None:
    """Who carries out which removal of words, and who takes up what was left."""
    waking.register(carrying_out_removals.WORK, tasks.wake_removal_worker)
    sweeping.register("removals of words", carrying_out_removals.take_up_left_removals)
    removing.carriers.add(RemovalKind.REDACT, redacting.redact)
    removing.carriers.add(RemovalKind.PERSON, person_requests.carry_out_redaction)


def keep_records() -> None:
    """What the database itself refuses."""
    for page_class in (ActionPage, BoardPage, CaseStudyPage, ProgressUpdatePage, StrategyPage, WorkshopPage, WorkstreamPage):
        triggers.keep_records_of(page_class)
    keep_words_of_updates()
    triggers.protect(triggers.Rule("governance_ledgerentry", "always", "The ledger is only ever added to."))
    triggers.protect(triggers.Rule("governance_ledgerchain", "always", "A ledger stands for ever."))
    triggers.protect(triggers.Rule("governance_ledgercheckpoint", "always", "A checkpoint stands for ever."))
    triggers.protect(triggers.Rule("governance_reference", "always", "A reference stands for ever."))
    triggers.protect(triggers.Rule("governance_ledgererasure", "always", "What was erased of the ledger stays recorded."))
    triggers.protect(
        triggers.Rule("governance_removal", "kept", "That words were removed stays recorded.", forbid_update=False)
    )
    settled = "OLD.settled_at IS NOT NULL"
    triggers.protect(
        triggers.Rule("governance_removal", "settled", "A settled removal is final.", when=settled, forbid_delete=False)
    )


def keep_words_of_updates() -> None:
    """What people were told of an action stays as it was, in the database too, for as long as it is public."""
    table, own = ProgressUpdatePage._meta.db_table, {field.column for field in ProgressUpdatePage._meta.local_fields}
    words = tuple(name for name in ProgressUpdatePage.frozen_fields if name in own)
    triggers.keep_words_while_public(table, "words", words, page="page_ptr_id")
    of_an_update = f'EXISTS (SELECT 1 FROM "{table}" WHERE page_ptr_id = OLD."id")'  # noqa: S608 (names of our own)
    triggers.keep_words_while_public("wagtailcore_page", "title_of_update", ("title",), page="id", asks=of_an_update)
    done = MilestoneDone._meta.db_table
    triggers.keep_words_while_public(done, "said", ("update_id", "milestone_id", "done_on"), page="update_id")
    triggers.keep_words_while_public(done, "kept", (), page="update_id")


def name_what_is_seldom_filled() -> None:
    """The lists that most pages of boards, actions and their news leave empty."""
    said = ("points", "comments", "standards", "involvements")
    of_actions = ("evidence", "milestones", "partners", "partner_requests", "suitability_reviews", *said)
    seldom_filled.register(ActionPage, "alternatives", *of_actions)
    seldom_filled.register(ProgressUpdatePage, "alternatives", "corrected_by", "milestones_done")
    seldom_filled.register(BoardPage, "alternatives", "quorum_groups")
    seldom_filled.register(WorkstreamPage, "alternatives")
