"""What governance adds to its own registries, in one list."""

from governance import (
    mailing,
    needs_doing,
    needs_of_promises,
    owing,
    places,
    publication,
    sweeping,
    tasks,
    timeline,
    triggers,
    waking,
)
from governance.models import (
    ActionPage,
    BoardPage,
    CaseStudyPage,
    ProgressUpdatePage,
    StrategyPage,
    WorkshopPage,
    WorkstreamPage,
)
from governance.operations import comments, mail, moderation, offers, partner_links, progress, reminding, roles
from governance.timeline_events import events_of_action


def register() -> None:
    """Register everything, once, when the app is ready."""
    publication.register(ProgressUpdatePage, published=progress.follow_update, withdrawn=progress.follow_withdrawal)
    publication.register(ProgressUpdatePage, published=moderation.keep_credited_words)
    publication.register(ProgressUpdatePage, published=offers.keep_offered_words)
    publication.register(ActionPage, published=progress.follow_action)
    publication.register(ActionPage, published=roles.follow_action, withdrawn=roles.follow_action)
    publication.register(BoardPage, published=roles.follow_board)
    timeline.register(events_of_action)
    sweeping.register("mail", mail.sweep_mail)
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
    for page_class in (ActionPage, BoardPage, CaseStudyPage, ProgressUpdatePage, StrategyPage, WorkshopPage, WorkstreamPage):
        triggers.keep_records_of(page_class)
    triggers.protect(triggers.Rule("governance_ledgerentry", "always", "The ledger is only ever added to."))
    triggers.protect(triggers.Rule("governance_reference", "always", "A reference stands for ever."))
