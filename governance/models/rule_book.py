"""Rows of a board's rule book: days that do not count, steps before the agenda, standing items, questions, interests, yearly business."""

from datetime import time
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from governance.enums import Nation, Purpose, QuestionKind, StandingKind
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


class StandingItem(Orderable):
    """A row of the board's template: an item of every ordinary agenda, in its place.

    The row “The business of the meeting” makes no item of its own: it says where those from the work programme come.
    """

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="standing_items")
    kind = models.CharField(_("kind"), max_length=20, choices=StandingKind.choices, default=StandingKind.OTHER)
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("As it is printed. Empty for the name of the kind.")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices, default=Purpose.INFORMATION)
    section = models.CharField(
        _("below the heading"),
        max_length=120,
        blank=True,
        help_text=_("A heading on the agenda, such as “Opening”. It has no number."),
    )
    minutes_planned = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("section"), FieldPanel("minutes_planned")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("standing item")

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


def noon() -> time:
    """Until when something can be put on its last day, unless the board says otherwise."""
    return time(12)


class QuestionRule(Orderable):
    """How the public puts a question, brings a petition or sends a deputation, and by when. Without a rule it is not taken."""

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="question_rules")
    kind = models.CharField(_("what"), max_length=20, choices=QuestionKind.choices, default=QuestionKind.QUESTION)
    days_before = models.PositiveSmallIntegerField(
        _("working days before the meeting"), default=3, validators=[MaxValueValidator(60)]
    )
    until = models.TimeField(_("until what time on that day"), default=noon)
    on_site = models.BooleanField(
        _("may be sent from the meeting's page"),
        default=False,
        help_text=_("Anybody can then send one without an account. Nothing is shown before somebody has read it."),
    )
    reply_days = models.PositiveSmallIntegerField(
        _("working days until a written reply"), default=10, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    how = models.TextField(
        _("how"), blank=True, help_text=_("Where else to send it, how long it may be, how many signatures it needs.")
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("on_site")]),
        FieldRowPanel([FieldPanel("days_before"), FieldPanel("until"), FieldPanel("reply_days")]),
        FieldPanel("how"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rule on questions from the public")
        constraints = [
            models.UniqueConstraint(
                fields=["board", "kind"],
                name="one_rule_for_each_kind_of_question",
                violation_error_message=_("There is a rule for that already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class DecliningReason(Orderable):
    """A reason for which the board's standing orders let it decline a question, a petition or a deputation."""

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="declining_reasons")
    words = models.CharField(_("reason"), max_length=250, help_text=_("Such as “It is not about what this board does.”"))

    panels = [FieldPanel("words")]

    class Meta(Orderable.Meta):
        verbose_name = _("reason to decline")

    def __str__(self) -> Any:
        return self.words


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
