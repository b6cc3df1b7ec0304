"""What governance adds to its own registries, in one list."""

from governance import publication, sweeping, tasks, timeline, triggers, waking
from governance.models import (
    ActionPage,
    BoardPage,
    CaseStudyPage,
    ProgressUpdatePage,
    StrategyPage,
    WorkshopPage,
    WorkstreamPage,
)
from governance.operations import comments, mail, progress, roles
from governance.timeline_events import events_of_action


def register() -> None:
    """Register everything, once, when the app is ready."""
    publication.register(ProgressUpdatePage, published=progress.follow_update, withdrawn=progress.follow_update)
    publication.register(ActionPage, published=progress.follow_action)
    publication.register(BoardPage, published=roles.follow_board)
    timeline.register(events_of_action)
    sweeping.register("comment senders", comments.forget_senders)
    sweeping.register("mail", mail.sweep_mail)
    waking.register_for_all(mail.WORK, tasks.wake_mail_worker)
    for page_class in (ActionPage, BoardPage, CaseStudyPage, ProgressUpdatePage, StrategyPage, WorkshopPage, WorkstreamPage):
        triggers.keep_records_of(page_class)
    triggers.protect(triggers.Rule("governance_ledgerentry", "always", "The ledger is only ever added to."))
    triggers.protect(triggers.Rule("governance_reference", "always", "A reference stands for ever."))
