"""Draft minutes before they are public: who was sent them, and what they said. None of it is public, ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.enums import Settled


class DraftRound(models.Model):
    """That the draft minutes of a meeting were sent to some people for their comments, or to all members of the board to read.

    Attributes:
        readers: who may read and comment; the chair as a rule.
        to_members: whether every member of the board may read.
        ended_at: when it was taken back; until then it holds, as long as the minutes are not confirmed.
    """

    meeting = models.ForeignKey("minutes.MeetingPage", on_delete=models.PROTECT, related_name="draft_rounds")
    readers = models.ManyToManyField("governance.Person", blank=True, related_name="draft_rounds")
    to_members = models.BooleanField(_("to all members"), default=False)
    note = models.TextField(_("note"), blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("round of draft minutes")
        verbose_name_plural = _("rounds of draft minutes")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.meeting)


class DraftComment(models.Model):
    """What somebody said of a draft minute, and how the clerk settled it."""

    minute = models.ForeignKey("minutes.MinutePage", on_delete=models.PROTECT, related_name="draft_comments")
    person = models.ForeignKey("governance.Person", on_delete=models.PROTECT, related_name="draft_comments")
    text = models.TextField(_("comment"))
    made_at = models.DateTimeField(_("made at"))
    settled = models.CharField(_("settled"), max_length=20, choices=Settled.choices, blank=True)
    settled_words = models.TextField(_("answer"), blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment on a draft minute")
        verbose_name_plural = _("comments on draft minutes")
        ordering = ["minute", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled="", settled_at=None, settled_by=None)
                | (~models.Q(settled="") & models.Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="comment_settled_by_somebody_at_some_time",
            )
        ]

    def __str__(self) -> str:
        # The comment itself is told only where it is asked for: logs and choosers print this.
        return f"{self.pk}"
