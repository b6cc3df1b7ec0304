"""Papers of an agenda item, the files they came as, and the supplements that bring what was late."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from governance.models import private_storage
from minutes.enums import FileCheck, PaperKind, PaperState
from minutes.models.agenda import AgendaItemPage

AWAITED = (PaperState.TO_FOLLOW, PaperState.RECEIVED, PaperState.CHECKED)
"""The states of a paper that is not public yet and may come to be."""


class SupplementQuerySet(models.QuerySet["Supplement"]):
    """Supplements that may be shown."""

    def public(self) -> "SupplementQuerySet":
        """Those published, of live meetings."""
        return self.filter(meeting__live=True, published_at__isnull=False)


class Supplement(models.Model):
    """What is added to an agenda after it was published: late papers and urgent items, numbered, with a sentence that says what is new."""

    meeting = models.ForeignKey(
        "minutes.MeetingPage", on_delete=models.PROTECT, related_name="supplements", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    says = models.TextField(_("what is new"), help_text=_("One sentence. It is sent to the members and stands on the page."))
    late_because = models.TextField(_("why it could not be published with the agenda"), blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey("governance.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SupplementQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="supplement_number_once")]

    def __str__(self) -> str:
        return _g("Supplement %(number)s") % {"number": self.number}


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers that may be shown."""

    def public(self) -> "PaperQuerySet":
        """Those published with their agenda or supplement. A signed copy of minutes is no part of an agenda."""
        return self.published().exclude(kind=PaperKind.SIGNED)

    def published(self) -> "PaperQuerySet":
        """All that are public, the signed copies of minutes among them."""
        return self.filter(item__live=True, state=PaperState.PUBLISHED)

    def to_follow(self) -> "PaperQuerySet":
        """Those that the public agenda announces by their titles, and that are not public yet. Nothing else of them is shown."""
        return self.filter(item__live=True, announced_at__isnull=False, state__in=AWAITED)

    def told(self) -> "PaperQuerySet":
        """Both of these: all that an agenda tells of. Their state says which is which."""
        awaited = models.Q(announced_at__isnull=False, state__in=AWAITED)
        return self.filter(awaited | models.Q(state=PaperState.PUBLISHED), item__live=True)

    def addressed(self) -> "PaperQuerySet":
        """Those that were ever public, and so have an address. Only of public ones the file is shown there."""
        return self.filter(slug__isnull=False)

    def with_files(self, *, text: bool = False) -> "PaperQuerySet":
        """Each with the file that the public reads, in one further query for all; see `Paper.shown`.

        Args:
            text: whether the text of the files is read too, which may be long.
        """
        shown = PaperFile.objects.public().defer("findings", *(() if text else ("text",)))
        return self.prefetch_related(models.Prefetch("files", shown, to_attr="shown_files"))


class Paper(models.Model):
    """A paper that belongs to an item. Its files lie in private storage; the latest published one is read through a view."""

    item = models.ForeignKey(AgendaItemPage, on_delete=models.PROTECT, related_name="papers", verbose_name=_("item"))
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices, default=PaperKind.REPORT)
    state = models.CharField(_("state"), max_length=20, choices=PaperState.choices, default=PaperState.TO_FOLLOW)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    belongs_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("belongs to"),
        help_text=_("The report that this is an appendix or a background paper of."),
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=_("takes the place of"),
        help_text=_("A published paper of this item that this one replaces. Its address then leads here."),
    )
    reference = models.CharField(_("reference"), max_length=120, unique=True, null=True, blank=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True, null=True, blank=True, editable=False)
    supplement = models.ForeignKey(
        Supplement, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="papers"
    )
    announced_at = models.DateTimeField(_("announced as to follow at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    released_because = models.TextField(_("why it was released"), blank=True, editable=False)
    refused_because = models.TextField(_("why it was refused"), blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    rights_of: ClassVar[str] = "item"

    panels = [
        FieldPanel("item"),
        TitleFieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("belongs_to"),
        FieldPanel("position"),
    ]

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["item", "position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown(self) -> "PaperFile | None":
        """The file that the public reads, of a paper taken `with_files`; None where the paper is no file."""
        return next(iter(getattr(self, "shown_files", ())), None)

    def clean(self) -> None:
        """Refuse to publish by hand: a paper becomes public with its agenda.

        Raises:
            ValidationError: the state was set to published, or it is a signed copy of what is not confirmed.
        """
        super().clean()
        if self.kind == PaperKind.SIGNED and self.item_id and not self.item.meeting.is_confirmed:
            raise ValidationError({"kind": _g("Only confirmed minutes have a signed copy.")})
        was_public = Paper.objects.filter(pk=self.pk, state=PaperState.PUBLISHED).exists()
        if self.state == PaperState.PUBLISHED and not was_public:
            raise ValidationError(
                {"state": _g("A paper becomes public with its agenda. Set it to checked, then publish the agenda.")}
            )


class PaperFileQuerySet(models.QuerySet["PaperFile"]):
    """Files that may be shown."""

    def public(self) -> "PaperFileQuerySet":
        """The current files of published papers. The original is never among what is shown: only the checked copy is."""
        return self.filter(paper__item__live=True, paper__state=PaperState.PUBLISHED, is_current=True).exclude(copy="")

    def once_public(self) -> "PaperFileQuerySet":
        """Versions that were public, of papers that have an address. Not shown any more, theirs tell why and lead to the current one."""
        return self.filter(published_at__isnull=False, paper__slug__isnull=False)


class PaperFile(models.Model):
    """One file a paper came as: the original, kept privately, and the checked copy that is published."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files", verbose_name=_("paper"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    is_current = models.BooleanField(_("the one in use"), default=True)
    original = models.FileField(_("file"), storage=private_storage, upload_to="papers/originals", max_length=250)
    original_name = models.CharField(_("name of the file"), max_length=250)
    original_sha256 = models.CharField(max_length=64)
    copy = models.FileField(storage=private_storage, upload_to="papers/copies", max_length=250, blank=True)
    copy_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    bytes = models.PositiveBigIntegerField(_("bytes"), null=True)
    is_tagged = models.BooleanField(_("can be read by a screen reader"), default=False)
    is_archivable = models.BooleanField(_("passes as PDF/A"), default=False)
    free_feet = models.JSONField(
        _("pages whose foot is empty"),
        default=list,
        help_text=_("Counted from 0. There the pack prints its number on the page."),
    )
    language = models.CharField(_("language"), max_length=20, blank=True)
    check_state = models.CharField(
        _("check"), max_length=20, choices=FileCheck.choices, default=FileCheck.WAITING, db_index=True
    )
    checked_with = models.PositiveSmallIntegerField(_("edition of the checks"), default=0)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    findings = models.JSONField(_("findings"), default=list)
    failure = models.TextField(_("why it could not be checked"), blank=True)
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("times its check was begun"), default=0)
    text = models.TextField(_("text"), blank=True)
    accepted_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_because = models.TextField(_("why it is published anyway"), blank=True)
    uploaded_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"))
    says = models.TextField(_("what changed since the version before"), blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = PaperFileQuerySet.as_manager()

    rights_of: ClassVar[str] = "paper.item"

    class Meta:
        verbose_name = _("file of a paper")
        verbose_name_plural = _("files of papers")
        ordering = ["paper", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="paper_file_version_once"),
            models.UniqueConstraint(fields=["paper"], condition=models.Q(is_current=True), name="one_current_file_a_paper"),
        ]

    def __str__(self) -> str:
        return _g("%(paper)s, version %(version)s") % {"paper": self.paper, "version": self.version}
