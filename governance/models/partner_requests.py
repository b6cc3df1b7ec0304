"""What each organisation was asked to pass on and report back, and whether it did."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel


class PartnerRequestQuerySet(models.QuerySet["PartnerRequest"]):
    """Requests that may be shown."""

    def public(self) -> "PartnerRequestQuerySet":
        """Those of live actions."""
        return self.filter(action__live=True)


class PartnerRequest(models.Model):
    """One organisation asked to cascade something within itself and to report back."""

    action = models.ForeignKey(
        "governance.ActionPage", on_delete=models.PROTECT, related_name="partner_requests", verbose_name=_("action")
    )
    organisation = models.ForeignKey(
        "governance.Organisation", on_delete=models.PROTECT, related_name="partner_requests", verbose_name=_("organisation")
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("report due"), null=True, blank=True)
    report_to = models.CharField(_("report to"), max_length=200, blank=True, help_text=_("The board or a workstream."))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    cascaded_on = models.DateField(_("passed on within the organisation on"), null=True, blank=True)
    reported_on = models.DateField(_("reported back on"), null=True, blank=True)
    response = models.TextField(_("what it reported"), blank=True)

    objects = PartnerRequestQuerySet.as_manager()

    rights_of: ClassVar[str] = "action"

    panels = [
        FieldPanel("action"),
        FieldPanel("organisation"),
        FieldPanel("asked_on"),
        FieldPanel("due_on"),
        FieldPanel("report_to"),
        FieldPanel("acknowledged_on"),
        FieldPanel("cascaded_on"),
        FieldPanel("reported_on"),
        FieldPanel("response"),
    ]

    class Meta:
        verbose_name = _("request to a partner")
        verbose_name_plural = _("requests to partners")
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["action", "organisation"], name="each_partner_asked_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.action}"

    @property
    def state(self) -> str:
        """How far the organisation has come, in words."""
        if self.reported_on:
            return gettext("Reported back")
        if self.cascaded_on:
            return gettext("Passed on within the organisation")
        return gettext("Acknowledged") if self.acknowledged_on else gettext("Asked")
