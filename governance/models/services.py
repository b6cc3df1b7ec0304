"""Services and each year's answer to the question: could this be co-produced?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from governance.enums import Suitability


class Service(models.Model):
    """A service that an organisation runs."""

    name = models.CharField(_("service"), max_length=200)
    organisation = models.ForeignKey(
        "governance.Organisation", on_delete=models.PROTECT, related_name="services", verbose_name=_("organisation")
    )
    description = models.TextField(_("what it does"), blank=True)
    next_review_on = models.DateField(_("next review due"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("organisation"),
        FieldPanel("description"),
        FieldPanel("next_review_on"),
        FieldPanel("ended_on"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["organisation__name", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="service_named_once")]

    def __str__(self) -> str:
        return self.name


class SuitabilityReviewQuerySet(models.QuerySet["SuitabilityReview"]):
    """Reviews that may be shown."""

    def public(self) -> "SuitabilityReviewQuerySet":
        """All of them: an organisation judges in public, with its reason."""
        return self.all()


class SuitabilityReview(models.Model):
    """An organisation's judgement, in one year, of whether a service could be co-produced."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("service"))
    year = models.PositiveSmallIntegerField(_("year"))
    verdict = models.CharField(_("judgement"), max_length=20, choices=Suitability.choices)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Shown to the public. Needed when it is not suitable."))
    reviewed_on = models.DateField(_("reviewed on"))
    action = models.ForeignKey(
        "governance.ActionPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suitability_reviews",
        verbose_name=_("action that followed"),
    )

    objects = SuitabilityReviewQuerySet.as_manager()

    panels = [
        FieldPanel("service"),
        FieldPanel("year"),
        FieldPanel("verdict"),
        FieldPanel("reason"),
        FieldPanel("reviewed_on"),
        FieldPanel("action"),
    ]

    class Meta:
        verbose_name = _("suitability review")
        verbose_name_plural = _("suitability reviews")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["service", "year"], name="one_review_a_year"),
            models.CheckConstraint(
                condition=~models.Q(verdict="not_suitable") | ~models.Q(reason=""),
                name="not_suitable_needs_a_reason",
                violation_error_message=_("Say publicly why the service is not suitable."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.year}: {self.get_verdict_display()}"
