"""What came of an action: the questions that the update which ends it answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from governance.enums import Difference


class OutcomeAnswers(models.Model):
    """What an update says of how its action ended. A later update of the ended action may say it anew; none is ever typed over."""

    difference = models.CharField(
        _("is anything different now"),
        max_length=20,
        choices=Difference.choices,
        blank=True,
        help_text=_("Needed when it is completed. “No difference seen” is an answer."),
    )
    what_is_different = models.TextField(_("what is different"), blank=True)
    for_whom = models.TextField(_("for whom"), blank=True, help_text=_("Groups and numbers, never names."))
    how_known = models.TextField(_("how that is known"), blank=True, help_text=_("What was asked, counted or seen, and when."))
    they_say = models.TextField(
        _("what those who took part say of it"), blank=True, help_text=_("In their words. Never a name.")
    )
    look_again_on = models.DateField(_("when it will be looked at again"), null=True, blank=True)

    handed_to = models.CharField(
        _("handed on to"), max_length=200, blank=True, help_text=_("The body that carries it now. Only when it is handed on.")
    )
    handed_to_action = models.ForeignKey(
        "governance.ActionPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="taken_over",
        verbose_name=_("its action on this site"),
    )
    handed_to_address = models.URLField(_("or its address elsewhere"), blank=True)

    outcome_panels = [
        MultiFieldPanel(
            [
                FieldPanel("difference"),
                FieldPanel("what_is_different"),
                FieldPanel("for_whom"),
                FieldPanel("how_known"),
                FieldPanel("they_say"),
                FieldPanel("look_again_on"),
            ],
            heading=_("What came of it"),
            help_text=_("Only when the action has ended."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("handed_to"),
                FieldRowPanel([PageChooserPanel("handed_to_action", "governance.ActionPage"), FieldPanel("handed_to_address")]),
            ],
            heading=_("Handed on"),
        ),
    ]

    class Meta:
        abstract = True
