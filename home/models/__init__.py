"""The front page, content pages, the statements that the law asks for, and alerts."""

from home.models.alerts import AlertLine, Announcement, AnnouncementKind, HowOften, Subscription, SubscriptionState
from home.models.pages import ContentPage, HomePage
from home.models.statements import AccessibilityStatementPage, PrivacyNoticePage

__all__ = [
    "AccessibilityStatementPage",
    "AlertLine",
    "Announcement",
    "AnnouncementKind",
    "ContentPage",
    "HomePage",
    "HowOften",
    "PrivacyNoticePage",
    "Subscription",
    "SubscriptionState",
]
