"""What an item says that is not for publication: sealed, apart from every page, and what of it was released since."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.sealing import seal, unseal
from minutes.models.agenda import AgendaItemPage, ExemptionGround
from minutes.restriction import Exclusion, RestrictionState


@dataclass(frozen=True)
class RestrictedWords:
    """The words themselves. They are never shown by printing this.

    Attributes:
        title: the real title, where that of the page gives nothing away.
        text: what is discussed.
        resolved: what was resolved in private.
        minute: the closed minute.
    """

    title: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    resolved: str = field(default="", repr=False)
    minute: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return any(asdict(self).values())


WORDS = tuple(each.name for each in fields(RestrictedWords))


class RestrictedPartQuerySet(models.QuerySet["RestrictedPart"]):
    """Parts by what the public is told of them. Their words have no public side: what is released becomes a row of its own."""

    def with_public_summary(self) -> "RestrictedPartQuerySet":
        """Those whose summary the public reads."""
        return self.filter(item__live=True, summary_published_at__isnull=False)


class RestrictedPart(models.Model):
    """The part of an item that is not for publication, one for an item.

    It belongs to no page, so that no version, search, history or copy of one holds it. `str()` gives nothing away, because logs and
    lists print it.

    Attributes:
        sealed: the words, encrypted. `words()` alone opens them.
        version: how often they were written, so that nobody writes over what they have not seen.
        motion: the resolution by which the board is asked to exclude the press and public.
    """

    item = models.ForeignKey(AgendaItemPage, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    sealed = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(max_length=10, choices=RestrictionState.choices, default=RestrictionState.IN_FORCE, editable=False)
    grounds = models.ManyToManyField(ExemptionGround, related_name="+", verbose_name=_("grounds"))
    public_interest = models.TextField(_("why the public interest is served by keeping it back"), blank=True)
    decided_by = models.CharField(_("who decided to keep it back"), max_length=200)
    review_on = models.DateField(_("looked at again on"), db_index=True)
    public_summary = models.TextField(_("public summary"), blank=True)
    summary_published_at = models.DateTimeField(null=True, editable=False)
    summary_published_by = models.ForeignKey(
        "governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    motion = models.ForeignKey("minutes.ResolutionPage", null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    wagtail_reference_index_ignore = True
    objects = RestrictedPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part not for publication")
        verbose_name_plural = _("parts not for publication")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], name="one_restricted_part_of_an_item"),
            models.CheckConstraint(
                condition=models.Q(summary_published_at__isnull=True, summary_published_by__isnull=True)
                | models.Q(summary_published_at__isnull=False, summary_published_by__isnull=False),
                name="restricted_summary_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        reference = self.item.reference
        return _g("Part not for publication, %(item)s") % {"item": reference or self.item_id}

    def words(self) -> RestrictedWords:
        """The words, opened. Nothing else opens them, and nobody asks but after the policy.

        Raises:
            CannotOpen: no key opens them.
        """
        return RestrictedWords(**unseal(self.sealed, of=self.item_id))

    def keep(self, words: RestrictedWords) -> None:
        """Seal words as those of this part, to be saved with it."""
        self.sealed = seal(asdict(words), of=self.item_id)

    @property
    def is_in_force(self) -> bool:
        """Whether its words are still kept back."""
        return self.state == RestrictionState.IN_FORCE

    @property
    def exclusion(self) -> Exclusion:
        """Whether the press and public are excluded from the item, as the board has decided so far."""
        if any(ground.compulsory for ground in self.grounds.all()):
            return Exclusion.COMPULSORY
        if self.motion is None:
            return Exclusion.NOT_MOVED
        if not self.motion.live:
            return Exclusion.DRAFTED
        return Exclusion.CARRIED if self.motion.is_carried else Exclusion.LOST


class ReleaseProposal(models.Model):
    """What somebody proposes to release, sealed until another person has read it and released or returned it.

    Attributes:
        paper: where it is a paper and not the words of the part; the words are then its public title alone.
        sealed: the words as they would be published, encrypted; empty once it is settled.
        version: which writing of the part the proposal was made from.
        comment: why it was returned; empty where it was released.
    """

    part = models.ForeignKey(RestrictedPart, on_delete=models.PROTECT, related_name="+", verbose_name=_("part"))
    paper = models.ForeignKey("minutes.RestrictedPaper", null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField(editable=False, blank=True)
    version = models.PositiveIntegerField()
    because = models.TextField(_("why it is released"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    comment = models.TextField(_("why it was returned"), blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proposal of a release")
        verbose_name_plural = _("proposals of releases")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"],
                condition=models.Q(settled_at=None, paper=None),
                name="one_release_of_a_part_is_proposed_at_once",
            ),
            models.UniqueConstraint(
                fields=["paper"],
                condition=models.Q(settled_at=None, paper__isnull=False),
                name="one_release_of_a_paper_is_proposed_at_once",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False, sealed=""),
                name="settled_release_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Proposal of a release"))

    def words(self) -> RestrictedWords:
        """The words as they would be published, opened.

        Raises:
            CannotOpen: no key opens them.
        """
        return RestrictedWords(**unseal(self.sealed, of=self.part.item_id))


class RestrictedReading(models.Model):
    """That somebody opened a restricted part. Only ever added.

    Attributes:
        paper: where it was the file of a paper and not the words.
        pack: where it was a members' pack that held them.
    """

    part = models.ForeignKey(RestrictedPart, on_delete=models.PROTECT, related_name="+", verbose_name=_("part"))
    paper = models.ForeignKey("minutes.RestrictedPaper", null=True, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey("minutes.Pack", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading of a part not for publication")
        verbose_name_plural = _("readings of parts not for publication")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(_("Reading of a part not for publication"))


class RestrictionReview(models.Model):
    """That a restriction was looked at again and continued. Only ever added. Its reason is not public: it may say too much."""

    part = models.ForeignKey(RestrictedPart, on_delete=models.PROTECT, related_name="+", verbose_name=_("part"))
    reason = models.TextField(_("why it is still kept back"))
    review_on = models.DateField(_("looked at again on"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review of a restriction")
        verbose_name_plural = _("reviews of restrictions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(_("Review of a restriction"))


class RestrictedReleaseQuerySet(models.QuerySet["RestrictedRelease"]):
    """Released words that may be shown."""

    def public(self) -> "RestrictedReleaseQuerySet":
        """Those of items that are public."""
        return self.filter(item__live=True)


class RestrictedRelease(models.Model):
    """Words that were released, as they were released: the public side of a restricted part. Only ever added.

    Attributes:
        whole: whether nothing was left out.
    """

    item = models.ForeignKey(AgendaItemPage, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    title = models.CharField(_("title"), max_length=255, blank=True)
    text = models.TextField(_("what was discussed"), blank=True)
    resolved = models.TextField(_("what was resolved"), blank=True)
    minute = models.TextField(_("minute"), blank=True)
    whole = models.BooleanField(_("nothing was left out"), default=False)
    because = models.TextField(_("why it was released"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))

    wagtail_reference_index_ignore = True
    objects = RestrictedReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("released part of an item")
        verbose_name_plural = _("released parts of items")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(_("Released part of an item"))

    def as_published(self) -> dict[str, Any]:
        """What was published, as the ledger keeps its digest: the words with their names, the reason, and whether that is all."""
        return {**{name: getattr(self, name) for name in WORDS}, "because": self.because, "whole": self.whole}

    def told(self) -> list[tuple[Any, str]]:
        """What is shown, each with its heading."""
        headings = {field.name: field.verbose_name for field in self._meta.fields}
        return [(headings[name], getattr(self, name)) for name in WORDS if getattr(self, name)]
