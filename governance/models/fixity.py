"""Whether the files that records keep are still what they were when they were stored."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class FixityResult(models.TextChoices):
    """What the last look at a file found."""

    SAME = "same", _("As it was")
    CHANGED = "changed", _("Changed")
    MISSING = "missing", _("Missing")
    UNTRACKED = "untracked", _("Belongs to no record")


class FixityRound(models.Model):
    """One look at every file. It is made in pieces, so that a worker does other things meanwhile.

    Attributes:
        counts: how many files were found in each state.
    """

    started_at = models.DateTimeField(_("begun at"))
    finished_at = models.DateTimeField(_("ended at"), null=True)
    counts: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("look at all files")
        verbose_name_plural = _("looks at all files")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"


class FileOnRecord(models.Model):
    """A stored file as it was found last.

    Attributes:
        sha256: what it was when it was first looked at.
    """

    store = models.CharField(max_length=20)
    name = models.CharField(_("file"), max_length=500)
    what = models.CharField(_("belongs to"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    result = models.CharField(_("found"), max_length=20, choices=FixityResult.choices, db_index=True)
    checked_at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["store", "name"]
        constraints = [models.UniqueConstraint(fields=["store", "name"], name="stored_file_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_result_display()}"
