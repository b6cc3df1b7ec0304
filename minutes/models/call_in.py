"""The steps of a call-in, one row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.enums import CallIn


class CallInStepQuerySet(models.QuerySet["CallInStep"]):
    """Steps that may be shown."""

    def public(self) -> "CallInStepQuerySet":
        """Those of live resolutions."""
        return self.filter(resolution__live=True)


class CallInStep(models.Model):
    """One step of the call-in of a decision: what came of it, who took it, and why. It never changes."""

    resolution = models.ForeignKey(
        "minutes.ResolutionPage", on_delete=models.PROTECT, related_name="call_in_steps", verbose_name=_("resolution")
    )
    state = models.CharField(_("what came of it"), max_length=20, choices=CallIn.choices)
    who = models.CharField(_("who"), max_length=250)
    reason = models.TextField(_("why"))
    on = models.DateField(_("on"))
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CallInStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a call-in")
        verbose_name_plural = _("steps of call-ins")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.who}"
