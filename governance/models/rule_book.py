"""Rows of a board's rule book: days that do not count, steps before the agenda, business of every year, categories of interest."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from governance.enums import Nation
from governance.models.boards import BoardPage


class FreeDay(models.Model):
    """A day that does not count as notice besides the bank holidays, such as a day of mourning, of a nation or of one board."""

    day = models.DateField(_("day"))
    name = models.CharField(_("what it is"), max_length=120)
    nation = models.CharField(
        _("nation"), max_length=20, choices=Nation.choices, blank=True, help_text=_("Leave empty for all four.")
    )
    board = models.ForeignKey(
        BoardPage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="free_days",
        verbose_name=_("only for the board"),
    )

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("name")]), FieldPanel("nation"), FieldPanel("board")]

    class Meta:
        verbose_name = _("day that does not count")
        verbose_name_plural = _("days that do not count")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "nation"],
                condition=models.Q(board=None),
                name="one_free_day_of_a_nation",
                violation_error_message=_("That day is in the list already."),
            ),
            models.UniqueConstraint(
                fields=["day", "board"],
                condition=models.Q(board__isnull=False),
                name="one_free_day_of_a_board",
                violation_error_message=_("That day is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()}: {self.name}"


class PreparationStep(Orderable):
    """A step in the making of a report, counted back from the day the agenda goes out."""

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="preparation_steps")
    name = models.CharField(_("step"), max_length=80, help_text=_("Such as “Draft report” or “Cleared by finance”."))
    days_before = models.PositiveSmallIntegerField(
        _("working days before the agenda goes out"), default=5, validators=[MaxValueValidator(120)]
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("days_before")])]

    class Meta(Orderable.Meta):
        verbose_name = _("step before the agenda goes out")

    def __str__(self) -> str:
        return self.name


class YearlyBusiness(Orderable):
    """Business that comes to a board once a year, in the same month."""

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="yearly_business")
    month = models.PositiveSmallIntegerField(
        _("month"), choices=list(MONTHS.items()), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    title = models.CharField(_("what comes"), max_length=200)

    panels = [FieldRowPanel([FieldPanel("month"), FieldPanel("title")])]

    class Meta(Orderable.Meta):
        verbose_name = _("business of every year")

    def __str__(self) -> Any:
        return self.title


class InterestCategory(Orderable):
    """A category of interest that members declare, by the body's own code of conduct."""

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="interest_categories")
    name = models.CharField(_("category"), max_length=120)

    panels = [FieldPanel("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("category of interest")

    def __str__(self) -> Any:
        return self.name
