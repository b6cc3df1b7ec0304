"""The removal of words from everything the system holds: asked for by one person, carried out by another, told by the ledger."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovalKind(models.TextChoices):
    """Why words are removed."""

    RESTRICT = "restrict", _("Moved to the part not for publication")
    REDACT = "redact", _("Redacted")
    PERSON = "person", _("Name of a person removed")


class Removal(models.Model):
    """That words are, or are to be, removed from a record and from everything that was written of it.

    The words themselves are sealed until somebody else has decided, and then forgotten here: those of a restriction lie in the part
    not for publication, others nowhere.

    Attributes:
        page: the record that the words are taken out of.
        sealed: what is asked for, encrypted; empty once it is settled.
        reason: why; it is not public and does not repeat the words.
        comment: why it was returned; empty where it was carried out.
        is_open: that its own transaction is at work: only then do the triggers let words of final records change. Nobody else ever
            reads a row in which it is true.
        counts: how often the words were replaced, by column.
        entry: the entry of the ledger whose number the markers tell.
        confirmed_at, confirmed_by: when the second person had it carried out, and who that was. From then on the row is the worker's job.
        progress: how far the worker is, in per cent.
        tries: how often a worker took it up.
        failure: why it could not be carried out; somebody has to decide anew.
        files: the keys of what holds the words in files still, by the name of its kind: nobody edits files.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=RemovalKind.choices)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("record")
    )
    sealed = models.TextField(editable=False, blank=True)
    reason = models.TextField(_("why"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(_("why it was returned"), blank=True)
    is_open = models.BooleanField(default=False, editable=False)
    counts: Any = models.JSONField(default=dict)
    entry = models.OneToOneField(
        "governance.LedgerEntry", null=True, on_delete=models.PROTECT, related_name="removal", verbose_name=_("ledger entry")
    )
    confirmed_at = models.DateTimeField(_("to be carried out since"), null=True)
    confirmed_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    failure = models.TextField(_("why it could not be carried out"), blank=True)
    files: Any = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("removal of words")
        verbose_name_plural = _("removals of words")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None, entry=None)
                | models.Q(settled_at__isnull=False, sealed="", is_open=False),
                name="settled_removal_forgets_its_words",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, confirmed_by=None)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="removal_is_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Removal of words"))

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has it."""
        return self.confirmed_at is not None and self.settled_at is None

    @property
    def total(self) -> int:
        """How often words were replaced."""
        return sum(self.counts.values())


class LedgerErasure(models.Model):
    """That the words of an entry of the ledger were removed. The digest of what they were still proves the chain.

    Attributes:
        sealed_sha256: of what the entry said of a person and in words, when it was written.
    """

    entry = models.OneToOneField(
        "governance.LedgerEntry", on_delete=models.PROTECT, related_name="erasure", verbose_name=_("ledger entry")
    )
    removal = models.ForeignKey(Removal, on_delete=models.PROTECT, related_name="erasures", verbose_name=_("removal"))
    sealed_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("erasure of words of the ledger")
        verbose_name_plural = _("erasures of words of the ledger")

    def __str__(self) -> str:
        return str(self.entry_id)
