"""That somebody asked for a draft to be approved, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApprovalRequest(models.Model):
    """A draft that waits for somebody else to approve it."""

    # A draft that was never public may be deleted, and what was asked about it goes with it.
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="approval_requests")
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("decided"), null=True)
    closed_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=models.Q(closed_at=None), name="asked_once_for_approval")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.asked_at:%Y-%m-%d}"
