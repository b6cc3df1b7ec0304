"""Questions that the public put to a board."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from minutes.enums import QuestionState


class PublicQuestionQuerySet(models.QuerySet["PublicQuestion"]):
    """Questions that may be shown."""

    def public(self) -> "PublicQuestionQuerySet":
        """Those published with their answer, or declined with the reason."""
        return self.filter(meeting__live=True).exclude(state=QuestionState.RECEIVED)


class PublicQuestion(models.Model):
    """A question to a board, published beside its answer or with the reason it was not taken."""

    meeting = models.ForeignKey(
        "minutes.MeetingPage", on_delete=models.PROTECT, related_name="questions", verbose_name=_("meeting")
    )
    asked_by = models.CharField(_("asked by"), max_length=150, help_text=_("As the person agreed to be named."))
    text = models.TextField(_("question"))
    received_on = models.DateField(_("received on"))
    state = models.CharField(_("state"), max_length=20, choices=QuestionState.choices, default=QuestionState.RECEIVED)
    answer = models.TextField(_("answer, or why it was not taken"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    objects = PublicQuestionQuerySet.as_manager()

    rights_of: ClassVar[str] = "meeting"

    panels = [
        FieldPanel("meeting"),
        FieldPanel("asked_by"),
        FieldPanel("text"),
        FieldPanel("received_on"),
        FieldPanel("state"),
        FieldPanel("answer"),
        FieldPanel("answered_on"),
    ]

    class Meta:
        verbose_name = _("public question")
        verbose_name_plural = _("public questions")
        ordering = ["meeting", "received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="received") | ~models.Q(answer=""),
                name="question_answered_in_words",
                violation_error_message=_("Give the answer, or why the question was not taken."),
            )
        ]

    def __str__(self) -> str:
        return self.text
