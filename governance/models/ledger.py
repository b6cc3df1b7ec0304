"""The book of what was done to public records, by whom and when. Entries are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEvent(models.TextChoices):
    """What an entry of the ledger tells."""

    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Published again, changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ADOPTED = "adopted", _("Adopted")
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Corrected")
    ISSUED = "issued", _("Issued")
    LINKED = "linked", _("Linked")
    STATUS = "status", _("Status set")


class LedgerEntry(models.Model):
    """One thing done to one record."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="ledger_entries")
    event = models.CharField(max_length=20, choices=LedgerEvent.choices)
    reference = models.CharField(max_length=120, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_event_display()}"
