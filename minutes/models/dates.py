"""Days a meeting was to be held on before it moved, and boards that meet together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from minutes.models.meetings import MeetingPage


class FormerDateQuerySet(models.QuerySet["FormerDate"]):
    """Former days that may be shown."""

    def public(self) -> "FormerDateQuerySet":
        """Those of public meetings: each was public itself."""
        return self.filter(meeting__live=True)


class FormerDate(models.Model):
    """When a meeting was announced for before it moved. Only ever added, so that the trace stays."""

    meeting = models.ForeignKey(MeetingPage, on_delete=models.PROTECT, related_name="former_dates")
    starts_at = models.DateTimeField(_("was to start"))
    reason = models.TextField(_("why it moved"), blank=True)
    moved_at = models.DateTimeField(_("moved"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = FormerDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("former date")
        verbose_name_plural = _("former dates")
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.starts_at:%Y-%m-%d %H:%M}"


class JointBoard(Orderable):
    """A board that holds a meeting jointly with the one the meeting stands under. That one leads: its reference is the meeting's."""

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="joint_boards")
    board = models.ForeignKey(
        "governance.BoardPage", on_delete=models.PROTECT, related_name="joint_meetings", verbose_name=_("board")
    )

    panels = [PageChooserPanel("board", "governance.BoardPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("joint board")

    def __str__(self) -> Any:
        return str(self.board)

    def clean(self) -> None:
        """Refuse the board that leads.

        Raises:
            ValidationError: it is the board that the meeting stands under.
        """
        super().clean()
        if self.meeting_id and self.meeting.path.startswith(self.board.path):
            raise ValidationError({"board": _g("This board leads the meeting. Choose the other boards.")})
