"""The steps of an action that people can see done, and the updates that say so."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class Milestone(Orderable):
    """A step of an action that people can see done. The day it was done follows from the published updates, never typed."""

    action = ParentalKey("governance.ActionPage", on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, editable=False)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("due_on")])]

    class Meta(Orderable.Meta):
        verbose_name = _("milestone")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is typed. The day it was done stays as the row has it, whatever a draft or an old version says."""
        row = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        self.done_on = row.done_on if row else None
        super().save(*args, **kwargs)


class MilestoneDone(Orderable):
    """That an update reports a milestone as done. It counts while the update is public and nothing corrects it."""

    update = ParentalKey("governance.ProgressUpdatePage", on_delete=models.CASCADE, related_name="milestones_done")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="+", verbose_name=_("milestone"))
    done_on = models.DateField(_("done on"))

    panels = [FieldRowPanel([FieldPanel("milestone"), FieldPanel("done_on")])]

    class Meta(Orderable.Meta):
        verbose_name = _("milestone done")
        verbose_name_plural = _("milestones done")
        constraints = [models.UniqueConstraint(fields=["update", "milestone"], name="milestone_done_once_in_an_update")]

    def __str__(self) -> str:
        return str(self.milestone)
