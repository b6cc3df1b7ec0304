"""Papers that are not for publication: their titles, names and files sealed, apart from every page and every other paper."""

from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.sealing import CannotOpen, seal, unseal
from minutes.enums import FileCheck, PaperKind
from minutes.models.papers import Paper
from minutes.models.restricted import RestrictedPart
from minutes.restriction import KEPT_BACK, RestrictedPaperState
from minutes.sealed_files import opened_blocks

ORIGINAL, COPY = "original", "copy"


def restricted_storage() -> Storage:
    """The store of sealed files, which no other view reads."""
    return storages["restricted"]


@dataclass(frozen=True)
class PaperSecrets:
    """What a restricted paper is called and how its files are opened. It is never shown by printing this.

    Attributes:
        title: the real title.
        name: that of the file as it came.
        kind: report, appendix or background paper.
        keys: those of its files, by which one it is.
        sizes: of its files as they were, in bytes.
        sha256: of its files as they were.
        facts: what the check told of the copy, but its text.
        findings: what the check found.
        accepted_because: why it is used in spite of that.
        withdrawn_because: why it was taken back.
    """

    title: str = field(repr=False)
    name: str = field(default="", repr=False)
    kind: str = PaperKind.REPORT.value
    keys: dict[str, str] = field(default_factory=dict, repr=False)
    sizes: dict[str, int] = field(default_factory=dict, repr=False)
    sha256: dict[str, str] = field(default_factory=dict, repr=False)
    facts: dict[str, Any] = field(default_factory=dict, repr=False)
    findings: list[dict[str, Any]] = field(default_factory=list, repr=False)
    accepted_because: str = field(default="", repr=False)
    withdrawn_because: str = field(default="", repr=False)

    @property
    def kind_in_words(self) -> str:
        """Its kind, for a person."""
        return str(PaperKind(self.kind).label)


class RestrictedPaperQuerySet(models.QuerySet["RestrictedPaper"]):
    """Restricted papers. They have no public side: what is released becomes a paper of its own."""

    def in_use(self) -> "RestrictedPaperQuerySet":
        """Those that are kept back now, checked or not."""
        return self.filter(state__in=KEPT_BACK)

    def checked(self) -> "RestrictedPaperQuerySet":
        """Those that members read."""
        return self.filter(state=RestrictedPaperState.CHECKED)


class RestrictedPaper(models.Model):
    """One file of a paper that is not for publication; a newer file of the same paper is another row. Never deleted.

    `str()` gives nothing away, because logs and lists print it.

    Attributes:
        number: among the restricted papers of the part: its neutral name.
        sealed: what it is called and how its files are opened, encrypted. `secrets()` alone opens it.
        sealed_text: the text of its pages, encrypted, for the day when it is released.
        original, copy: sealed files.
        original_sha256, copy_sha256: of the sealed files, as they lie in the store.
        released_as: the public paper that was made of it.
    """

    part = models.ForeignKey(RestrictedPart, on_delete=models.PROTECT, related_name="+", verbose_name=_("part"))
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(max_length=10, choices=RestrictedPaperState.choices, default=RestrictedPaperState.RECEIVED)
    sealed = models.TextField(editable=False)
    sealed_text = models.TextField(editable=False, blank=True)
    original = models.FileField(storage=restricted_storage, max_length=250, editable=False)
    original_sha256 = models.CharField(max_length=64, editable=False)
    copy = models.FileField(storage=restricted_storage, max_length=250, editable=False, blank=True)
    copy_sha256 = models.CharField(max_length=64, editable=False, blank=True)
    check_state = models.CharField(max_length=20, choices=FileCheck.choices, default=FileCheck.WAITING, db_index=True)
    checked_at = models.DateTimeField(null=True, editable=False)
    failure = models.TextField(blank=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    uploaded_at = models.DateTimeField(editable=False)
    uploaded_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    released_as = models.OneToOneField(Paper, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    wagtail_reference_index_ignore = True
    objects = RestrictedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper not for publication")
        verbose_name_plural = _("papers not for publication")
        ordering = ["part", "number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["part", "number", "version"], name="restricted_paper_version_once"),
            models.UniqueConstraint(
                fields=["part", "number"],
                condition=models.Q(state=RestrictedPaperState.CHECKED),
                name="one_restricted_paper_is_read",
            ),
            models.CheckConstraint(
                condition=models.Q(state=RestrictedPaperState.RELEASED, released_as__isnull=False)
                | (~models.Q(state=RestrictedPaperState.RELEASED) & models.Q(released_as__isnull=True)),
                name="released_restricted_paper_is_public",
            ),
        ]

    def __str__(self) -> str:
        return _g("Restricted paper %(number)s, version %(version)s") % {"number": self.number, "version": self.version}

    @property
    def label(self) -> str:
        """What it is called where nothing may be given away."""
        return _g("Restricted paper %(number)s") % {"number": self.number}

    def secrets(self) -> PaperSecrets:
        """What it is called and how its files are opened. Nobody asks but after the policy, or to check the file.

        Raises:
            CannotOpen: no key opens it, or it was sealed as that of another paper.
        """
        told = unseal(self.sealed, of=self.part.item_id)
        if told.pop("which") != self._which:
            raise CannotOpen(_g("What is kept here was sealed for another paper, so it is not shown."))
        return PaperSecrets(**told)

    def keep(self, secrets: PaperSecrets) -> None:
        """Seal what it is called and how its files are opened, to be saved with it."""
        self.sealed = seal({**asdict(secrets), "which": self._which}, of=self.part.item_id)

    def text(self) -> str:
        """The text of its pages.

        Raises:
            CannotOpen: no key opens it.
        """
        return str(unseal(self.sealed_text, of=self.part.item_id)["text"]) if self.sealed_text else ""

    def keep_text(self, text: str) -> None:
        """Seal the text of its pages, to be saved with it."""
        self.sealed_text = seal({"text": text}, of=self.part.item_id)

    def blocks(self, which: str, secrets: PaperSecrets) -> Generator[bytes, None, None]:
        """One of its files, opened block by block.

        Args:
            which: `original` or `copy`.

        Raises:
            CannotOpen: it is not the file that was sealed.
            OSError: it cannot be read from the store.
        """
        with getattr(self, which).open("rb") as opened:
            yield from opened_blocks(opened, key=secrets.keys[which])

    @property
    def _which(self) -> str:
        return f"{self.number}/{self.version}"
