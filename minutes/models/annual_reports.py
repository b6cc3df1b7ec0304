"""Annual reports: one board's year, put together in the background and kept, never made when it is read."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import private_storage
from minutes.annual.content import AnnualContent
from minutes.enums import ReportState


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    """Reports that may be shown."""

    def public(self) -> "AnnualReportQuerySet":
        """Those of live boards that have been put together."""
        return self.filter(board__live=True).exclude(file="")


class AnnualReport(models.Model):
    """The report of one board's year: what it says and its file. The row is the job, as with a pack.

    Attributes:
        content: what it says, as plain values; the public page shows it and the file prints it.
        content_sha256: of the content without its day. The same content is not printed again.
        as_at: the day the records were read that this content comes from.
        looked_at: when the records were last read, whether or not they had changed.
    """

    board = models.ForeignKey(
        "governance.BoardPage", on_delete=models.PROTECT, related_name="annual_reports", verbose_name=_("board")
    )
    year = models.CharField(_("year"), max_length=7)
    state = models.CharField(_("state"), max_length=20, choices=ReportState.choices, default=ReportState.WAITING, db_index=True)
    content: Any = models.JSONField(default=dict, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(storage=private_storage, upload_to="reports", max_length=250, blank=True)
    sha512 = models.CharField(max_length=128, blank=True)
    bytes = models.PositiveBigIntegerField(_("bytes"), null=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    as_at = models.DateField(_("as at"), null=True)
    looked_at = models.DateTimeField(_("looked at"), null=True)
    failure = models.TextField(_("why it failed"), blank=True)
    asked_at = models.DateTimeField(_("asked for at"))
    taken_up_at = models.DateTimeField(null=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["board", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["board", "year"], name="one_report_a_year"),
            models.CheckConstraint(
                condition=models.Q(file="", sha512="", content_sha256="", as_at__isnull=True)
                | (~models.Q(file="") & ~models.Q(sha512="") & ~models.Q(content_sha256="") & models.Q(as_at__isnull=False)),
                name="report_file_with_its_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.year}"

    @property
    def said(self) -> AnnualContent:
        """What it says.

        Raises:
            KeyError: it was kept by another version, and has not been put together anew yet.
        """
        return AnnualContent.from_plain(self.content)
