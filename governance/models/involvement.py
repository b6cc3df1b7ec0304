"""Who took part, what they said and what was done about it: by group, never by name."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from governance.enums import InvolvementStage, PointAnswer, PointSource
from governance.models.belonging import board_key_of


class CoproductionPrinciple(models.Model):
    """One of the four principles of co-production: equality, diversity, access, reciprocity (SCIE Guide 51, 2015)."""

    name = models.CharField(_("principle"), max_length=60, unique=True)
    explanation = models.TextField(_("what it means"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("explanation"), FieldPanel("source"), FieldPanel("position")]

    class Meta:
        verbose_name = _("principle of co-production")
        verbose_name_plural = _("principles of co-production")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class PrincipleAnswer(Orderable):
    """What an action does about one principle. No answer is shown as a gap."""

    action = ParentalKey("governance.ActionPage", on_delete=models.CASCADE, related_name="principle_answers")
    principle = models.ForeignKey(
        CoproductionPrinciple, on_delete=models.PROTECT, related_name="answers", verbose_name=_("principle")
    )
    answer = models.TextField(_("what is done about it"))

    panels = [FieldPanel("principle"), FieldPanel("answer")]

    class Meta(Orderable.Meta):
        verbose_name = _("answer to a principle")
        constraints = [models.UniqueConstraint(fields=["action", "principle"], name="one_answer_per_principle")]

    def __str__(self) -> str:
        return f"{self.principle}: {self.answer}"


class PeopleGroup(models.Model):
    """A group of people who take part, such as carers or a quality board of people who use services."""

    name = models.CharField(_("group"), max_length=150, unique=True)
    remit = models.TextField(_("what it does"), blank=True)
    has_lived_experience = models.BooleanField(_("people with lived experience"), default=True)
    since = models.DateField(_("meets since"), null=True, blank=True)
    how_to_join = models.TextField(
        _("how to join"), blank=True, help_text=_("A role and how to reach it. It is shown to the public.")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people_groups",
        verbose_name=_("hosted by"),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("remit"),
        FieldPanel("has_lived_experience"),
        FieldPanel("organisation"),
        FieldPanel("since"),
        FieldPanel("how_to_join"),
        FieldPanel("ended_on"),
    ]

    class Meta:
        verbose_name = _("group of people")
        verbose_name_plural = _("groups of people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Involvement(Orderable):
    """How many of a group took part in an action at one stage, what they were offered and what they took up."""

    action = ParentalKey("governance.ActionPage", on_delete=models.CASCADE, related_name="involvements")
    group = models.ForeignKey(PeopleGroup, on_delete=models.PROTECT, related_name="involvements", verbose_name=_("group"))
    stage = models.CharField(_("stage"), max_length=20, choices=InvolvementStage.choices)
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    offers_made = models.CharField(
        _("support offered"), max_length=250, blank=True, help_text=_("Payment, travel, carer support and so on.")
    )
    offers_taken_up = models.CharField(_("support taken up"), max_length=250, blank=True)
    got_back = models.CharField(_("what they got back"), max_length=250, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("group"), FieldPanel("stage"), FieldPanel("number")]),
        FieldPanel("offers_made"),
        FieldPanel("offers_taken_up"),
        FieldPanel("got_back"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("involvement")

    def __str__(self) -> str:
        return f"{self.group}, {self.get_stage_display()}"


class Evidence(Orderable):
    """Something that shows that an action did what it says."""

    action = ParentalKey("governance.ActionPage", on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(_("address"), blank=True)
    quotation = models.TextField(_("quotation"), blank=True, help_text=_("Only with the recorded consent of the person."))
    consent_recorded = models.BooleanField(_("consent is recorded"), default=False)

    panels = [FieldPanel("title"), FieldPanel("address"), FieldPanel("quotation"), FieldPanel("consent_recorded")]

    class Meta(Orderable.Meta):
        verbose_name = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quotation="") | models.Q(consent_recorded=True),
                name="quotation_only_with_consent",
                violation_error_message=_("A quotation needs the recorded consent of the person."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class PointQuerySet(models.QuerySet["Point"]):
    """Points that may be shown."""

    def public(self) -> "PointQuerySet":
        """Those about a live record that were published."""
        return self.filter(published=True, about__live=True)


class Point(models.Model):
    """Something people said, by group and never by name, with its answer."""

    about = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="points", verbose_name=_("about"))
    board = models.ForeignKey(
        "governance.BoardPage", null=True, editable=False, on_delete=models.PROTECT, related_name="points_raised"
    )
    text = models.TextField(_("what people said"))
    raised_by = models.CharField(
        _("raised by"), max_length=150, blank=True, help_text=_("A group, such as “some partners”. Never a name.")
    )
    source = models.CharField(_("how it reached us"), max_length=20, choices=PointSource.choices)
    raised_on = models.DateField(_("raised on"))
    answer_kind = models.CharField(_("answer"), max_length=20, choices=PointAnswer.choices, default=PointAnswer.WAITING)
    answer = models.TextField(_("our answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    published = models.BooleanField(_("shown to the public"), default=False)

    objects = PointQuerySet.as_manager()

    rights_of: ClassVar[str] = "about"

    panels = [
        FieldPanel("about"),
        FieldPanel("text"),
        FieldPanel("raised_by"),
        FieldPanel("source"),
        FieldPanel("raised_on"),
        FieldPanel("answer_kind"),
        FieldPanel("answer"),
        FieldPanel("answered_on"),
        FieldPanel("published"),
    ]

    class Meta:
        verbose_name = _("point people raised")
        verbose_name_plural = _("points people raised")
        ordering = ["-raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(answer_kind="waiting") & models.Q(answered_on__isnull=True))
                | (~models.Q(answer_kind="waiting") & models.Q(answered_on__isnull=False) & ~models.Q(answer="")),
                name="answer_has_words_and_date",
                violation_error_message=_("An answer needs its words and its date."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the board whose record it is about, so that the list of all points can be narrowed to one board."""
        self.board_id = board_key_of(self.about)
        super().save(*args, **kwargs)
