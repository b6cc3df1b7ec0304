"""What the front door adds to the registries of the apps below, in one list."""

from allauth.mfa.signals import authentication_failed, authenticator_used

from governance import following, mailing, needs_doing, places, retention, sweeping, waking
from home import log_in_limits, needs_of_site, placed, tasks
from home.emergency_looks import LOOKS
from home.operations import announcing, digests, letters, subscribing
from home.retention import kept_by_home
from minutes import emergencies


def register() -> None:
    """Register everything, once, when the app is ready."""
    following.register(announcing.announce)
    waking.register_for_all(announcing.WORK, tasks.wake_alerts_worker)
    sweeping.register("announcements", announcing.spread_announcements)
    sweeping.register("daily mails", digests.send_digests)
    sweeping.register("unconfirmed subscriptions", subscribing.forget_unconfirmed)
    mailing.register(announcing.KIND, announcing.why_not_alert)
    mailing.register(digests.KIND, digests.why_not_daily)
    mailing.register(subscribing.KIND, subscribing.why_not_confirmation)
    waking.register(letters.WORK, tasks.wake_letter_worker)
    following.register(letters.follow_update)
    retention.register(kept_by_home)
    needs_doing.register(needs_of_site.statements_to_fill)
    places.register("update.told", "home/pieces/told.html", lambda record, request: {})
    places.register("page.head", "home/pieces/feed_links.html", placed.links_of)
    places.register("page.alerts", "home/pieces/alerts.html", placed.alerts_about)
    for channel, look in LOOKS.items():
        emergencies.lookers.add(channel, look)
    authentication_failed.connect(log_in_limits.count_wrong_code, dispatch_uid="wrong code")
    authenticator_used.connect(log_in_limits.forget_wrong_codes, dispatch_uid="right code")
