"""That the closed minute of an item was agreed as a correct record, in the closed part of a meeting."""

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.sealing import seal, unseal
from minutes.models.restricted import RestrictedPart


class ClosedConfirmationQuerySet(models.QuerySet["ClosedConfirmation"]):
    """Confirmations of closed minutes that the public is told of. It is told the day and nothing else."""

    def public(self) -> "ClosedConfirmationQuerySet":
        """Those of items that are public."""
        return self.filter(part__item__live=True)


class ClosedConfirmation(models.Model):
    """One confirmation of a closed minute (Local Government Act 1972, Schedule 12, paragraph 41). It never changes but for its seal.

    Attributes:
        sealed_draft: the closed minute as it was laid before the meeting, encrypted; what was confirmed stands in the part.
        is_corrected: whether the meeting put words right.
        at_meeting: the meeting that agreed it; none where that is not kept in this system.
        confirmed_on: the day, which is public.
    """

    part = models.OneToOneField(RestrictedPart, on_delete=models.PROTECT, related_name="+", verbose_name=_("part"))
    sealed_draft = models.TextField(editable=False)
    is_corrected = models.BooleanField(_("with corrections"), default=False)
    at_meeting = models.ForeignKey(
        "minutes.MeetingPage", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("confirmed at")
    )
    presided_by = models.CharField(_("who presided and signed"), max_length=150, blank=True)
    confirmed_on = models.DateField(_("confirmed on"))
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))

    wagtail_reference_index_ignore = True
    objects = ClosedConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of a closed minute")
        verbose_name_plural = _("confirmations of closed minutes")
        ordering = ["at"]

    def __str__(self) -> str:
        return _g("Confirmation of a closed minute")

    def draft(self) -> str:
        """The closed minute as it was laid before the meeting.

        Raises:
            CannotOpen: no key opens it.
        """
        return str(unseal(self.sealed_draft, of=self.part.item_id)["minute"])

    def keep_draft(self, minute: str) -> None:
        """Seal the minute as it was, to be saved with it."""
        self.sealed_draft = seal({"minute": minute}, of=self.part.item_id)
