"""What the public puts to a board: questions, petitions and deputations; and, apart from them, how to reach who asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from governance.enums import QuestionKind
from minutes.enums import QUESTION_SHOWN, QuestionPart, QuestionState
from minutes.rewording import whole_words


class PublicQuestionQuerySet(models.QuerySet["PublicQuestion"]):
    """Questions that may be shown."""

    def public(self) -> "PublicQuestionQuerySet":
        """Those accepted for a public meeting, answered, or declined with the reason."""
        corrections = models.Prefetch("corrections", QuestionCorrection.objects.public(), to_attr="taken_corrections")
        return self.filter(meeting__live=True, state__in=QUESTION_SHOWN).prefetch_related(corrections)

    def settled(self) -> "PublicQuestionQuerySet":
        """Those that do not wait for the meeting any more: answered, or declined."""
        return self.exclude(state=QuestionState.ACCEPTED)


class PublicQuestion(models.Model):
    """A question, petition or deputation to a board, shown once it is accepted, or with the reason it was not.

    Who asked is named as they agreed. How to reach them is kept apart (`QuestionContact`) and shown nowhere.
    """

    meeting = models.ForeignKey(
        "minutes.MeetingPage", on_delete=models.PROTECT, related_name="questions", verbose_name=_("meeting")
    )
    item = models.ForeignKey(
        "minutes.AgendaItemPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
        verbose_name=_("taken under the item"),
        help_text=_("It then also stands in the minute of that item."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices, default=QuestionKind.QUESTION)
    asked_by = models.CharField(
        _("asked by"),
        max_length=150,
        help_text=_(
            "As the person agreed to be named. Of a petition its organiser, of a deputation its spokesperson; nobody else."
        ),
    )
    subject = models.CharField(_("subject"), max_length=250, blank=True, help_text=_("For a petition or a deputation."))
    text = models.TextField(_("words"), blank=True)
    signatures = models.PositiveIntegerField(_("number of signatures"), null=True, blank=True, help_text=_("Of a petition."))
    received_on = models.DateField(_("received on"))
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    was_late = models.BooleanField(_("after the deadline"), default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=QuestionState.choices, default=QuestionState.RECEIVED, editable=False
    )
    declined_for = models.CharField(_("why it was not accepted"), max_length=250, blank=True, editable=False)
    words_shown = models.BooleanField(_("its words are shown"), default=True, editable=False)
    answer = models.TextField(_("answer, or why it was not taken"), blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    supplementary = models.TextField(_("supplementary question"), blank=True, editable=False)
    supplementary_answer = models.TextField(_("answer to the supplementary question"), blank=True, editable=False)
    reply_due_on = models.DateField(_("written reply due"), null=True, editable=False)
    reply = models.TextField(_("written reply"), blank=True, editable=False)
    replied_on = models.DateField(_("written reply given"), null=True, editable=False)

    objects = PublicQuestionQuerySet.as_manager()

    rights_of: ClassVar[str] = "meeting"

    panels = [
        FieldPanel("meeting"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("received_on")]),
        FieldPanel("asked_by"),
        FieldRowPanel([FieldPanel("subject"), FieldPanel("signatures")]),
        FieldPanel("text"),
        PageChooserPanel("item", "minutes.AgendaItemPage"),
    ]

    class Meta:
        verbose_name = _("public question")
        verbose_name_plural = _("public questions")
        ordering = ["meeting", "received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["answered", "declined"])
                | ~models.Q(answer="")
                | models.Q(state="answered", reply_due_on__isnull=False),
                name="question_answered_in_words",
                violation_error_message=_("Give the answer, or why the question was not taken."),
            ),
            models.CheckConstraint(
                condition=models.Q(replied_on=None, reply="") | models.Q(replied_on__isnull=False) & ~models.Q(reply=""),
                name="written_reply_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.text

    @property
    def public_words(self) -> str:
        """Its words as far as they are shown: those of one that was not accepted only where the board shows them."""
        if self.state == QuestionState.DECLINED and not self.words_shown:
            return ""
        return self.as_read(QuestionPart.TEXT)

    @property
    def public_subject(self) -> str:
        """What it is about, as far as that is shown."""
        shown = self.public_words or self.state != QuestionState.DECLINED or self.words_shown
        return self.as_read(QuestionPart.SUBJECT) if shown else ""

    @property
    def public_answer(self) -> str:
        """The answer as it is to be read."""
        return self.as_read(QuestionPart.ANSWER)

    @property
    def public_supplementary(self) -> str:
        """The supplementary question as it is to be read."""
        return self.as_read(QuestionPart.SUPPLEMENTARY)

    @property
    def public_supplementary_answer(self) -> str:
        """Its answer as it is to be read."""
        return self.as_read(QuestionPart.SUPPLEMENTARY_ANSWER)

    @property
    def public_reply(self) -> str:
        """The written reply as it is to be read."""
        return self.as_read(QuestionPart.REPLY)

    @property
    def shown_corrections(self) -> list["QuestionCorrection"]:
        """What was corrected of the words that are shown, oldest first."""
        hidden = {QuestionPart.TEXT, QuestionPart.SUBJECT} if not self.words_shown else set()
        return [row for row in self._corrections() if row.part not in hidden]

    def as_read(self, part: str) -> str:
        """Some of its words with what was corrected of them since."""
        text = str(getattr(self, part))
        for row in self._corrections():
            if row.part == part:
                text = row.new_words.join(whole_words(row.old_words).split(text))
        return text

    def _corrections(self) -> list["QuestionCorrection"]:
        """Its corrections, oldest first; without a query where it was taken with `public`."""
        taken = getattr(self, "taken_corrections", None)
        return list(self.corrections.public()) if taken is None else taken

    @property
    def owes_reply(self) -> bool:
        """Whether a written reply was promised and has not been given."""
        return self.reply_due_on is not None and self.replied_on is None


class QuestionCorrectionQuerySet(models.QuerySet["QuestionCorrection"]):
    """Corrections that may be shown."""

    def public(self) -> "QuestionCorrectionQuerySet":
        """Those of questions that are shown."""
        return self.filter(question__meeting__live=True, question__state__in=QUESTION_SHOWN)


class QuestionCorrection(models.Model):
    """How words of a question that was shown are to be read. It is added and never changes; the question keeps its own words.

    Attributes:
        part: which of its words.
        hides: whether the old words are shown no more, because they name somebody or tell of their health.
    """

    question = models.ForeignKey(PublicQuestion, on_delete=models.PROTECT, related_name="corrections")
    part = models.CharField(_("what is corrected"), max_length=30, choices=QuestionPart.choices)
    old_words = models.TextField(_("the words as they were"))
    new_words = models.TextField(_("how they are to be read"))
    hides = models.BooleanField(_("the old words are not shown any more"), default=False)
    reason = models.TextField(_("why"))
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+")

    objects = QuestionCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a question")
        verbose_name_plural = _("corrections of questions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.get_part_display())


class QuestionContact(models.Model):
    """How to reach who put a question. Never shown, in no list and no export, and erased when its day has come."""

    question = models.OneToOneField(PublicQuestion, on_delete=models.PROTECT, related_name="contact")
    name = models.CharField(_("full name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    keep_until = models.DateField(_("kept until"))

    class Meta:
        verbose_name = _("contact details of a question")
        verbose_name_plural = _("contact details of questions")

    def __str__(self) -> str:
        return f"contact {self.pk}"
