"""What people write on the form of an action. Nothing of it is shown before somebody has read and answered it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.enums import CommentState, Speaker


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, and which of them may be spoken of."""

    def public(self) -> "CommentQuerySet":
        """Those that were not published, about live actions: the day and the reason are public, the words never are.

        What was published is read as the point that it became.
        """
        return self.filter(state=CommentState.NOT_PUBLISHED, about__live=True)

    def waiting(self) -> "CommentQuerySet":
        """Those that nobody has settled yet."""
        return self.filter(state=CommentState.RECEIVED)

    def told_of(self, action: Any) -> "CommentQuerySet":
        """What a reader of an action is told of comments that stand nowhere: their state, when it was settled, why. No words of them."""
        rows = self.exclude(state=CommentState.PUBLISHED).filter(about_id=action.pk, about__live=True)
        return rows.order_by("received_at").only("state", "settled_at", "reason")


class Comment(models.Model):
    """Something that somebody wrote about an action, without an account and without a name.

    It is received, then either published with its answer, as a point, or not published, with the reason.
    """

    about = models.ForeignKey(
        "governance.ActionPage", on_delete=models.PROTECT, related_name="comments", verbose_name=_("about")
    )
    text = models.TextField(_("what was written"))
    raised_by = models.CharField(_("written by"), max_length=20, choices=Speaker.choices, blank=True)
    received_at = models.DateTimeField(_("received"), db_index=True)
    state = models.CharField(_("state"), max_length=20, choices=CommentState.choices, default=CommentState.RECEIVED)
    reason = models.TextField(_("why it was not published"), blank=True)
    point = models.OneToOneField(
        "governance.Point",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment",
        verbose_name=_("published as"),
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        "governance.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("settled by")
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="received", point=None, reason="", settled_at=None, settled_by=None)
                | models.Q(state="published", point__isnull=False, reason="", settled_at__isnull=False)
                | models.Q(state="not_published", point=None, settled_at__isnull=False) & ~models.Q(reason=""),
                name="comment_settled_in_words",
            )
        ]

    def __str__(self) -> str:
        return self.text


class RecentSender(models.Model):
    """That a comment came from some address within the last day, told by a hash that names nobody. Forgotten after a day."""

    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("recent sender")

    def __str__(self) -> str:
        return self.digest[:8]
