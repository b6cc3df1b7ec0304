"""What partners answered through their links: rows that wait until somebody has read and approved them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.enums import AnswerKind, AnswerState, Confidence
from governance.partner_rules import WORDS


class PartnerAnswer(models.Model):
    """One answer to one request. Nothing of it is public; what is approved becomes news or moves the request on.

    Attributes:
        words: the main text: what changed, what was reported, or whose it is.
        confidential: what was told in confidence. Shown to the board's democratic services alone, never on a page or in a log.
        suggested: other words that we suggest for some texts, by field, until the partner agrees or keeps its own.
        earlier: what the answer said before, each with `at`, `by` and `words`, so that nothing is changed without a trace.
        done_milestones: the keys of the steps that the partner says are done. Whoever approves decides.
        says_completed: whether the partner says that the whole of it is done.
        update: the news that it became.
    """

    partner_request = models.ForeignKey("governance.PartnerRequest", on_delete=models.PROTECT, related_name="answers")
    link = models.ForeignKey("governance.PartnerLink", on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("answer"), max_length=20, choices=AnswerKind.choices)
    state = models.CharField(_("state"), max_length=20, choices=AnswerState.choices, default=AnswerState.RECEIVED)
    words = models.TextField(_("what changed"), blank=True)
    confidence = models.CharField(
        _("how it is going"), max_length=20, choices=Confidence.choices, blank=True, default=Confidence.ON_TRACK
    )
    reason = models.TextField(_("why"), blank=True)
    recovery_step = models.TextField(_("what is being done about it"), blank=True)
    who_was_involved = models.TextField(_("who was involved"), blank=True)
    could_not_change = models.TextField(_("what could not change, and why"), blank=True)
    next_step = models.TextField(_("what happens next"), blank=True)
    done_milestones = models.JSONField(_("steps that are done"), default=list, blank=True)
    says_completed = models.BooleanField(_("the promise is kept"), default=False)
    colleague_name = models.CharField(_("colleague's name"), max_length=150, blank=True)
    colleague_email = models.EmailField(_("colleague's e-mail address"), blank=True)
    confidential = models.TextField(_("in confidence"), blank=True)
    received_at = models.DateTimeField(_("received at"))
    suggested = models.JSONField(default=dict, blank=True)
    suggested_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    objection = models.TextField(_("why the partner keeps its words"), blank=True)
    comment = models.TextField(_("our comment to the partner"), blank=True)
    earlier = models.JSONField(default=list, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    update = models.ForeignKey(
        "governance.ProgressUpdatePage", null=True, on_delete=models.PROTECT, related_name="partner_answers"
    )

    class Meta:
        verbose_name = _("answer from a partner")
        verbose_name_plural = _("answers from partners")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=AnswerKind.STUCK, **dict.fromkeys(WORDS, ""))
                | (~models.Q(kind=AnswerKind.STUCK) & models.Q(confidential="")),
                name="what_is_told_in_confidence_stands_apart",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AnswerState.APPROVED) | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="an_approved_answer_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        # Lists, logs and messages print this: it tells nothing of what was said.
        return f"{self.partner_request_id}/{self.pk}"

    @property
    def is_confidential(self) -> bool:
        """Whether it was told in confidence."""
        return self.kind == AnswerKind.STUCK

    @property
    def texts(self) -> dict[str, str]:
        """The texts that may become public, by field."""
        return {name: getattr(self, name) for name in WORDS}
