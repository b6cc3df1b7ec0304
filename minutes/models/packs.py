"""Packs: a meeting's agenda and papers as one PDF. An issued pack is a stored file, never made again when it is read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import private_storage
from minutes.enums import PackAudience, PackEdition, PackKind, PackState


class PackQuerySet(models.QuerySet["Pack"]):
    """Packs that may be shown."""

    def public(self) -> "PackQuerySet":
        """Issued packs for the public, of live meetings."""
        return self.filter(meeting__live=True, state=PackState.ISSUED, audience=PackAudience.PUBLIC)


class Pack(models.Model):
    """One version of a meeting's pack. The row is the job: what asks for a pack commits a queued row."""

    meeting = models.ForeignKey(
        "minutes.MeetingPage", on_delete=models.PROTECT, related_name="packs", verbose_name=_("meeting")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PackKind.choices, default=PackKind.AGENDA)
    audience = models.CharField(_("for"), max_length=20, choices=PackAudience.choices, default=PackAudience.PUBLIC)
    edition = models.CharField(_("edition"), max_length=20, choices=PackEdition.choices, default=PackEdition.STANDARD)
    supplement = models.ForeignKey(
        "minutes.Supplement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="packs",
        verbose_name=_("supplement"),
        help_text=_("Of a supplement: itself. Of a pack with its supplements: the last one in it."),
    )
    item = models.ForeignKey(
        "minutes.AgendaItemPage", null=True, blank=True, on_delete=models.PROTECT, related_name="packs", verbose_name=_("item")
    )
    base = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
        verbose_name=_("keeps the page numbers of"),
    )
    version = models.PositiveSmallIntegerField(_("version"))
    reference = models.CharField(_("reference"), max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=PackState.choices, default=PackState.QUEUED, db_index=True)
    file = models.FileField(storage=private_storage, upload_to="packs", max_length=250, blank=True)
    sha512 = models.CharField(max_length=128, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    bytes = models.PositiveBigIntegerField(_("bytes"), null=True)
    seconds = models.FloatField(_("seconds to build"), null=True)
    stage = models.CharField(_("stage"), max_length=120, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    failure = models.TextField(_("why it failed"), blank=True)
    layout = models.JSONField(
        _("page numbers"), default=list, help_text=_("Of each section its key, title, digest and printed page numbers.")
    )
    contents = models.JSONField(_("machine-readable contents"), default=dict)
    made_of = models.CharField(_("digest of what it is made of"), max_length=64, blank=True)
    says = models.TextField(_("what changed since the version before"), blank=True)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    taken_up_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(_("issued at"), null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("pack")
        verbose_name_plural = _("packs")
        ordering = ["meeting", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["issued", "superseded"])
                | (models.Q(issued_at__isnull=False) & ~models.Q(sha512="") & ~models.Q(file="")),
                name="issued_pack_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
