"""That somebody asked about what is held on them, and what was decided; and the backups that hold what was removed since."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.sealing import unseal


class PersonRequestKind(models.TextChoices):
    """What the person asks for."""

    ACCESS = "access", _("A copy of what is held on them (article 15)")
    RECTIFICATION = "rectification", _("That something be put right (article 16)")
    ERASURE = "erasure", _("That something be erased (article 17)")


class PersonDecision(models.TextChoices):
    """What was decided."""

    GRANTED = "granted", _("Granted")
    IN_PART = "in_part", _("Granted in part")
    REFUSED = "refused", _("Refused")


class PersonRequest(models.Model):
    """A request under the UK GDPR. It is private to administrators and to democratic services of the boards.

    Attributes:
        sealed: who asked, how they are reached and by which names they are looked for, encrypted; empty once that is forgotten.
        put_off_because: why it takes up to two months longer, as the person was told.
        reason: why it was decided so. It names nobody.
        removal: the removal of the name that came of it.
        forget_on: the day on which it is forgotten who asked.
    """

    kind = models.CharField(_("what is asked for"), max_length=15, choices=PersonRequestKind.choices)
    sealed = models.TextField(editable=False, blank=True)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"), db_index=True)
    put_off_because = models.TextField(_("why it takes longer"), blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=10, choices=PersonDecision.choices, blank=True)
    reason = models.TextField(_("why it was decided so"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    removal = models.OneToOneField(
        "governance.Removal", null=True, on_delete=models.PROTECT, related_name="person_request", verbose_name=_("removal")
    )
    forget_on = models.DateField(_("who asked is forgotten on"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request of a person")
        verbose_name_plural = _("requests of persons")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None, decided_by=None, reason="")
                | models.Q(decided_at__isnull=False, decided_by__isnull=False) & ~models.Q(decision="") & ~models.Q(reason=""),
                name="person_request_is_decided_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return _g("Request %(number)s of %(day)s") % {"number": self.pk, "day": self.received_on.isoformat()}

    def who(self) -> dict[str, str]:
        """Who asked: `asked_by`, `contact` and `names`, each name on a line of its own. Empty once that is forgotten.

        Raises:
            CannotOpen: no key opens it.
        """
        return unseal(self.sealed, of=0) if self.sealed else {"asked_by": "", "contact": "", "names": ""}


class Backup(models.Model):
    """A backup that was made of this installation, so that it is known which hold what was removed since.

    Attributes:
        folder: where it was written.
        destroyed_at: when somebody said that it exists no more.
    """

    made_at = models.DateTimeField(_("made"), db_index=True)
    folder = models.TextField(_("folder"))
    engine = models.CharField(max_length=20)
    destroyed_at = models.DateTimeField(_("destroyed"), null=True)
    destroyed_by: Any = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
