"""What is kept beside a minute: the corrections recorded of it, and the text that it was read from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections that may be shown."""

    def public(self) -> "CorrectionQuerySet":
        """Those of live minutes."""
        return self.filter(minute__live=True)


class Correction(models.Model):
    """A correction of a minute: resolved when it was confirmed, or recorded since. It is added; it never changes.

    Attributes:
        confirmation: the confirmation with which it was resolved, which put the new words into the minute; none for one that was
            recorded later, which leaves the minute as it was confirmed.
        reason: why; what was resolved at a meeting needs none.
    """

    minute = models.ForeignKey("minutes.MinutePage", on_delete=models.PROTECT, related_name="corrections")
    confirmation = models.ForeignKey(
        "minutes.Confirmation", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    old_words = models.TextField(_("the words as they were"))
    new_words = models.TextField(_("how they are to be read"))
    reason = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmation__isnull=False) | ~models.Q(reason=""), name="later_correction_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_words}: {self.new_words}"


class MinutesSource(models.Model):
    """The text that a minute was read from, as it came, so that nothing of it is lost and none is imported twice. Not public."""

    minute = models.OneToOneField("minutes.MinutePage", on_delete=models.PROTECT, related_name="source")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    file_name = models.CharField(max_length=250, blank=True)
    read_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source of a minute")

    def __str__(self) -> str:
        return self.file_name or self.sha256[:12]
