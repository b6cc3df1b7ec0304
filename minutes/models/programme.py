"""The work programme: business that is to come to a board, and the steps of its making that are ticked off."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from governance.enums import Purpose
from governance.models import BoardPage
from minutes.models.agenda import AgendaItemPage
from minutes.models.meetings import MeetingPage
from minutes.models.resolutions import ResolutionPage


class ProgrammeEntryQuerySet(models.QuerySet["ProgrammeEntry"]):
    """Entries that may be shown, or are still to be placed."""

    def public(self) -> "ProgrammeEntryQuerySet":
        """Those marked public, of boards that show what is coming."""
        return self.filter(is_public=True, board__live=True, board__publishes_programme=True)

    def waiting(self) -> "ProgrammeEntryQuerySet":
        """Those that are on no agenda yet and were not dropped."""
        return self.filter(item=None, dropped_because="")


class ProgrammeEntry(models.Model):
    """Something that is to come before a board and is on no agenda yet."""

    board = models.ForeignKey(BoardPage, on_delete=models.PROTECT, related_name="programme", verbose_name=_("board"))
    title = models.CharField(_("title"), max_length=200)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices, default=Purpose.DISCUSSION)
    about = models.TextField(_("what it is about"), blank=True)
    lead = models.CharField(_("author of the report"), max_length=200, blank=True)
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    meeting = models.ForeignKey(
        MeetingPage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programme",
        verbose_name=_("planned for the meeting"),
    )
    comes_back_from = models.ForeignKey(
        MeetingPage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comes_back",
        verbose_name=_("comes back from the meeting"),
    )
    because_of = models.ForeignKey(
        ResolutionPage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comes_back",
        verbose_name=_("because of the resolution"),
    )
    carried_from = models.ForeignKey(
        AgendaItemPage,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="carried_to_programme",
        verbose_name=_("carried over from"),
    )
    is_key_decision = models.BooleanField(
        _("key decision"), default=False, help_text=_("Executive boards only: 28 clear days in the forward plan.")
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Shown under “What is coming” where the board shows its programme.")
    )
    public_since = models.DateField(null=True, editable=False)
    dropped_because = models.TextField(_("why it does not come"), blank=True)
    item = models.OneToOneField(
        AgendaItemPage, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="programme_entry"
    )

    objects = ProgrammeEntryQuerySet.as_manager()

    rights_of: ClassVar[str] = "board"

    panels = [
        FieldPanel("board"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("wanted_by")]),
        FieldPanel("about"),
        FieldPanel("lead"),
        PageChooserPanel("meeting", "minutes.MeetingPage"),
        PageChooserPanel("comes_back_from", "minutes.MeetingPage"),
        PageChooserPanel("because_of", "minutes.ResolutionPage"),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("is_key_decision")]),
        FieldPanel("dropped_because"),
    ]

    class Meta:
        verbose_name = _("entry of the work programme")
        verbose_name_plural = _("work programme")
        ordering = ["wanted_by", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the day it first became public: for a key decision the 28 days count from then."""
        if self.is_public and self.public_since is None:
            self.public_since = timezone.localdate()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a meeting of another board.

        Raises:
            ValidationError: the meeting stands under another board.
        """
        super().clean()
        if self.meeting and self.board_id and not self.meeting.path.startswith(self.board.path):
            raise ValidationError({"meeting": _g("Choose a meeting of the same board.")})


class Clearance(models.Model):
    """That a step in the making of an item's report is done, and who said so."""

    item = models.ForeignKey(AgendaItemPage, on_delete=models.PROTECT, related_name="clearances", verbose_name=_("item"))
    step = models.CharField(_("step"), max_length=80)
    at = models.DateTimeField(_("done"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "step"], name="each_step_is_ticked_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.step}"
