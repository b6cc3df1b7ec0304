"""What each organisation was asked for, whether news or to pass something on and report back, and whether it answered."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from governance.enums import RequestKind, RequestOutcome
from governance.partner_rules import is_outstanding, request_words


class PartnerRequestQuerySet(models.QuerySet["PartnerRequest"]):
    """Requests that may be shown."""

    def public(self) -> "PartnerRequestQuerySet":
        """Those of live actions."""
        return self.filter(action__live=True)


class PartnerRequest(models.Model):
    """One organisation asked for news of an action, or to cascade something within itself and to report back."""

    kind = models.CharField(_("asked for"), max_length=20, choices=RequestKind.choices, default=RequestKind.CASCADE)
    action = models.ForeignKey(
        "governance.ActionPage", on_delete=models.PROTECT, related_name="partner_requests", verbose_name=_("action")
    )
    organisation = models.ForeignKey(
        "governance.Organisation", on_delete=models.PROTECT, related_name="partner_requests", verbose_name=_("organisation")
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    report_to = models.CharField(_("report to"), max_length=200, blank=True, help_text=_("The board or a workstream."))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    cascaded_on = models.DateField(_("passed on within the organisation on"), null=True, blank=True)
    reported_on = models.DateField(_("reported back on"), null=True, blank=True)
    response = models.TextField(_("what it reported"), blank=True)
    closed_as = models.CharField(_("answered with"), max_length=20, choices=RequestOutcome.choices, blank=True, editable=False)

    objects = PartnerRequestQuerySet.as_manager()

    rights_of: ClassVar[str] = "action"

    panels = [
        FieldPanel("kind"),
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
        constraints = [
            models.UniqueConstraint(
                fields=["action", "organisation"],
                condition=models.Q(kind=RequestKind.CASCADE),
                name="each_partner_asked_once",
                violation_error_message=_("This organisation has been asked already."),
            ),
            models.UniqueConstraint(
                fields=["action", "organisation"],
                condition=models.Q(kind=RequestKind.NEWS, reported_on=None),
                name="one_open_wish_for_news",
                violation_error_message=_("This organisation has been asked for news and has not answered yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.action}"

    @property
    def state(self) -> str:
        """How far the organisation has come, as a sentence, by today's date."""
        return request_words(self, timezone.localdate())

    @property
    def is_outstanding(self) -> bool:
        """Whether its answer is overdue today."""
        return is_outstanding(self, timezone.localdate())
