"""That a report was asked for: of whom, and by when. None of it is public."""

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from minutes.models.papers import Paper


class PaperRequest(models.Model):
    """One asking for a paper that is to follow. Asked again, with another day or of somebody else, it is another row; the latest holds.

    Attributes:
        wanted_paper: what was asked for.
        name: of whom.
        email: where they were written to; empty where they were asked by other means. Erased once it is of no more use.
        due_on: by when the paper is to be here.
    """

    wanted_paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="requests", verbose_name=_("paper"))
    name = models.CharField(_("asked of"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    due_on = models.DateField(_("due"))
    note = models.TextField(_("a few words"), blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request for a paper")
        verbose_name_plural = _("requests for papers")
        ordering = ["wanted_paper", "asked_at", "pk"]

    def __str__(self) -> str:
        return _g("%(paper)s, asked of %(name)s") % {"paper": self.wanted_paper, "name": self.name}
