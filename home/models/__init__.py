"""The front page, content pages and alerts."""

from home.models.alerts import AlertLine, Announcement, AnnouncementKind, HowOften, Subscription, SubscriptionState
from home.models.pages import ContentPage, HomePage

__all__ = [
    "AlertLine",
    "Announcement",
    "AnnouncementKind",
    "ContentPage",
    "HomePage",
    "HowOften",
    "Subscription",
    "SubscriptionState",
]
