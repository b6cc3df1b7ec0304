"""Who asked to be told, what there was to tell, and what each was told."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class HowOften(models.TextChoices):
    """How often somebody wants to hear."""

    AT_ONCE = "at_once", _("As soon as there is something new")
    DAILY = "daily", _("Once a day, at 7am, if there is something new")


class SubscriptionState(models.TextChoices):
    """Where a subscription stands. Nothing is sent before its reader has confirmed it."""

    WAITING = "waiting", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    ENDED = "ended", _("Ended")


class Subscription(models.Model):
    """That somebody wants to hear of a board, a workstream, an action or of everything.

    Attributes:
        address: erased when it ends; the row keeps only the fact.
        page: what it is about; None for everything.
        confirm_digest: the SHA-256 of the secret in the confirmation link.
        asked_from: a name for the place it was asked from, erased after a day.
    """

    address = models.EmailField(_("address"), blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.PROTECT, related_name="subscriptions", verbose_name=_("about")
    )
    often = models.CharField(_("how often"), max_length=20, choices=HowOften.choices, default=HowOften.AT_ONCE)
    state = models.CharField(
        _("state"), max_length=20, choices=SubscriptionState.choices, default=SubscriptionState.WAITING, db_index=True
    )
    confirm_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_from = models.CharField(max_length=32, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["asked_from", "asked_at"], name="subscriptions_from_a_place")]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                "page",
                name="one_open_subscription_to_a_page",
                condition=models.Q(page__isnull=False) & ~models.Q(state="ended"),
            ),
            models.UniqueConstraint(
                Lower("address"),
                name="one_open_subscription_to_everything",
                condition=models.Q(page__isnull=True) & ~models.Q(state="ended"),
            ),
            models.CheckConstraint(
                condition=models.Q(state="ended", address="", ended_at__isnull=False)
                | (~models.Q(state="ended") & ~models.Q(address="") & models.Q(ended_at=None)),
                name="an_ended_subscription_has_no_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(confirmed_at__isnull=False),
                name="a_confirmed_subscription_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page or _('Everything')}: {self.get_state_display()}"


class AnnouncementKind(models.TextChoices):
    """What sort of news there is."""

    UPDATE = "update", _("Progress update")
    CORRECTION = "correction", _("Correction")
    ACTION = "action", _("New action")
    WORKSHOP = "workshop", _("Workshop")
    AGENDA = "agenda", _("Agenda")
    MEETING = "meeting", _("Meeting")
    RECORD = "record", _("Minutes")
    CONFIRMED = "confirmed", _("Minutes confirmed")
    MINUTE_CORRECTED = "minute_corrected", _("Minutes corrected")


class Announcement(models.Model):
    """Something new that those who asked are to be told. The row is the job; it is committed with what it tells of.

    Attributes:
        at: when it happened; only those who had confirmed by then are told.
        due_at: when they are told: what is published piece by piece, such as an agenda, is told once it has settled.
        spread_to: the last subscription that has been dealt with, so that a dead worker's work is gone on with.
        spread_at: when everybody had been dealt with.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=20, choices=AnnouncementKind.choices)
    at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    spread_to = models.PositiveBigIntegerField(default=0)
    spread_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("announcement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind"], condition=models.Q(spread_at=None), name="one_announcement_waits_for_each_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page}"


class AlertLine(models.Model):
    """That a subscriber is to be told one thing, and the mail it is told in; none yet while it waits for the daily one."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="lines")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="lines")
    delivery = models.ForeignKey("governance.Delivery", null=True, on_delete=models.PROTECT, related_name="alert_lines")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("line of an alert")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["subscription", "announcement"], name="each_thing_is_told_once")]

    def __str__(self) -> str:
        return str(self.announcement)
