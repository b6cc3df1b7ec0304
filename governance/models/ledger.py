"""The book of what was done to public records, by whom and when. Entries are only ever added, each to the chain of its board."""

from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEvent(models.TextChoices):
    """What an entry of the ledger tells."""

    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Published again, changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ADOPTED = "adopted", _("Adopted")
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Corrected")
    ISSUED = "issued", _("Issued")
    LINKED = "linked", _("Linked")
    STATUS = "status", _("Status set")
    RESTRICTED = "restricted", _("Kept back from publication")
    RELEASED = "released", _("Released")
    REDACTED = "redacted", _("Words removed")


class LedgerSubject(models.TextChoices):
    """What the digest of an entry is of."""

    RECORD = "record", _("the content of the record")
    FILE = "file", _("a file")
    RELEASE = "release", _("words that were kept back and are released")
    FORMER = "former", _("the content, in a form no longer used")


class LedgerChain(models.Model):
    """The ledger of one board, or the site's for what belongs to no board. Each entry names the one before it.

    Its row is locked while an entry is added, so that two at once cannot follow the same one.
    """

    name = models.CharField(max_length=40, unique=True)
    board = models.OneToOneField(
        "governance.BoardPage", null=True, on_delete=models.PROTECT, related_name="ledger", verbose_name=_("board")
    )

    class Meta:
        verbose_name = _("ledger")
        verbose_name_plural = _("ledgers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LedgerEntry(models.Model):
    """One thing done to one record.

    Attributes:
        number: its place in the chain, without gaps.
        before, sha256: the digest of the entry before it, and its own.
        subject: what `content_sha256` is the digest of.
        by_name: the name of whoever did it, as it was then.
        salt: keeps words and names from being guessed from the digest that stands for them.
        seal: made of `sha256` with the key of this installation; see `ledger_seals`. It is in no export.
    """

    chain = models.ForeignKey(LedgerChain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    before = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="ledger_entries")
    event = models.CharField(max_length=20, choices=LedgerEvent.choices)
    reference = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=10, choices=LedgerSubject.choices, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=320, blank=True)
    salt = models.CharField(max_length=32)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="ledger_number_once")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_event_display()}"

    def as_line(self, chain: str) -> dict[str, Any]:
        """The entry as a line of an export, without the digest of its sealed part.

        Args:
            chain: the name of its chain.
        """
        return {
            "chain": chain,
            "number": self.number,
            "before": self.before,
            "sha256": self.sha256,
            "page": self.page_id,
            "event": str(self.event),
            "reference": self.reference,
            "subject": str(self.subject),
            "content_sha256": self.content_sha256,
            "at": moment(self.at),
            "by": self.by_id,
            "by_name": self.by_name,
            "note": str(self.note),
            "salt": self.salt,
        }


def moment(at: datetime) -> str:
    """A moment as the ledger writes it: in UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class LedgerCheckpoint(models.Model):
    """Where every chain stood on one day. It is published, so that whoever keeps a copy can tell if the ledger is rewritten later.

    Attributes:
        heads: of each chain its name and the number and digest of its last entry.
        before, sha256: the digest of the checkpoint before it, and its own.
    """

    day = models.DateField(_("day"), unique=True)
    at = models.DateTimeField(_("made at"))
    heads: Any = models.JSONField(default=list)
    before = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.sha256}"

    def as_line(self) -> dict[str, Any]:
        """The checkpoint as it is published."""
        return {
            "day": self.day.isoformat(),
            "at": moment(self.at),
            "heads": self.heads,
            "before": self.before,
            "sha256": self.sha256,
        }
