"""Outgoing mail. The row is the job: it is committed with the change that causes it and sent afterwards by a worker."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """One mail to one address: waiting, sent, or given up with the reason.

    Attributes:
        key: names what the mail is about and for whom; the same key never makes a second mail.
        kind: the sort of mail, such as `alert`; says which check is made just before it is sent.
        about: the record it tells of, where there is one.
        next_try_at: when it is due; None once it is over, sent or not.
        lease_until: until then one worker has it in hand; later it is anybody's again.
        failed_because: why the last try failed, in words; with `next_try_at` None, why it was given up.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    headers = models.JSONField(default=dict, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    about = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("about")
    )
    created_at = models.DateTimeField(_("asked for at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, db_index=True)
    lease_until = models.DateTimeField(null=True)
    failed_because = models.TextField(_("why it was not sent"), blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(next_try_at=None), name="sent_mail_is_not_tried_again"
            ),
            models.CheckConstraint(
                condition=models.Q(next_try_at=None) | ~models.Q(to=""), name="mail_that_waits_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
