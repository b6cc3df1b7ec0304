"""The part of a members' pack that is not for publication: its sections, each sealed by itself, and the sealed copies that members read."""

from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.sealing import CannotOpen, seal, unseal
from minutes.models.packs import Pack
from minutes.models.restricted import RestrictedPart
from minutes.models.restricted_papers import RestrictedPaper, restricted_storage
from minutes.restriction import CopyState
from minutes.sealed_files import opened_blocks


@dataclass(frozen=True)
class SealedWords:
    """How a sealed file of a pack is opened, and what is known of its pages. It is never shown by printing this.

    Attributes:
        key: of the file.
        size: of the file as it was, in bytes.
        title: its bookmark.
        level: the depth of that.
        marked: what stands on each of its pages.
        facts: what binding wants to know of it, as it was kept beside it.
    """

    key: str = field(repr=False)
    size: int
    title: str = field(default="", repr=False)
    level: int = 1
    marked: str = ""
    facts: str = field(default="", repr=False)


class SealedFile(models.Model):
    """What a sealed section and a sealed copy have in common. `str()` gives nothing away."""

    sealed = models.TextField(editable=False, blank=True)
    file = models.FileField(storage=restricted_storage, max_length=250, editable=False, blank=True)
    file_sha256 = models.CharField(max_length=64, editable=False, blank=True)

    pack: Any

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    @property
    def _which(self) -> str:
        raise NotImplementedError  # pragma: no cover - each says which it is

    def words(self) -> SealedWords:
        """How it is opened, and what is known of it.

        Raises:
            CannotOpen: no key opens it, or it was sealed as another.
        """
        told = unseal(self.sealed, of=self.pack.pk)
        if told.pop("which") != self._which:
            raise CannotOpen(_g("What is kept here was sealed for another pack, so it is not shown."))
        return SealedWords(**told)

    def keep(self, words: SealedWords) -> None:
        """Seal how it is opened, to be saved with it."""
        self.sealed = seal({**asdict(words), "which": self._which}, of=self.pack.pk)

    def blocks(self, words: SealedWords) -> Generator[bytes, None, None]:
        """The file, opened block by block.

        Raises:
            CannotOpen: it is not the file that was sealed.
            OSError: it cannot be read from the store.
        """
        with self.file.open("rb") as opened:
            yield from opened_blocks(opened, key=words.key)


class SealedSection(SealedFile):
    """One section of the part of a pack that is not for publication. Only ever added, with its pack.

    Attributes:
        part: whose it is; None for the front, which says nothing of any item.
        paper: where it is a paper.
        labels: the numbers of its pages, of a series of their own.
        withdrawn_at: since when no copy holds it any more.
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="+", verbose_name=_("pack"))
    part = models.ForeignKey(RestrictedPart, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("part"))
    paper = models.ForeignKey(RestrictedPaper, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("paper"))
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    labels = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("section of a pack not for publication")
        verbose_name_plural = _("sections of packs not for publication")
        ordering = ["pack", "position"]
        constraints = [models.UniqueConstraint(fields=["pack", "key"], name="sealed_section_once_in_a_pack")]

    def __str__(self) -> str:
        return _g("%(pack)s: section %(position)s not for publication") % {"pack": self.pack, "position": self.position}

    @property
    def _which(self) -> str:
        return self.key


class SealedPack(SealedFile):
    """One copy of a members' pack with what some of its readers may read. The row is the job. Two who may read the same read one copy.

    Attributes:
        of: the keys of the sections that it holds.
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="+", verbose_name=_("pack"))
    of = models.TextField()
    state = models.CharField(max_length=10, choices=CopyState.choices, default=CopyState.WAITING, db_index=True)
    asked_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)

    class Meta:
        verbose_name = _("sealed copy of a pack")
        verbose_name_plural = _("sealed copies of packs")
        ordering = ["pack", "pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "of"], name="sealed_copy_once")]

    def __str__(self) -> str:
        return _g("%(pack)s: copy %(key)s") % {"pack": self.pack, "key": self.pk}

    @property
    def _which(self) -> str:
        return self.of
