"""That the minutes of a meeting were agreed as a correct record: where, with which corrections, and who signed them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Confirmations that may be shown."""

    def public(self) -> "ConfirmationQuerySet":
        """Those of live meetings."""
        return self.filter(meeting__live=True)


class Confirmation(models.Model):
    """One confirmation of the minutes of a meeting (Local Government Act 1972, Schedule 12, paragraph 41). It never changes.

    Attributes:
        meeting: whose minutes they are.
        at_meeting: the meeting that agreed them; none where that is not kept in this system.
        item: the item of its agenda on which it did.
        presided_by: who presided there and signs them.
        signed_on: the day of the signature.
    """

    meeting = models.OneToOneField(
        "minutes.MeetingPage", on_delete=models.PROTECT, related_name="confirmation", verbose_name=_("minutes of")
    )
    at_meeting = models.ForeignKey(
        "minutes.MeetingPage", null=True, on_delete=models.PROTECT, related_name="confirmations", verbose_name=_("confirmed at")
    )
    item = models.ForeignKey(
        "minutes.AgendaItemPage", null=True, on_delete=models.PROTECT, related_name="confirmations", verbose_name=_("item")
    )
    presided_by = models.CharField(_("who presided and signed"), max_length=150, blank=True)
    signed_on = models.DateField(_("signed on"), null=True)
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of minutes")
        verbose_name_plural = _("confirmations of minutes")
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.meeting)


class DraftMinuteQuerySet(models.QuerySet["DraftMinute"]):
    """Drafts that may be shown."""

    def public(self) -> "DraftMinuteQuerySet":
        """Those of live minutes: the draft was public before they were confirmed."""
        return self.filter(minute__live=True)


class DraftMinute(models.Model):
    """The words of a minute as they were published as a draft, where it was confirmed with others. It never changes."""

    minute = models.OneToOneField(
        "minutes.MinutePage", on_delete=models.PROTECT, related_name="draft_words", verbose_name=_("minute")
    )
    text = models.TextField(blank=True)
    presented_by = models.TextField(blank=True)
    mover = models.CharField(max_length=150, blank=True)
    seconder = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = DraftMinuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("minute as published as a draft")
        verbose_name_plural = _("minutes as published as a draft")

    def __str__(self) -> str:
        return str(self.minute)


class AgendaCorrectionQuerySet(models.QuerySet["AgendaCorrection"]):
    """Corrections of agendas that may be shown."""

    def public(self) -> "AgendaCorrectionQuerySet":
        """Those of live items."""
        return self.filter(item__live=True)


class AgendaCorrection(models.Model):
    """A slip on a published agenda that was put right: what, when and by whom. It is shown on the item and never changes."""

    item = models.ForeignKey(
        "minutes.AgendaItemPage", on_delete=models.PROTECT, related_name="agenda_corrections", verbose_name=_("item")
    )
    old_words = models.CharField(_("the words as published"), max_length=200)
    new_words = models.CharField(_("how they read now"), max_length=200)
    at = models.DateTimeField(_("corrected at"))
    by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+")

    objects = AgendaCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an agenda")
        verbose_name_plural = _("corrections of agendas")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.old_words}: {self.new_words}"
